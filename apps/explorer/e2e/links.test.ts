import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { addStep, drop, expectNoFaults, explorer, farthest, pixelsAfter, settled, stepNames } from './explorer.ts'

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
  await page.getByRole('slider', { name: 'Wipe' }).fill('30.5')
  await page.getByRole('textbox', { name: 'Seed' }).fill('12')
  await settled(page)
  await page.waitForTimeout(400)
  const link = page.url()
  const pixels = await pixelsAfter(page)
  const other = await open(link.slice(link.indexOf('#')))
  expect(await stepNames(other.page)).toEqual(await stepNames(page))
  expect(await other.page.getByRole('checkbox', { name: 'Gamma is on' }).isChecked()).toBe(false)
  expect(await other.page.getByRole('radio', { name: 'Wipe' }).isChecked()).toBe(true)
  expect(await other.page.getByRole('slider', { name: 'Wipe' }).inputValue()).toBe('30.5')
  expect((await pixelsAfter(other.page)).equals(pixels)).toBe(true)
  expectNoFaults(opened)
  expectNoFaults(other)
  await other.close()
  await opened.close()
})

test('a link has what one looks at: windows, the crosshair, the turned rendering, and combinators that are still empty', async () => {
  const opened = await open()
  const { page } = opened
  await addStep(page, 'SomeOf')
  await addStep(page, 'RandomApply')
  await page.getByRole('textbox', { name: 'Window before, white' }).fill('90')
  await page.getByRole('textbox', { name: 'Window after, black' }).fill('12')
  await page.getByRole('textbox', { name: 'Window after, black' }).press('Enter')
  const canvas = page.locator('.view.before canvas')
  const box = (await canvas.boundingBox())!
  await page.mouse.click(box.x + box.width * 0.2, box.y + box.height * 0.3)
  for (const key of ['ArrowLeft', 'PageUp', 'PageUp']) await canvas.press(key)
  // What is not in a link cannot be changed: no button moves the planes.
  await page.mouse.move(box.x + 80, box.y + 200)
  await page.mouse.down({ button: 'middle' })
  await page.mouse.move(box.x + 140, box.y + 240, { steps: 4 })
  await page.mouse.up({ button: 'middle' })
  // The rendering is the last of four.
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.85, box.y + box.height * 0.7, { steps: 4 })
  await page.mouse.up()
  await page.mouse.move(2, 2)
  await settled(page)
  await page.waitForTimeout(400)
  const link = page.url()
  for (const part of ['windowBefore', 'windowAfter', 'crosshair', 'camera']) expect(link).toContain(`${part}=`)
  const shots = (of: Page) =>
    Promise.all(['.view.before .canvas', '.view.after .canvas'].map((one) => of.locator(one).screenshot()))
  const [other, from] = [await open(link.slice(link.indexOf('#'))), await shots(page)]
  expect(await stepNames(other.page)).toEqual(['Affine', 'ElasticDeformation', 'Gamma', 'SomeOf', 'RandomApply'])
  expect(other.page.url()).toBe(link)
  expect(await other.page.getByRole('textbox', { name: 'Window after, black' }).inputValue()).toBe('12')
  const to = await shots(other.page)
  // The crosshair's mm are rounded in a link: its edges may have another shade.
  for (const n of [0, 1]) expect(await farthest(page, to[n]!, from[n]!)).toBeLessThanOrEqual(1)
  // A link without any of it brings back how all began.
  const first = await open()
  const began = await shots(first.page)
  await other.page.evaluate(
    (to) => {
      location.hash = to
    },
    first.page.url().replace(/^[^#]*/, ''),
  )
  await settled(other.page)
  const again = await shots(other.page)
  for (const n of [0, 1]) expect(again[n]!.equals(began[n]!)).toBe(true)
  for (const one of [opened, other, first]) {
    expectNoFaults(one)
    await one.close()
  }
})

test('a pipeline that fails never gets into the address, and a step that is off and could not be run does not spoil it', async () => {
  const opened = await open()
  const { page } = opened
  // From here on the view is in the address.
  await page.locator('.view.before canvas').press('ArrowLeft')
  await settled(page)
  const from = page.locator('[data-step="intensity/Gamma"] [data-option="logGamma"]').getByRole('textbox').first()
  await from.fill('99')
  await page.getByRole('textbox', { name: 'Seed' }).fill('31')
  await settled(page)
  await page.waitForTimeout(400)
  expect(await page.locator('.step.wrong').count()).toBe(1)
  expect(page.url()).toContain('seed=7&')
  expect(page.url()).not.toContain('99')
  await page.getByRole('checkbox', { name: 'Gamma is on' }).click()
  await settled(page)
  await page.waitForTimeout(400)
  expect(page.url()).toContain('seed=31&')
  await page.reload()
  await settled(page)
  expect(await page.locator('.notice').count()).toBe(0)
  expect(await stepNames(page)).toEqual(['Affine', 'ElasticDeformation'])
  expectNoFaults(opened)
  await opened.close()
})

test('a link that is opened in a view where somebody works brings its own look, and keeps it for the scan that is opened then', async () => {
  const opened = await open()
  const { page } = opened
  await page.locator('.view.before canvas').focus()
  const link = '#seed=5&windowBefore=3_77&windowAfter=2_66&pipeline=[]'
  await page.evaluate((to) => {
    location.hash = to
  }, link)
  await expect.poll(() => stepNames(page)).toEqual([])
  await settled(page)
  await page.waitForTimeout(400)
  expect(page.url()).not.toContain('camera')
  // Another crosshair says nothing of windows.
  await page.locator('.view.before canvas').press('ArrowLeft')
  await drop(page, [['mine.nii.gz', readFileSync(new URL('../public/head.nii.gz', import.meta.url))]])
  await expect.poll(() => page.locator('.scan').textContent()).toContain('mine.nii.gz')
  await settled(page)
  const white = (when: string) => page.getByRole('textbox', { name: `Window ${when}, white` }).inputValue()
  expect([await white('before'), await white('after')]).toEqual(['77', '66'])
  expectNoFaults(opened)
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

test('a pipeline as JSON or a link is pasted onto the page; what is neither is refused, and what was there stays', async () => {
  const opened = await open()
  const { page, faults } = opened
  const paste = (text: string) =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  await paste('{"voxaug": 1, "pipeline": [{"transform": "geometry/Flip", "options": {"axes": ["x"]}}]}\n')
  await expect.poll(() => stepNames(page)).toEqual(['Flip'])
  await settled(page)
  for (const [text, says] of [
    ['a cat', /not JSON/],
    ['{"voxaug": 1, "pipeline": [{"transform": "x/Y"}]}', /there is no transform/],
    ['http://localhost/#pipeline=%5B', /not JSON/],
    [`[${' '.repeat(1_000_000)}]`, /too large/],
  ] as const) {
    await paste(text)
    await expect.poll(() => page.locator('.notice').textContent()).toMatch(says)
    await page.getByRole('button', { name: 'Dismiss' }).click()
  }
  expect(await stepNames(page)).toEqual(['Flip'])
  await paste(`${address()}#seed=3&view=axial&pipeline=${encodeURIComponent('[{"transform":"intensity/Gamma"}]')}`)
  await expect.poll(() => stepNames(page)).toEqual(['Gamma'])
  expect(await page.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe('3')
  // Into a field of text it goes as ever.
  await page.getByRole('textbox', { name: 'Seed' }).evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'a cat')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  expect(await page.locator('.notice').count()).toBe(0)
  expect(faults).toEqual([])
  await opened.close()
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
