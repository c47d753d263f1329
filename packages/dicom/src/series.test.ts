import { type Volume, volume } from '@voxaug/core'
import { writeNifti } from '@voxaug/io'
import { expect, it } from 'vitest'
import { readSeries } from './series.ts'
import {
  alongColumn,
  alongRow,
  betweenColumns,
  betweenRows,
  betweenSlices,
  columns,
  first,
  intercept,
  normal,
  rows,
  slope,
  storedAt,
  type TestSlice,
  testSlice,
} from './test-series.ts'

// The same tests in both engines, each with the entry that is meant for it.
const { readDicomSeries } = typeof document === 'undefined' ? await import('./node.ts') : await import('./index.ts')

const series = (slices: number, more: Omit<TestSlice, 'k'> = {}) =>
  Array.from({ length: slices }, (_, k) => testSlice({ ...more, k }))

const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code)

it('reads a series, in whatever order its files come', async () => {
  const [a, b, c, d, e] = series(5)
  const volumes = await readDicomSeries([d!, a!, new Blob([e!]), b!.buffer, c!])
  expect(volumes).toHaveLength(1)
  const [{ shape, channels, kind, data, affine, warnings }] = volumes as [Volume]
  expect({ shape, channels, kind, warnings }).toEqual({ shape: [3, 4, 5], channels: 1, kind: 'image', warnings: [] })

  // dcm2niix counts rows from the back, and RAS has x and y the other way round.
  const toRas = [-1, -1, 1]
  const expected = toRas.map((sign, axis) => [
    sign * betweenColumns * alongRow[axis]!,
    sign * -betweenRows * alongColumn[axis]!,
    sign * betweenSlices * normal[axis]!,
    sign * (first[axis]! + (rows - 1) * betweenRows * alongColumn[axis]!),
  ])
  // The header is float32.
  expected.flat().forEach((x, n) => void expect(affine[n]).toBeCloseTo(x, 5))
  const voxels = Array.from({ length: 60 }, (_, n) => {
    const [i, j, k] = [n % columns, Math.floor(n / columns) % rows, Math.floor(n / (columns * rows))]
    return slope * storedAt(i, rows - 1 - j, k) + intercept
  })
  expect([...data]).toEqual(voxels)
})

it('gives a volume for each series, by number', async () => {
  const volumes = await readDicomSeries([...series(4, { series: 10 }), ...series(3, { series: 2 })])
  expect(volumes.map(({ shape }) => shape)).toEqual([
    [3, 4, 3],
    [3, 4, 4],
  ])
})

it('reads two lists at a time', async () => {
  const both = await Promise.all([readDicomSeries(series(3)), readDicomSeries(series(4))])
  expect(both.flat().map(({ shape }) => shape)).toEqual([
    [3, 4, 3],
    [3, 4, 4],
  ])
})

it('leaves out what is no DICOM', async () => {
  const [read] = await readDicomSeries([...series(3), new TextEncoder().encode('a note'), new Uint8Array()])
  expect(read?.shape).toEqual([3, 4, 3])
  expect(read?.warnings).toEqual([])
})

it('leaves out colours, with a warning', async () => {
  const volumes = await readDicomSeries([...series(3), ...series(1, { series: 2, samplesPerPixel: 3 })])
  expect(volumes.map(({ shape }) => shape)).toEqual([[3, 4, 3]])
  expect(codes(volumes[0]!)).toEqual(['left-out', 'files-missing'])
})

it('warns of a missing slice', async () => {
  const volumes = await readDicomSeries(series(6).toSpliced(2, 1))
  expect(volumes).toHaveLength(1)
  expect(codes(volumes[0]!)).toEqual(['resampled'])
  expect(volumes[0]!.spacingMm[2]).toBeCloseTo(betweenSlices, 5)
})

it('warns of a tilted gantry', async () => {
  const volumes = await readDicomSeries(series(6, { shiftMm: 0.6 }))
  expect(volumes.map(codes)).toEqual([['resampled']])
})

it('warns of files that gave no slice', async () => {
  const slices = series(4)
  const [twice] = await readDicomSeries([...slices, slices[1]!])
  expect(twice?.warnings).toEqual([
    {
      code: 'files-missing',
      message: '5 DICOM files gave 4 slices; others are twice there, damaged, or no image.',
      path: '',
    },
  ])
  const [cut] = await readDicomSeries([...slices.slice(0, 3), slices[3]!.subarray(0, 400)])
  expect(cut?.shape).toEqual([3, 4, 3])
  expect(codes(cut!)).toEqual(['files-missing'])
})

it('refuses 32-bit voxels in run lengths, which dcm2niix reads wrong beyond the first frame', async () => {
  const doses = volume({ data: new Int32Array(60).fill(70_000), shape: [3, 4, 5] })
  const bytes = await writeNifti(doses, { dtype: 'int32', gzip: false })
  const convert = async () => ({ status: 0, files: [{ name: '0001_1.nii', bytes }] })
  const message = '32-bit voxels in run lengths cannot be read: dcm2niix gives wrong ones.'
  await expect(
    readSeries([new Blob(['…1.2.840.10008.1.2.5\0…'])], convert, { signal: undefined, maxBytes: 2 ** 30 }),
  ).rejects.toMatchObject({
    message,
  })
  expect(
    await readSeries([new Blob(['…1.2.840.10008.1.2.1\0…'])], convert, { signal: undefined, maxBytes: 2 ** 30 }),
  ).toMatchObject([{ dtype: 'int32' }])
})

it('ends early when told to', async () => {
  const aborted = { code: 'aborted', message: 'reading was aborted.' }
  await expect(readDicomSeries(series(3), { signal: AbortSignal.abort() })).rejects.toMatchObject(aborted)
  const controller = new AbortController()
  const reading = readDicomSeries(series(40), { signal: controller.signal })
  setTimeout(() => controller.abort('enough'), 1)
  await expect(reading).rejects.toMatchObject({ ...aborted, cause: 'enough' })
})

it.each([
  [{ signal: 1 }, 'signal must be an AbortSignal, got 1.'],
  [{ kind: 'label' }, 'options of readDicomSeries are signal and maxBytes, got kind.'],
  [{ maxBytes: 0 }, 'maxBytes must be a number above 0, got 0.'],
  [null, 'options must be a record, got null.'],
])('refuses the options %j', async (options, message) => {
  await expect(readDicomSeries(series(1), options as never)).rejects.toMatchObject({ code: 'invalid-option', message })
})

it.each([
  [
    'a slice cut short',
    () => [...series(3), testSlice({ k: 3 }).subarray(0, -8)],
    'dcm2niix ended with status 1: a file is damaged, cut short, or of a kind that it does not read.',
  ],
  [
    'no DICOM at all',
    () => [new Uint8Array(500), new Uint8Array(3)],
    'no DICOM image that dcm2niix reads is among the 2 files.',
  ],
  ['no file', () => [], 'files must be a list of at least one DICOM file, got [].'],
  ['one file alone', () => testSlice({ k: 0 }), 'files must be a list of at least one DICOM file, got Uint8Array.'],
  ['numbers', () => [5], 'files must be ArrayBuffers, typed arrays or Blobs, got Number.'],
  ['colours alone', () => series(1, { samplesPerPixel: 3 }), expect.stringMatching(/RGB/)],
])('refuses %s', async (_, files, message) => {
  await expect(readDicomSeries(files() as never)).rejects.toMatchObject({ name: 'VoxaugError', message })
})
