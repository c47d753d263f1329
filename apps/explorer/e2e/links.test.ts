import { describe, expect, test } from 'vitest'
import { addStep, expectNoFaults, explorer, pixelsAfter, settled, stepNames } from './explorer.ts'

const { open, address } = explorer()

test('a link has the whole state: nested steps, those switched off, the seed and the view', async () => {
  const opened = await open()
  const { page } = opened
  await page.getByRole('checkbox', { name: 'Gamma is on' }).click()
  await addStep(page, 'OneOf')
  await page.getByRole('button', { name: 'Add a step in here' }).click()
  await page.getByRole('combobox', { name: 'Search transforms' }).fill('noise')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: 'Wipe' }).check()
  await page.getByRole('radio', { name: 'Axial' }).check()
  await page.getByRole('textbox', { name: 'Seed' }).fill('12')
  await settled(page)
  await page.waitForTimeout(400)
  const link = page.url()
  const pixels = await pixelsAfter(page)
  const other = await open(link.slice(link.indexOf('#')))
  expect(await stepNames(other.page)).toEqual(await stepNames(page))
  expect(await other.page.getByRole('checkbox', { name: 'Gamma is on' }).isChecked()).toBe(false)
  expect(await other.page.getByRole('radio', { name: 'Wipe' }).isChecked()).toBe(true)
  expect((await pixelsAfter(other.page)).equals(pixels)).toBe(true)
  expectNoFaults(opened)
  expectNoFaults(other)
  await other.close()
  await opened.close()
})

describe('a link that is broken or malicious is refused, and what was there stays', () => {
  const step = (json: unknown) => `#pipeline=${encodeURIComponent(JSON.stringify(json))}`
  let deep: unknown = { transform: 'core/Compose', options: { transforms: [] } }
  for (let n = 0; n < 60; n++) deep = { transform: 'core/Compose', options: { transforms: [deep] } }
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', '#pipeline=%5B%7B', /not JSON/],
    ['no pipeline', '#seed=4', /no pipeline/],
    ['no list', step({ a: 1 }), /must be/],
    ['an unknown transform', step([{ transform: 'x/Y<img src=x onerror=alert(1)>' }]), /there is no transform/],
    ['a wrong option', step([{ transform: 'intensity/Gamma', options: { logGamma: 99 } }]), /logGamma must be/],
    [
      'a prototype',
      '#pipeline=%5B%7B%22transform%22%3A%22intensity%2FGamma%22%2C%22options%22%3A%7B%22__proto__%22%3A%7B%22a%22%3A1%7D%7D%7D%5D',
      /there is no option/,
    ],
    ['too deep', step([deep]), /nest at most/],
    ['a seed below zero', `${step([])}&seed=-3`, /seed/],
  ]
  test.each(cases)('%s', async (_, hash, says) => {
    const opened = await open()
    const { page } = opened
    const [steps, pixels] = [await stepNames(page), await pixelsAfter(page)]
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
    await expect
      .poll(() =>
        page
          .locator('.notice')
          .textContent()
          .catch(() => ''),
      )
      .toMatch(says)
    await settled(page)
    expect(await stepNames(page)).toEqual(steps)
    // Who loads the page again gets what they see.
    expect(page.url()).toContain('ElasticDeformation')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect((await pixelsAfter(page)).equals(pixels)).toBe(true)
    expectNoFaults(opened)
    await opened.close()
  })

  test('one that is opened anew says so, and the explorer begins as ever', async () => {
    const opened = await open('#pipeline=nonsense')
    expect(await opened.page.locator('.notice').textContent()).toMatch(/not JSON/)
    expect(await stepNames(opened.page)).toEqual(['Affine', 'ElasticDeformation', 'Gamma'])
    await opened.close()
  })
})

test('the gallery shows every transform, and each opens in the explorer', async () => {
  const opened = await open('gallery.html')
  const { page } = opened
  await expect
    .poll(() => page.locator('.card canvas').count(), { timeout: 60_000 })
    .toBe((await page.locator('.card').count()) || -1)
  expect(await page.locator('.card').count()).toBeGreaterThan(30)
  expect(await page.locator('.card .problem').count()).toBe(0)
  expect(address()).toMatch(/^http:\/\/localhost:/)
  await page.locator('[data-transform="geometry/Flip"]').click()
  await settled(page)
  expect(await stepNames(page)).toEqual(['Flip'])
  expectNoFaults(opened)
  await opened.close()
})
