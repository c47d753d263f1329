import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { volume } from '@voxaug/core'
import { writeVolume } from '@voxaug/io'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drop, dropFile, expectNoFaults, explorer, type Opened, pixelsAfter, settled, stepNames } from './explorer.ts'

const data = process.env['VOXAUG_DATA']
const { open } = explorer()

const small = (affine: readonly number[], kind: 'image' | 'label') =>
  writeVolume(
    volume({
      data: Uint8Array.from({ length: 24 * 30 * 20 }, (_, n) => (n * n) % 7),
      shape: [24, 30, 20],
      affine,
      kind,
    }),
    { format: 'nii.gz' },
  )
const near = [4, 0, 0, -40, 0, 4, 0, -60, 0, 0, 5, -40, 0, 0, 0, 1]
const far = [4, 0, 0, 5000, 0, 4, 0, -60, 0, 0, 5, -40, 0, 0, 0, 1]

describe('a file that cannot be used leaves all as it was, and says why', () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  const cases: readonly (readonly [
    what: string,
    name: string,
    bytes: () => Promise<Uint8Array> | Uint8Array,
    zone: string,
    says: RegExp,
  ])[] = [
    [
      'no image',
      'letter.nii.gz',
      () => new TextEncoder().encode('Dear reader, this is no image at all.'.repeat(40)),
      'image',
      /neither NIfTI|unknown|must be/i,
    ],
    ['an empty file', 'empty.nii', () => new Uint8Array(), 'image', /empty/],
    [
      'a truncated scan',
      'cut.nii.gz',
      async () => {
        const whole = await small(near, 'image')
        return whole.subarray(0, whole.length / 2)
      },
      'image',
      /cut short/,
    ],
    ['a label map elsewhere', 'far.nii.gz', () => small(far, 'label'), 'label', /nowhere on the image/],
    [
      'a pipeline that is no JSON',
      'p.json',
      () => new TextEncoder().encode('{"voxaug": 1,'),
      'image',
      /p\.json is not JSON/,
    ],
    [
      'a pipeline with an unknown step',
      'p.json',
      () => new TextEncoder().encode('{"voxaug":1,"pipeline":[{"transform":"geometry/Evil"}]}'),
      'image',
      /Compose\[0\] > .*geometry\/Evil/,
    ],
  ]
  for (const [what, name, bytes, zone, says] of cases)
    test(what, async () => {
      const { page } = opened
      const before = {
        scan: await page.locator('.scan').textContent(),
        pixels: await pixelsAfter(page),
        steps: await stepNames(page),
      }
      await drop(page, [[name, await bytes()]], zone)
      await expect
        .poll(() =>
          page
            .locator('.notice')
            .textContent()
            .catch(() => ''),
        )
        .toMatch(says)
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await settled(page)
      expect(await page.locator('.scan').textContent()).toBe(before.scan)
      expect(await stepNames(page)).toEqual(before.steps)
      expect((await pixelsAfter(page)).equals(before.pixels)).toBe(true)
      expectNoFaults(opened)
    })

  test('a header that promises more than anybody has', async () => {
    const { page } = opened
    const bytes = new Uint8Array(400)
    const view = new DataView(bytes.buffer)
    view.setInt32(0, 348, true)
    for (const [n, size] of [3, 32767, 32767, 32767, 1, 1, 1, 1].entries()) view.setInt16(40 + 2 * n, size, true)
    view.setInt16(70, 16, true)
    view.setInt16(72, 32, true)
    view.setFloat32(108, 352, true)
    bytes.set(new TextEncoder().encode('n+1'), 344)
    await drop(page, [['huge.nii', bytes]])
    await expect
      .poll(() =>
        page
          .locator('.notice')
          .textContent()
          .catch(() => ''),
      )
      .toMatch(/too|more than|maxBytes/i)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expectNoFaults(opened)
  })
})

test('a scan and its label map are opened together, on grids of their own, and a time series has a choice of channels', async () => {
  const opened = await open()
  const { page } = opened
  const shape = [18, 22, 14]
  const size = 18 * 22 * 14
  const series = volume({
    data: Int16Array.from({ length: 3 * size }, (_, n) => n % 900),
    shape,
    affine: near,
    channels: 3,
  })
  const files = [
    ['my_seg.nii.gz', await small(near, 'label')],
    ['series.nii.gz', await writeVolume(series, { format: 'nii.gz', dtype: 'int16' })],
  ] as const
  await drop(page, files)
  await expect.poll(() => page.locator('.scan').textContent()).toContain('series.nii.gz 18 × 22 × 14')
  await expect.poll(() => page.locator('.entry').allInnerTexts()).toEqual(['label'])
  await settled(page)
  const shots = () => Promise.all(['before', 'after'].map((one) => page.locator(`.view.${one} .canvas`).screenshot()))
  const first = await shots()
  await page.getByRole('combobox', { name: 'channel' }).selectOption('2')
  await settled(page)
  for (const [n, shot] of (await shots()).entries()) expect(shot.equals(first[n]!)).toBe(false)
  // The value of that channel: 2 · 18 · 22 · 14 voxels before the first of it.
  const [i, j, k] = ((await page.locator('.cursor tr').nth(1).locator('td').first().textContent()) ?? '')
    .split(', ')
    .map(Number)
  const value = (2 * size + i! + 18 * (j! + 22 * k!)) % 900
  await expect.poll(() => page.locator('.cursor tr').nth(2).locator('td').first().textContent()).toBe(String(value))
  // Who gets a link opens the scan themselves, and sees the same of it.
  await page.getByRole('radio', { name: 'Difference' }).check()
  await page.getByRole('textbox', { name: 'Window after, strongest colour' }).fill('40')
  await page.getByRole('textbox', { name: 'Window after, strongest colour' }).press('Enter')
  await settled(page)
  await page.waitForTimeout(400)
  const link = page.url()
  expect(link).toContain('channel=2&windowAfter=-40_40')
  const other = await open(link.slice(link.indexOf('#')))
  await drop(other.page, files)
  await expect.poll(() => other.page.locator('.entry').allInnerTexts()).toEqual(['label'])
  await settled(other.page)
  expect(await other.page.getByRole('combobox', { name: 'channel' }).inputValue()).toBe('2')
  expect((await pixelsAfter(other.page)).equals(await pixelsAfter(page))).toBe(true)
  // Another scan begins anew.
  await drop(other.page, [['other.nii.gz', files[1][1]]])
  await settled(other.page)
  expect(await other.page.getByRole('combobox', { name: 'channel' }).inputValue()).toBe('0')
  await page.getByRole('button', { name: 'Close label' }).click()
  await expect.poll(() => page.locator('.entry').count()).toBe(0)
  for (const one of [opened, other]) {
    expectNoFaults(one)
    await one.close()
  }
})

test('a scan that lies elsewhere is seen at its centre, and where the pipeline fails on it nothing of the last one stays', async () => {
  const crop = encodeURIComponent(JSON.stringify([{ transform: 'geometry/Crop', options: { shape: [64, 64, 64] } }]))
  const opened = await open(`#pipeline=${crop}`)
  const { page } = opened
  const black = Buffer.from(await page.locator('.view.before .canvas').screenshot()).length
  await drop(page, [['far.nii.gz', await small(far, 'image')]])
  await expect.poll(() => page.locator('.scan').textContent()).toContain('far.nii.gz')
  await settled(page)
  expect(await page.locator('.step .problem').textContent()).toContain('must fit the frame of 24 × 30 × 20')
  // A canvas of one colour packs into next to nothing.
  expect((await pixelsAfter(page)).length).toBeLessThan(black / 10)
  expect(await page.locator('.passes').count()).toBe(0)
  await expect.poll(() => page.locator('.cursor').textContent()).toMatch(/voxel1[12], 1[45], (9|10)–/)
  await page.getByRole('button', { name: 'Remove Crop' }).click()
  await settled(page)
  expect((await pixelsAfter(page)).length).toBeGreaterThan(black / 10)
  expectNoFaults(opened)
  await opened.close()
})

test('a scan that is dropped while somebody works in a view is shown as any other', async () => {
  const [worked, other] = [await open(), await open()]
  await worked.page.locator('.view.before canvas').focus()
  for (const { page } of [worked, other]) {
    await drop(page, [['one.nii.gz', await small(near, 'image')]])
    await expect.poll(() => page.locator('.scan').textContent()).toContain('one.nii.gz')
    await settled(page)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  }
  const [shown, expected] = [worked, other].map(({ page }) =>
    Promise.all(['before', 'after'].map((one) => page.locator(`.view.${one} .canvas`).screenshot())),
  )
  for (const [n, picture] of (await expected!).entries()) expect((await shown!)[n]!.equals(picture)).toBe(true)
  for (const one of [worked, other]) {
    expectNoFaults(one)
    await one.close()
  }
})

test('labels that are switched off while they are computed stay away', async () => {
  const opened = await open()
  const { page } = opened
  await page.getByRole('checkbox', { name: 'Labels' }).uncheck()
  await settled(page)
  const without = await pixelsAfter(page)
  await page.getByRole('checkbox', { name: 'Labels' }).evaluate((box: HTMLElement) => {
    box.click()
    box.click()
  })
  await settled(page)
  expect((await pixelsAfter(page)).equals(without)).toBe(true)
  expectNoFaults(opened)
  await opened.close()
})

test('what is too large for the viewer is shown reduced, and says so', async () => {
  const opened = await open()
  const { page } = opened
  const shape = [1100, 40, 30]
  const long = volume({
    data: Uint8Array.from({ length: 1100 * 40 * 30 }, (_, n) => (n >> 4) % 251),
    shape,
    affine: near,
  })
  await drop(page, [['long.nii.gz', await writeVolume(long, { format: 'nii.gz' })]])
  await expect.poll(() => page.locator('.scan').textContent()).toContain('1100 × 40 × 30')
  expect(await page.locator('.scan').textContent()).toContain('shown reduced to 550 × 40 × 30')
  await settled(page)
  expect(await page.locator('.passes').textContent()).toContain('shown reduced to 550 × 40 × 30')
  expectNoFaults(opened)
  await opened.close()
})

describe.skipIf(!data)('real scans', () => {
  test('with a segmentation, left-handed, oblique, or in four dimensions, they open and are shown', async () => {
    const opened = await open()
    const { page } = opened
    for (const [name, says] of [
      ['FLAIR.nii.gz', 'FLAIR.nii.gz 124 × 160 × 140'],
      ['MNI152_T1_2mm.nii.gz', 'LAS'],
      ['example4d.nii.gz', '128 × 96 × 24'],
    ] as const) {
      await dropFile(page, join(data!, name))
      await expect.poll(() => page.locator('.scan').textContent(), { timeout: 20_000 }).toContain(says)
      await settled(page)
    }
    await dropFile(page, join(data!, 'FLAIR.nii.gz'))
    await drop(page, [['lesion.nii.gz', readFileSync(join(data!, 'lesion.nii.gz'))]], 'label')
    await expect.poll(() => page.locator('.entry').allInnerTexts(), { timeout: 20_000 }).toEqual(['label'])
    expectNoFaults(opened)
    await opened.close()
  })
})
