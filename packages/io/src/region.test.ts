import { isVoxaugError, transformPoint, type Vec3, type Volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti } from './index.ts'
import { gzipped, joined, testFile } from './test-file.ts'

const [nx, ny, nz, channels] = [7, 6, 5, 2]
const voxels = Int16Array.from({ length: nx * ny * nz * channels }, (_, n) => n * 37 - 3000)
const file = testFile({ fields: { dim: [4, nx, ny, nz, channels], datatype: [4], bitpix: [16] }, voxels })

const message = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign: ${error}`),
  )

/** The voxels of a region, cut from those of the whole. */
function cut({ data, shape: [nx, ny, nz], channels }: Volume, start: Vec3, size: Vec3): number[] {
  const voxels: number[] = []
  for (let c = 0; c < channels; c++)
    for (let k = 0; k < size[2]; k++)
      for (let j = 0; j < size[1]; j++)
        for (let i = 0; i < size[0]; i++)
          voxels.push(data[start[0] + i + nx * (start[1] + j + ny * (start[2] + k + nz * c))]!)
  return voxels
}

const regions: readonly (readonly [string, Vec3, Vec3])[] = [
  ['the whole', [0, 0, 0], [nx, ny, nz]],
  ['whole planes', [0, 0, 1], [nx, ny, 3]],
  ['whole rows', [0, 2, 1], [nx, 3, 2]],
  ['parts of rows', [2, 1, 3], [4, 5, 2]],
  ['the last voxel', [6, 5, 4], [1, 1, 1]],
  ['a row along j', [3, 0, 2], [1, 6, 1]],
]

describe.each([
  ['memory', (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ['a Blob', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
  ['a stream', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream()],
])('a region, from %s', (_, source) => {
  it.each(regions)('of %s', async (_, start, size) => {
    const whole = await readNifti(file)
    for (const bytes of [file, await gzipped(file)]) {
      const part = await readNifti(source(bytes), { region: { start, size } })
      expect(part).toMatchObject({ shape: size, channels, dtype: 'int16', warnings: [] })
      expect(Array.from(part.data)).toEqual(cut(whole, start, size))
      const [last, lastOfWhole] = [size.map((n) => n - 1), size.map((n, axis) => start[axis]! + n - 1)]
      const places = [transformPoint(part.affine, last as never), transformPoint(whole.affine, lastOfWhole as never)]
      // Sums in another order, of numbers below 100.
      for (const axis of [0, 1, 2]) expect(Math.abs(places[0]![axis]! - places[1]![axis]!)).toBeLessThan(1e-12)
    }
  })
})

describe('of an uncompressed Blob no more is read', () => {
  /** 300 × 20 × 30 float64 in two channels: a row is 2400 bytes, a plane 48,000. */
  const [nx, ny, nz] = [300, 20, 30]
  const large = testFile({
    fields: { dim: [4, nx, ny, nz, 2], datatype: [64], bitpix: [64] },
    voxels: Float64Array.from({ length: nx * ny * nz * 2 }, (_, n) => n),
  })

  async function bytesRead(start: Vec3, size: Vec3) {
    const blob = new Blob([large])
    let bytes = 0
    let slices = 0
    const slice = blob.slice.bind(blob)
    blob.slice = (from = 0, to = blob.size, ...rest) => {
      bytes += to - from
      slices++
      return slice(from, to, ...rest)
    }
    const part = await readNifti(blob, { region: { start, size } })
    expect(Array.from(part.data)).toEqual(cut(await readNifti(large), start, size))
    // What comes before the voxels: two bytes, 544 in all, and nothing behind.
    return { bytes: bytes - 544, slices: slices - 2 }
  }

  it('than its planes', async () =>
    expect(await bytesRead([0, 0, 20], [nx, ny, 4])).toEqual({ bytes: 2 * 4 * 48_000, slices: 2 }))

  it('than its rows, planes apart', async () =>
    expect(await bytesRead([0, 5, 20], [nx, 3, 4])).toEqual({ bytes: 2 * 4 * 3 * 2400, slices: 8 }))

  it('than its rows and short gaps between them', async () =>
    expect(await bytesRead([10, 5, 20], [100, 3, 4])).toEqual({ bytes: 2 * 4 * (2 * 2400 + 800), slices: 8 }))
})

it('leaves wide gaps between rows unread', async () => {
  const wide = testFile({
    fields: { dim: [3, 10_000, 4, 2] },
    voxels: Uint8Array.from({ length: 80_000 }, (_, n) => n % 251),
  })
  const blob = new Blob([wide])
  let bytes = 0
  const slice = blob.slice.bind(blob)
  blob.slice = (from = 0, to = blob.size, ...rest) => {
    bytes += to - from
    return slice(from, to, ...rest)
  }
  const part = await readNifti(blob, { region: { start: [5000, 1, 0], size: [10, 2, 2] } })
  expect(Array.from(part.data)).toEqual(cut(await readNifti(wide), [5000, 1, 0], [10, 2, 2]))
  expect(bytes).toBe(544 + 4 * 10)
})

describe('of a compressed file', () => {
  const noise = Uint8Array.from({ length: 200 * 200 * 100 }, (_, n) => Math.imul(n ^ (n >>> 7), 0x9e3779b1) >>> 20)
  const large = testFile({ fields: { dim: [3, 200, 200, 100] }, voxels: noise })
  const region = { start: [3, 4, 5], size: [50, 60, 7] } as const

  it('no more is inflated than what comes before it, and a warning says so', async () => {
    const bytes = await gzipped(large)
    let given = 0
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.slice(given, given + 10_000))
        given += 10_000
        if (given >= bytes.length) controller.close()
      },
    })
    const part = await readNifti(stream, { region })
    expect(part.warnings).toEqual([
      {
        code: 'checksum-unverified',
        message: 'more than 1048576 bytes follow the region; they and the checksum behind them were not read.',
        path: '',
      },
    ])
    expect(Array.from(part.data)).toEqual(cut(await readNifti(large), region.start, region.size))
    expect(given).toBeLessThan(0.55 * bytes.length)
  })

  it('the checksum is verified where it is near', async () => {
    const bytes = await gzipped(large)
    const near = { start: [0, 0, 90], size: [200, 200, 1] } as const
    expect((await readNifti(bytes, { region: near })).warnings).toEqual([])
    bytes[bytes.length - 8]! ^= 1
    expect(await message(readNifti(bytes, { region: near }))).toBe(
      'invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold.',
    )
  })
})

describe('a region is like any reading', () => {
  it('of labels', async () => {
    const part = await readNifti(testFile(), { kind: 'label', region: { start: [1, 1, 1], size: [1, 2, 1] } })
    expect(part.data).toEqual(Uint8Array.of(16, 19))
  })

  it('of scaled voxels', async () => {
    const scaled = testFile({ fields: { scl_slope: [0.5], scl_inter: [3] } })
    const part = await readNifti(scaled, { region: { start: [1, 1, 1], size: [1, 2, 1] } })
    expect(part.data).toEqual(Float32Array.of(11, 12.5))
  })

  it('whose errors name voxels of the file', async () => {
    const region = { start: [1, 1, 1], size: [2, 2, 2] } as const
    const halves = Float32Array.from({ length: 60 }, (_, n) => (n === 16 + 3 + 12 ? 0.5 : n))
    const label = testFile({ fields: { datatype: [16], bitpix: [32] }, voxels: halves })
    expect(await message(readNifti(label, { kind: 'label', region }))).toBe(
      'invalid-label: a label map must hold whole numbers, got 0.5 at voxel (1, 2, 2).',
    )
    const wide = BigInt64Array.from({ length: 60 }, (_, n) => (n === 17 ? 2n ** 60n : 1n))
    expect(
      await message(readNifti(testFile({ fields: { datatype: [1024], bitpix: [64] }, voxels: wide }), { region })),
    ).toBe(
      'unsupported: voxel (2, 1, 1) must be within ±(2^53 − 1) to be read exactly, got 1152921504606846976 as int64.',
    )
  })

  it('bounded by maxBytes, as a part', async () => {
    const region = { start: [0, 0, 0], size: [3, 4, 1] } as const
    expect((await readNifti(testFile(), { maxBytes: 12, region })).data.length).toBe(12)
    expect(await message(readNifti(testFile(), { maxBytes: 11, region }))).toBe(
      'too-large: voxels must take at most 11 bytes (maxBytes), got 3 × 4 × 1 of uint8, 12 bytes.',
    )
  })

  it('refused of a truncated file, even where the region is there', async () => {
    const region = { start: [0, 0, 0], size: [3, 4, 1] } as const
    expect(await message(readNifti(testFile().slice(0, -1), { region }))).toBe(
      'truncated: data is truncated: expected 60 bytes, got 59.',
    )
    // Of a stream nobody knows before it ends.
    const end = { start: [0, 0, 4], size: [3, 4, 1] } as const
    expect(await message(readNifti(new Blob([testFile().slice(0, -1)]).stream(), { region: end }))).toBe(
      'truncated: data is truncated: expected 60 bytes, got 59.',
    )
    expect(await message(readNifti(new Blob([testFile().slice(0, 360)]).stream(), { region: end }))).toBe(
      'truncated: data is truncated: expected 60 bytes, got 8.',
    )
  })
})

describe('a region that cannot be', () => {
  const shape = (got: string) =>
    `invalid-option: region must be { start: [i, j, k], size: [nx, ny, nz] }, whole numbers with start at least 0 and size at least 1, got ${got}.`

  it.each([
    [
      { start: [0, 0, 0], size: [3, 4, 6] },
      'invalid-option: region must lie inside the 3 × 4 × 5 voxels, got {"start":[0, 0, 0], "size":[3, 4, 6]}.',
    ],
    [
      { start: [3, 0, 0], size: [1, 1, 1] },
      'invalid-option: region must lie inside the 3 × 4 × 5 voxels, got {"start":[3, 0, 0], "size":[1, 1, 1]}.',
    ],
    [
      { start: [2 ** 53 - 1, 0, 0], size: [2 ** 53 - 1, 1, 1] },
      'invalid-option: region must lie inside the 3 × 4 × 5 voxels, got {"start":[9007199254740991, 0, 0], "size":[90071992547409….',
    ],
    [{ start: [-1, 0, 0], size: [1, 1, 1] }, shape('{"start":[-1, 0, 0], "size":[1, 1, 1]}')],
    [{ start: [0, 0, 0], size: [1, 0, 1] }, shape('{"start":[0, 0, 0], "size":[1, 0, 1]}')],
    [{ start: [0.5, 0, 0], size: [1, 1, 1] }, shape('{"start":[0.5, 0, 0], "size":[1, 1, 1]}')],
    [{ start: [0, 0, Number.NaN], size: [1, 1, 1] }, shape('{"start":[0, 0, NaN], "size":[1, 1, 1]}')],
    [{ start: [0, 0], size: [1, 1, 1] }, shape('{"start":[0, 0], "size":[1, 1, 1]}')],
    [{ start: [0, 0, 0], end: [1, 1, 1] }, shape('{"start":[0, 0, 0], "end":[1, 1, 1]}')],
    [{ start: [0, 0, 0], size: [1, 1, 1], channels: 1 }, shape('{"start":[0, 0, 0], "size":[1, 1, 1], "channels":1}')],
    [null, shape('null')],
    ['all', shape('"all"')],
  ])('%j', async (region, expected) =>
    expect(await message(readNifti(testFile(), { region: region as never }))).toBe(expected),
  )

  it('is not looked for in the tail of a file', async () =>
    expect(await message(readNifti(joined(testFile(), ramp), { region: { start: [0, 0, 5], size: [3, 4, 1] } }))).toBe(
      'invalid-option: region must lie inside the 3 × 4 × 5 voxels, got {"start":[0, 0, 5], "size":[3, 4, 1]}.',
    ))
})

const ramp = Uint8Array.from({ length: 60 }, (_, n) => n)
