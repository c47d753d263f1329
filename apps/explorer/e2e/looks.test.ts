import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { expectNoFaults, explorer, settled } from './explorer.ts'

const { open } = explorer()
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds serious, one line each. */
async function seriousIn(page: Page): Promise<string[]> {
  // Run by the browser itself: the page's policy would refuse it.
  await page.addScriptTag({ path: axePath }).catch(() => undefined)
  const { violations } = await page.evaluate(
    () => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run() as Promise<AxeResults>,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test('axe finds nothing serious on any screen', async () => {
    const opened = await open('', { colorScheme, bypassCSP: true })
    const { page } = opened
    const found: string[] = []
    const look = async (what: string) => found.push(...(await seriousIn(page)).map((one) => `${what}: ${one}`))
    await look('the start')
    await page.getByRole('button', { name: 'Add a step', exact: true }).click()
    await look('the list of transforms')
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Wipe' }).check()
    await settled(page)
    await look('the wipe')
    await page.getByRole('button', { name: '12 variations' }).click()
    await look('variations')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Take it with you' }).click()
    await look('what one takes')
    await page.keyboard.press('Escape')
    expect(found).toEqual([])
    await opened.close()
  })

  test('nor in the gallery', async () => {
    const opened = await open('gallery.html', { colorScheme, bypassCSP: true })
    await opened.page.waitForSelector('.card canvas')
    expect(await seriousIn(opened.page)).toEqual([])
    await opened.close()
  })
})

test('on a phone everything is there, and nothing is wider than the screen', async () => {
  const opened = await open('', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 1,
  })
  const { page } = opened
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(wide).toBeLessThanOrEqual(screen!)
  expect(await page.locator('.view canvas').first().isVisible()).toBe(true)
  expectNoFaults(opened)
  await opened.close()
})

test('the whole pipeline can be built by the keyboard', async () => {
  const opened = await open('#pipeline=%5B%5D')
  const { page } = opened
  await page.getByRole('button', { name: 'Add a step', exact: true }).focus()
  const search = page.getByRole('combobox', { name: 'Search transforms' })
  await page.keyboard.press('Enter')
  await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('randomapply')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('blur')
  await page.keyboard.press('Enter')
  const names = () => page.locator('.step-name').allInnerTexts()
  await expect.poll(names).toEqual(['RandomApply', 'Blur'])
  const depth = () => page.locator('.step .step').count()
  // Into the combinator above it, and out again.
  await page.locator('[data-step="intensity/Blur"] .fold').focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(depth).toBe(1)
  await page.locator('[data-step="intensity/Blur"] .fold').focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect.poll(depth).toBe(0)
  await page.locator('[data-step="intensity/Blur"] .fold').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(names).toEqual(['Blur', 'RandomApply'])
  await page.keyboard.press('Control+z')
  await expect.poll(names).toEqual(['RandomApply', 'Blur'])
  expectNoFaults(opened)
  await opened.close()
})
