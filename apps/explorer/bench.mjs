// How fast the explorer answers, in headless Chromium: prints a table, and writes it to bench.md and bench.json beside this file.
// The 95th percentile of some dozens of moves of a slider, on the made-up head.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { volume } from '@voxaug/core'
import { writeVolume } from '@voxaug/io/node'
import { chromium } from 'playwright'
import { serve } from './serve.mjs'

const moves = Number(process.argv[2] ?? 40)
const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const executablePath = process.env.VOXAUG_BROWSER ?? '/usr/bin/chromium'
if (!existsSync(executablePath))
  throw new Error(`There is no ${executablePath}: VOXAUG_BROWSER=<path> names a Chromium.`)

const step = (transform, options) => ({ transform, options })
const zscore = step('intensity/ZScore', {})
const affine = step('geometry/Affine', { rotationDegrees: 5 })
/** What is moved, and what may pass until its voxels are in the viewer. */
const cases = [
  { name: 'Affine after ZScore', pipeline: [zscore, affine], option: 'rotationDegrees', target: 100 },
  { name: 'Gamma', pipeline: [step('intensity/Gamma', { logGamma: 0.1 })], option: 'logGamma', target: 100 },
  {
    name: 'ElasticDeformation',
    pipeline: [step('elastic/ElasticDeformation', { maxDisplacementMm: 8 })],
    option: 'maxDisplacementMm',
    target: 100,
  },
  { name: 'ZScore after Affine', pipeline: [affine, zscore], option: 'rotationDegrees', target: 400 },
]

const { address, close } = await serve()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.addInitScript(() => {
  window.measured = { viewer: [], screen: [] }
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === 'voxaug: in the viewer') window.measured.viewer.push(duration)
      if (name === 'voxaug: on the screen') window.measured.screen.push(duration)
    }
  }).observe({ type: 'measure' })
})

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1]
const rows = []
for (const { name, pipeline, option, target } of cases) {
  await page.goto('about:blank')
  await page.goto(`${address}#seed=7&pipeline=${encodeURIComponent(JSON.stringify(pipeline))}`)
  await page.waitForSelector('[data-testid=ms]')
  const slider = page.locator(`[data-option=${option}] input[type=range]`).first()
  for (let n = -3; n < moves; n++) {
    // The first three warm up.
    const before = await page.evaluate((clear) => {
      if (clear) Object.assign(window.measured, { viewer: [], screen: [] })
      return window.measured.screen.length
    }, n === 0)
    await slider.evaluate(
      (input, by) => {
        input.value = String(Number(input.value) + by)
        input.dispatchEvent(new Event('input', { bubbles: true }))
      },
      n % 2 === 0 ? 7 : -5,
    )
    await page.waitForFunction((count) => window.measured.screen.length > count, before)
    await page.waitForTimeout(150)
  }
  const { viewer, screen } = await page.evaluate(() => window.measured)
  rows.push({
    name,
    viewer: percentile(viewer, 0.95),
    target,
    screen: percentile(screen, 0.95),
    median: percentile(viewer, 0.5),
  })
}
const opens = []
for (let n = 0; n < 5; n++) {
  await page.goto('about:blank')
  const start = Date.now()
  await page.goto(address)
  await page.waitForSelector('[data-testid=ms]')
  opens.push(Date.now() - start)
}
const ct = await dropLarge()
await browser.close()
close()

/** Opens a CT of 512 × 512 × 300 in int16: how long until it is shown, and for how long the page did not answer. */
async function dropLarge() {
  const folder = mkdtempSync(join(tmpdir(), 'voxaug-explorer-'))
  try {
    const shape = [512, 512, 300]
    const data = new Int16Array(shape[0] * shape[1] * shape[2])
    for (let n = 0; n < data.length; n++) data[n] = ((n * 7919) % 1200) - 1000 + ((n >> 9) % 512)
    await writeVolume(join(folder, 'ct.nii'), volume({ data, shape, spacingMm: [0.7, 0.7, 1] }), { dtype: 'int16' })
    await page.goto('about:blank')
    await page.goto(`${address}#pipeline=${encodeURIComponent(JSON.stringify([affine]))}`)
    await page.waitForSelector('[data-testid=ms]')
    await page.waitForTimeout(2000)
    const profiler = await page.context().newCDPSession(page)
    await profiler.send('Profiler.enable')
    await profiler.send('Profiler.setSamplingInterval', { interval: 1000 })
    await profiler.send('Profiler.start')
    const start = Date.now()
    await page.locator('input[type=file]').first().setInputFiles(join(folder, 'ct.nii'))
    await page.waitForFunction(() => document.querySelector('.scan')?.textContent.includes('ct.nii'), undefined, {
      timeout: 120_000,
    })
    const shown = Date.now() - start
    await page.waitForSelector('main[aria-busy=false]', { timeout: 120_000 })
    await page.waitForTimeout(1500)
    const { profile } = await profiler.send('Profiler.stop')
    return { shown, longest: longestStretch(profile), says: await page.locator('.scan').textContent() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** For how many ms code of the page ran without a break: what the graphics driver does in the page's process is not counted. */
function longestStretch({ nodes, samples, timeDeltas }) {
  const idle = new Set(
    nodes.filter(({ callFrame }) => /^\((idle|program|root)\)$/.test(callFrame.functionName)).map(({ id }) => id),
  )
  let [longest, now] = [0, 0]
  for (const [n, id] of samples.entries()) {
    now = idle.has(id) ? 0 : now + timeDeltas[n] / 1000
    longest = Math.max(longest, now)
  }
  return longest
}

const ms = (x) => x.toFixed(0)
const met = (is) => (is ? 'yes' : 'no')
const table = [
  ['what', 'in the viewer, ms', 'target', 'on the screen, ms', 'target', 'met'],
  ['---', '---', '---', '---', '---', '---'],
  ...rows.map(({ name, viewer, target, screen }) => [
    name,
    ms(viewer),
    `≤ ${target}`,
    ms(screen),
    target > 100 ? '' : '≤ 250',
    met(viewer <= target && (target > 100 || screen <= 250)),
  ]),
  ['first view', '', '', ms(Math.max(...opens)), '≤ 3000', met(Math.max(...opens) <= 3000)],
  [
    'opening a CT of 512 × 512 × 300: the page’s code without a break',
    '',
    '',
    ms(ct.longest),
    '≤ 200',
    met(ct.longest <= 200),
  ],
]
const text = `# How fast the explorer answers

95th percentile of ${moves} moves of a slider; the slowest of ${opens.length} first views. The CT is shown after ${ms(ct.shown)} ms. Headless Chromium without a graphics card, ${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.version}.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`
writeFileSync(here('bench.md'), text)
writeFileSync(here('bench.json'), `${JSON.stringify({ moves, rows, opens, ct }, undefined, 2)}\n`)
process.stdout.write(text)
