import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { expectNoFaults, explorer, settled, stepNames } from './explorer.ts'

const { open } = explorer()

/** Drags a step by its head to one of the places that then show. */
async function drag(page: Page, step: string, place: number): Promise<void> {
  const grip = (await page.locator(`[data-step="${step}"] > .step-head .grip`).boundingBox())!
  await page.mouse.move(grip.x + 6, grip.y + 8)
  await page.mouse.down()
  await page.mouse.move(grip.x + 10, grip.y + 24, { steps: 4 })
  await page.waitForSelector('.drop-line')
  const line = (await page.locator('.drop-line').nth(place).boundingBox())!
  await page.mouse.move(line.x + 60, line.y + line.height / 2, { steps: 6 })
  await page.mouse.up()
  await settled(page)
}

const link = (steps: readonly unknown[]) => `#seed=7&pipeline=${encodeURIComponent(JSON.stringify(steps))}`
const blur = { transform: 'intensity/Blur', options: { sigmaMm: 2 } }
const noise = { transform: 'intensity/Noise', options: { std: 5 } }
const flip = { transform: 'geometry/Flip', options: { axes: ['left-right'] } }

test('steps are dragged among each other, into a combinator and out, and one that is full takes no more', async () => {
  const opened = await open(
    link([blur, { transform: 'core/RandomApply', options: { transforms: [noise], probability: 1 } }, flip]),
  )
  const { page } = opened
  for (const fold of await page.locator('.step:not(:has(.step)) > .step-head .fold').all()) await fold.click()
  // Before Blur, before RandomApply (its own place within is full), before Flip, at the end.
  await drag(page, 'geometry/Flip', 0)
  expect(await stepNames(page)).toEqual(['Flip', 'Blur', 'RandomApply', 'Noise'])
  expect(await page.locator('.step .step').count()).toBe(1)
  // Out of it: the last place of all.
  await drag(page, 'intensity/Noise', 0)
  expect(await stepNames(page)).toEqual(['Noise', 'Flip', 'Blur', 'RandomApply'])
  expect(await page.locator('.step .step').count()).toBe(0)
  expect(await page.locator('.step').last().textContent()).toContain('Holds no step yet')
  // Before each of four, then within the last.
  await drag(page, 'intensity/Blur', 4)
  expect(await page.locator('.step .step').count()).toBe(1)
  expect(await stepNames(page)).toEqual(['Noise', 'Flip', 'RandomApply', 'Blur'])
  expectNoFaults(opened)
  await opened.close()
})

test('a slider that is dragged is undone at once, and what follows by itself', async () => {
  const opened = await open(link([blur, noise]))
  const { page } = opened
  const slider = page.locator('[data-step="intensity/Noise"] [data-option=std] input[type=range]').first()
  const value = () => page.locator('[data-step="intensity/Noise"] [data-option=std] input.number').inputValue()
  const box = (await slider.boundingBox())!
  const start = await value()
  const thumb = Number(await slider.inputValue()) / 1000
  await page.mouse.move(box.x + 6 + (box.width - 12) * thumb, box.y + box.height / 2)
  await page.mouse.down()
  for (let n = 1; n <= 10; n++)
    await page.mouse.move(box.x + 6 + (box.width - 12) * (thumb + 0.03 * n), box.y + box.height / 2)
  await page.mouse.up()
  await settled(page)
  const dragged = await value()
  expect(Number(dragged)).toBeGreaterThan(Number(start))
  await slider.press('ArrowRight')
  await settled(page)
  expect(await value()).not.toBe(dragged)
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await value()).toBe(dragged)
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await value()).toBe(start)
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  await settled(page)
  expectNoFaults(opened)
  await opened.close()
})

test('a seed of any length is shown whole, undone at once, and keys leave a dialog alone', async () => {
  const opened = await open(link([noise]))
  const { page } = opened
  const seed = page.getByRole('textbox', { name: 'Seed' })
  await seed.fill('')
  await seed.pressSequentially('9007199254740991')
  await seed.blur()
  await settled(page)
  expect(await seed.inputValue()).toBe('9007199254740991')
  await page.getByRole('button', { name: '12 variations' }).click()
  await expect.poll(() => page.locator('.thumb canvas').count()).toBe(12)
  await page.keyboard.press('r')
  expect(await page.locator('.thumb span').allTextContents()).toEqual(
    Array.from({ length: 12 }, (_, n) => String(9007199254740980 + n)),
  )
  await page.keyboard.press('Escape')
  expect(await seed.inputValue()).toBe('9007199254740991')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await seed.inputValue()).toBe('7')
  expectNoFaults(opened)
  await opened.close()
})

test('amounts keep their values from one way of drawing to another, and labels their weights while they are written', async () => {
  const rotate = { transform: 'geometry/Rotate', options: { degrees: [-20, 20] } }
  const crop = {
    transform: 'geometry/Crop',
    options: { shape: [48, 48, 48], at: { label: 'label', odds: { 1: 1, 2: 3 } } },
  }
  const opened = await open(link([rotate, crop]))
  const { page } = opened
  const way = page.getByRole('combobox', { name: 'Rotate, Degrees, how it is drawn' })
  const ends = () =>
    page
      .locator('[data-option=degrees] input.number')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  for (const one of ['normal', 'fixed', 'normal', 'uniform']) {
    await way.selectOption(one)
    if (one === 'fixed') await page.getByRole('button', { name: 'Undo' }).click()
  }
  await settled(page)
  expect(await ends()).toEqual(['-20', '20'])
  const labels = page.locator('[data-option=at] input.number')
  await labels.nth(0).fill('30')
  await labels.nth(0).blur()
  await settled(page)
  await page.waitForTimeout(400)
  expect(decodeURIComponent(page.url())).toContain('"odds":{"2":3,"30":1}')
  expect(await labels.first().inputValue()).toBe('30')
  expectNoFaults(opened)
  await opened.close()
})
