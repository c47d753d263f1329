import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStep, expectNoFaults, explorer, settled } from './explorer.ts'

const app = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'voxaug-plugin-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A transform that nobody here has heard of, with one option of each kind and one of a kind of its own. */
const plugin = `
import { flag, interval, number, optional, perAxis, range, record, size, word, words, either, entry, mask, margins, matrix, odds } from '@voxaug/core'
import { defineIntensity } from '@voxaug/intensity'

const about = (help) => ({ help })
const own = {
  type: 'colour', help: 'A colour of its own kind.', accepts: 'a colour such as "#ff0000"', required: false, default: '#00ff00',
  parse: (value) => (/^#[0-9a-f]{6}$/.test(value) ? value : undefined), schema: { type: 'string' },
}
const Brighten = defineIntensity({
  name: 'acme/Brighten',
  help: 'Adds a number to every voxel.',
  options: {
    byPercent: range({ default: [10, 20], bounds: [0, 100], help: 'How much, in percent.' }),
    anisotropyMm: perAxis({ default: 2, bounds: [0, 50], help: 'Along each axis.' }),
    steps: number({ default: 3, bounds: [1, 9], whole: true, help: 'How many steps.' }),
    mode: word({ words: ['soft', 'hard'], default: 'soft', help: 'Which way.' }),
    sides: words({ words: ['left', 'right'], default: ['left'], help: 'Which sides.' }),
    loud: flag({ default: false, help: 'Whether it is loud.' }),
    patch: optional(size({ least: 1, nullable: true, help: 'A patch.' })),
    limits: interval({ default: [0, 5], help: 'Limits.' }),
    over: mask({ default: 'all', help: 'Which voxels.' }),
    pad: margins({ default: 2, help: 'Margins.' }),
    at: optional(entry({ help: 'An entry.' })),
    turn: optional(matrix({ help: 'A matrix.' })),
    chances: optional(odds({ help: 'Odds.' })),
    more: record({ fields: { deep: number({ default: 1, help: 'A field.' }) }, default: {}, help: 'A record.' }),
    any: either({ of: [number({ help: '' }), word({ words: ['auto'], help: '' })], default: 'auto', help: 'Either.' }),
    colour: own,
  },
  example: { byPercent: 40 },
  sample: ({ byPercent }, random) => ({ by: random.draw(byPercent) }),
  apply: (volume, { by }) => ({ ...volume, dtype: 'float32', data: Float32Array.from(volume.data, (x) => x + 10 * by), warnings: [] }),
})
export default [Brighten]
`
const built = join(folder, 'dist')
beforeAll(() => {
  // Beside the app's own files, where its packages are found.
  const file = join(app, 'node_modules', '.acme-plugin.mjs')
  writeFileSync(file, plugin)
  try {
    execFileSync('npx', ['vite', 'build', '--logLevel', 'error'], {
      cwd: app,
      env: { ...process.env, VOXAUG_PLUGINS: file, VOXAUG_EXPLORER_OUT: built },
    })
  } finally {
    rmSync(file)
  }
})
const { open } = explorer(built)

test('a third party’s transform shows up complete: in the list, with a control for each option, in the gallery', async () => {
  const opened = await open('#pipeline=%5B%5D')
  const { page } = opened
  await addStep(page, 'Brighten')
  await settled(page)
  await page.getByRole('button', { name: 'More' }).click()
  const options = await page
    .locator('[data-step="acme/Brighten"] [data-option]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['option']))
  expect(options.toSorted()).toEqual([
    'anisotropyMm',
    'any',
    'at',
    'byPercent',
    'chances',
    'colour',
    'limits',
    'loud',
    'mode',
    'more',
    'over',
    'pad',
    'patch',
    'sides',
    'steps',
    'turn',
  ])
  // Its values are shown by a window of their own, found anew: what is compared is the histogram.
  expect(await page.locator('.plot').last().textContent()).not.toBe(await page.locator('.plot').first().textContent())

  // Its own kind of option is written as JSON, checked by its own parser.
  const colour = page.locator('[data-option=colour] input')
  await colour.fill('"red"')
  await expect
    .poll(() => page.locator('.step .problem').textContent())
    .toContain('colour must be a colour such as "#ff0000"')
  await colour.fill('"#123456"')
  await expect.poll(() => page.locator('.step .problem').count()).toBe(0)
  for (const name of ['patch', 'at', 'turn', 'chances'])
    await page.locator(`[data-option=${name}] input[type=checkbox]`).first().click()
  await settled(page)
  expect(await page.locator('.problem').count()).toBe(0)

  await page.goto(`${page.url().replace(/#.*/, '')}gallery.html`)
  await page.waitForSelector('[data-transform="acme/Brighten"] canvas')
  expectNoFaults(opened)
  await opened.close()
})
