import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Volume } from '@voxaug/core'
import { readVolume } from '@voxaug/io/node'
import { afterAll, describe, expect, test } from 'vitest'
import {
  addStep,
  downloaded,
  dropFile,
  expectNoFaults,
  explorer,
  pixelsAfter,
  settled,
  slide,
  stepNames,
} from './explorer.ts'

const data = process.env['VOXAUG_DATA']
const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'voxaug-explorer-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { open } = explorer()

const bytesOf = ({ data }: Volume) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)
/** All but the voxels: to print how millions differ takes minutes. */
const aboutOf = ({ data: _, ...about }: Volume) => about

/** What `voxaug apply` makes of files and a pipeline. */
function apply(args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'packages/cli/bin/voxaug.js'), 'apply', ...args], {
    cwd: folder,
    stdio: 'pipe',
  })
}

describe.skipIf(!data)('a scan of one’s own', () => {
  test('is dropped, deformed, looked at, undone, shared and taken home as the command line makes it', async () => {
    const opened = await open()
    const { page } = opened
    expect(await stepNames(page)).toEqual(['Affine', 'ElasticDeformation', 'Gamma'])

    const scan = join(data!, 'someones_anatomy.nii.gz')
    await dropFile(page, scan)
    await expect.poll(() => page.locator('.scan').textContent()).toContain('someones_anatomy.nii.gz 57 × 67 × 56')
    await settled(page)

    for (const name of await stepNames(page)) await page.getByRole('button', { name: `Remove ${name}` }).click()
    await settled(page)
    expect(await page.locator('.passes').textContent()).toContain('No pass over the voxels')
    const untouched = await pixelsAfter(page)

    await addStep(page, 'Affine')
    await settled(page)
    await addStep(page, 'ElasticDeformation')
    await settled(page)
    const deformed = await pixelsAfter(page)
    expect(deformed.equals(untouched)).toBe(false)

    await slide(page, 'elastic/ElasticDeformation', 'maxDisplacementMm', 700)
    const further = await pixelsAfter(page)
    expect(further.equals(deformed)).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).click()
    await settled(page)
    expect((await pixelsAfter(page)).equals(deformed)).toBe(true)
    await page.getByRole('button', { name: 'Redo' }).click()
    await settled(page)
    expect((await pixelsAfter(page)).equals(further)).toBe(true)

    // Twelve seeds; one is taken over.
    const seed = Number(await page.getByRole('textbox', { name: 'Seed' }).inputValue())
    await page.getByRole('button', { name: '12 variations' }).click()
    await page.getByRole('button', { name: `Seed ${seed + 11}` }).click()
    await settled(page)
    expect(await page.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe(String(seed + 11))
    const variation = await pixelsAfter(page)
    expect(variation.equals(further)).toBe(false)

    // Another page, by the link alone.
    const link = page.url()
    const other = await open(link.slice(link.indexOf('#')))
    await dropFile(other.page, scan)
    await expect.poll(() => other.page.locator('.scan').textContent()).toContain('someones_anatomy')
    await settled(other.page)
    expect((await pixelsAfter(other.page)).equals(variation)).toBe(true)
    expectNoFaults(other)
    await other.close()

    // The command line, on what the page gave.
    await page.getByRole('button', { name: 'Take it with you' }).click()
    const pipeline = await downloaded(page, 'pipeline.json')
    const image = await downloaded(page, 'image after, NIfTI')
    await page.getByRole('radio', { name: 'Command' }).check()
    const command = await page.locator('pre.code').textContent()
    expect(command).toContain(
      `npx voxaug apply --image someones_anatomy.nii.gz --pipeline pipeline.json --seed ${seed + 11} --out augmented`,
    )
    writeFileSync(join(folder, 'pipeline.json'), pipeline.bytes)
    writeFileSync(join(folder, image.name), image.bytes)
    apply(['--image', scan, '--pipeline', 'pipeline.json', '--seed', String(seed + 11), '--out', 'augmented'])
    expect(image.name).toBe('someones_anatomy_aug0.nii.gz')
    const [ours, theirs] = await Promise.all([
      readVolume(join(folder, image.name)),
      readVolume(join(folder, 'augmented', image.name)),
    ])
    expect(ours.affine).toEqual(theirs.affine)
    expect(ours.dtype).toBe('float32')
    expect(bytesOf(ours).equals(bytesOf(theirs))).toBe(true)
    expectNoFaults(opened)
    await opened.close()
  })
})

test('the made-up head’s files, pipeline, trace and picture come out as the command line makes them', async () => {
  const opened = await open()
  const { page } = opened
  await page.getByRole('button', { name: 'Take it with you' }).click()
  const names = [
    'pipeline.json',
    'image after, NIfTI',
    'label after, NIfTI',
    'head.nii.gz, as it was',
    'head_label.nii.gz, as it was',
    'trace',
    'picture, PNG',
  ]
  for (const name of names) {
    const { name: file, bytes } = await downloaded(page, name)
    writeFileSync(join(folder, file), bytes)
  }
  apply([
    '--image',
    'head.nii.gz',
    '--label',
    'head_label.nii.gz',
    '--pipeline',
    'pipeline.json',
    '--seed',
    '7',
    '--out',
    'head',
  ])
  for (const [file, kind] of [
    ['head_aug0.nii.gz', 'image'],
    ['head_label_aug0.nii.gz', 'label'],
  ] as const) {
    const [ours, theirs] = await Promise.all([
      readVolume(join(folder, file), { kind }),
      readVolume(join(folder, 'head', file), { kind }),
    ])
    expect(bytesOf(ours).equals(bytesOf(theirs))).toBe(true)
    expect(aboutOf(ours)).toEqual(aboutOf(theirs))
  }
  const trace = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown
  expect(trace('head_aug0.json')).toEqual(trace('head/head_aug0.json'))
  expect([...readFileSync(join(folder, 'head_aug0.png')).subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10])
  expectNoFaults(opened)
  await opened.close()
})
