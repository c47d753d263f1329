import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import * as io from './index.ts'
import { readNifti, readNiftiHeader } from './index.ts'
import { gzipped, joined, type TestFile, testFile } from './test-file.ts'

const ramp = Uint8Array.from({ length: 60 }, (_, n) => n)

const message = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign: ${error}`),
  )

/** A file of one row of voxels of some type. */
const row = (datatype: number, voxels: ArrayBufferView & { length: number }, fields: TestFile['fields'] = {}) => {
  const count = voxels.byteLength / (voxels as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT
  return testFile({
    voxels,
    fields: { dim: [3, count, 1, 1], datatype: [datatype], bitpix: [(8 * voxels.byteLength) / count], ...fields },
  })
}

it('exports these and no more', () =>
  expect(Object.keys(io).sort()).toEqual([
    'readNifti',
    'readNiftiHeader',
    'readVolume',
    'readVolumeHeader',
    'stemOf',
    'writeNifti',
    'writeVolume',
  ]))

describe('sources', () => {
  const file = testFile()
  const inPieces = (bytes: Uint8Array, size: number) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })

  it.each([
    ['an ArrayBuffer', () => file.buffer],
    ['a Uint8Array inside a larger buffer', () => joined([1, 2, 3], file, [4]).subarray(3, 3 + file.length)],
    ['a DataView', () => new DataView(file.buffer)],
    ['a Blob', () => new Blob([file])],
    ['a File', () => new File([file], 'x.nii')],
    ['a stream', () => inPieces(file, 1000)],
    ['a stream of single bytes', () => inPieces(file, 1)],
  ])('%s', async (_, source) => {
    expect((await readNifti(source())).data).toEqual(ramp)
    expect(await readNiftiHeader(source())).toEqual(await readNiftiHeader(file))
  })

  it('refuses a buffer that is transferred meanwhile, and what only says that it is a stream', async () => {
    for (const bytes of [testFile(), await gzipped(testFile())]) {
      const reading = readNifti(bytes)
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
      await expect(reading).rejects.toThrow('source must hold its bytes, got a buffer that was transferred.')
    }
    const chunk = testFile()
    structuredClone(chunk.buffer, { transfer: [chunk.buffer] })
    const stream = new ReadableStream({ start: (controller) => controller.enqueue(chunk) })
    await expect(readNifti(stream)).rejects.toMatchObject({ code: 'invalid-option', option: 'source' })
    const fake = { [Symbol.toStringTag]: 'ReadableStream' } as never
    await expect(readNifti(fake)).rejects.toMatchObject({ code: 'invalid-option', option: 'source' })
  })

  it('does not wait for a stream that never stops', async () => {
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(joined(testFile(), new Uint8Array(1000))),
      cancel: () => new Promise(() => {}),
    })
    expect((await readNifti(stream)).data).toEqual(ramp)
  })

  it('refuses options that are no record', async () => {
    for (const options of [null, 5])
      await expect(readNifti(testFile(), options as never)).rejects.toThrow(`options must be a record, got ${options}.`)
  })

  it('gives voxels of their own and leaves the source as it was', async () => {
    const source = testFile({
      littleEndian: false,
      fields: { datatype: [4], bitpix: [16] },
      voxels: Int16Array.from(ramp),
    })
    const before = source.slice()
    const volume = await readNifti(source)
    expect(source).toEqual(before)
    expect(volume.data.buffer).not.toBe(source.buffer)
  })

  it('cancels a stream behind what it needed', async () => {
    let cancelled = false
    let given = 0
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(given++ === 0 ? file.slice() : new Uint8Array(1000))
        },
        cancel() {
          cancelled = true
        },
      })
    await readNiftiHeader(endless())
    expect(cancelled).toBe(true)
    given = 0
    expect((await readNifti(endless())).data.length).toBe(60)
    expect(given).toBeLessThan(10)
  })

  it.each([
    ['x.nii', 'invalid-option: source must be an ArrayBuffer, a typed array, a Blob or a ReadableStream, got "x.nii".'],
    [
      undefined,
      'invalid-option: source must be an ArrayBuffer, a typed array, a Blob or a ReadableStream, got Undefined.',
    ],
    [{}, 'invalid-option: source must be an ArrayBuffer, a typed array, a Blob or a ReadableStream, got Object.'],
    [
      new ReadableStream({ start: (c) => c.error(new Error('the line went dead.\nmore')) }),
      'unreadable: the source failed while it was read: the line went dead.',
    ],
    [
      new ReadableStream({ start: (c) => c.enqueue('text') }),
      'unreadable: the source must give chunks of bytes, got string.',
    ],
  ])('refuses %s', async (source, expected) => expect(await message(readNifti(source as never))).toBe(expected))

  it('tells a source that fails from a gzip stream that does', async () => {
    const start = (await gzipped(file)).slice(0, 40)
    let given = 0
    const dead = new ReadableStream<Uint8Array>({
      pull: (c) => (given++ === 0 ? c.enqueue(start) : c.error(new Error('gone'))),
    })
    expect(await message(readNifti(dead))).toBe('unreadable: the source failed while it was read: gone.')
    // As a file that changed since it was chosen, which can be had again.
    const blob = new Blob([await gzipped(file)])
    blob.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('gone')) })
    expect(await message(readNifti(blob))).toBe('unreadable: the source failed while it was read: gone.')
  })

  it('refuses a stream that another reads', async () => {
    const stream = new Blob([file]).stream()
    stream.getReader()
    expect(await message(readNifti(stream))).toBe(
      'invalid-option: source must be a stream that nobody reads yet, got a locked one.',
    )
  })

  it('refuses a buffer that was transferred', async () => {
    const moved = file.slice()
    structuredClone(moved.buffer, { transfer: [moved.buffer] })
    expect(await message(readNifti(moved))).toBe(
      'invalid-option: source must hold its bytes, got a buffer that was transferred.',
    )
  })
})

describe('options', () => {
  it.each([
    [{ kind: 'mask' }, `invalid-option: kind must be 'image' or 'label', got "mask".`],
    [{ maxBytes: -1 }, 'invalid-option: maxBytes must be a number above 0, got -1.'],
    [{ maxBytes: Number.NaN }, 'invalid-option: maxBytes must be a number above 0, got NaN.'],
    [{ maxbytes: 5 }, 'invalid-option: options of readNifti are kind, maxBytes and region, got maxbytes.'],
  ])('%j', async (options, expected) => expect(await message(readNifti(testFile(), options as never))).toBe(expected))
})

describe('gzip', () => {
  const file = testFile()

  it('is told by content', async () => expect((await readNifti(await gzipped(file))).data).toEqual(ramp))

  it('that holds less than it declares', async () =>
    expect(await message(readNifti(await gzipped(file.slice(0, -1))))).toBe(
      'truncated: data is truncated: expected 60 bytes, got 59.',
    ))

  it('in gzip is no NIfTI file', async () =>
    expect(await message(readNifti(await gzipped(await gzipped(file))))).toBe(
      'not-nifti: not a NIfTI file: expected 348 or 540 as its first number, got the bytes 1f 8b 08 00.',
    ))

  it('with a tail of 64 MiB is inflated only a little way', async () => {
    const bomb = await gzipped(joined(file, new Uint8Array(64 * 2 ** 20)))
    // What is behind was not looked at: here half of it is gone.
    for (const bytes of [bomb, bomb.slice(0, bomb.length / 2)]) {
      const volume = await readNifti(bytes)
      expect(volume.data).toEqual(ramp)
      expect(volume.warnings).toEqual([
        {
          code: 'checksum-unverified',
          message: 'more than 1048576 bytes follow the voxels; they and the checksum behind them were not read.',
          path: '',
        },
      ])
    }
  })

  it('gives its header without inflating the rest: a stream of 2 GB is asked for no more than its start', async () => {
    const start = await gzipped(
      joined(
        file,
        Uint8Array.from({ length: 2 ** 20 }, (_, n) => Math.imul(n, n) >>> 9),
      ),
    )
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 4096
        if (given > 65_536) throw new Error('too much was read')
        controller.enqueue(start.slice(given - 4096, given))
      },
    })
    expect(await readNiftiHeader(endless)).toEqual(await readNiftiHeader(file))
  })
})

describe('types', () => {
  it.each([
    [256, Int8Array.of(-128, 127)],
    [2, Uint8Array.of(0, 255)],
    [4, Int16Array.of(-32768, 32767, 5)],
    [512, Uint16Array.of(0, 65535, 5)],
    [8, Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
    [768, Uint32Array.of(0, 2 ** 32 - 1)],
    [16, Float32Array.of(1.5, Number.NaN, Number.NEGATIVE_INFINITY, -0)],
    [64, Float64Array.of(Math.PI, Number.NaN, 1e300, -0)],
  ])('code %i keeps its type and values', async (code, voxels) =>
    expect((await readNifti(row(code, voxels))).data).toEqual(voxels),
  )

  it('swaps an odd number of two bytes', async () => {
    const fields = { dim: [3, 3, 1, 1], datatype: [4], bitpix: [16] }
    const voxels = Uint8Array.of(1, 2, 3, 4, 0xff, 0xfe)
    expect((await readNifti(testFile({ littleEndian: false, fields, voxels }))).data).toEqual(
      Int16Array.of(0x102, 0x304, -2),
    )
  })

  it('keeps the bits of a NaN', async () => {
    const bits = Uint32Array.of(0x7fc12345, 0xffc00001)
    expect(new Uint32Array((await readNifti(row(16, new Float32Array(bits.buffer)))).data.buffer)).toEqual(bits)
  })

  it.each([
    [1024, BigInt64Array.of(-5n, 7n), Int32Array.of(-5, 7)],
    [1024, BigInt64Array.of(0n, 2n ** 32n - 1n), Uint32Array.of(0, 2 ** 32 - 1)],
    [1024, BigInt64Array.of(-1n, 2n ** 53n - 1n), Float64Array.of(-1, 2 ** 53 - 1)],
    [1280, BigUint64Array.of(1n, 2n ** 31n - 1n), Int32Array.of(1, 2 ** 31 - 1)],
    [1280, BigUint64Array.of(1n, 2n ** 40n), Float64Array.of(1, 2 ** 40)],
  ])('code %i comes in the first type that holds it', async (code, voxels, expected) =>
    expect((await readNifti(row(code, voxels))).data).toEqual(expected),
  )

  it.each([
    [1024, BigInt64Array.of(1n, -(2n ** 53n)), '-9007199254740992 as int64'],
    [1280, BigUint64Array.of(1n, 2n ** 64n - 1n), '18446744073709551615 as uint64'],
    [1280, BigUint64Array.of(1n, 2n ** 53n + 1n), '9007199254740993 as uint64'],
  ])('code %i is refused where float64 would round it', async (code, voxels, got) =>
    expect(await message(readNifti(row(code, voxels)))).toBe(
      `unsupported: voxel (1, 0, 0) must be within ±(2^53 − 1) to be read exactly, got ${got}.`,
    ),
  )
})

describe('slope and intercept', () => {
  it('are computed in float64 and rounded once', async () => {
    const slope = Math.fround(0.1)
    const intercept = Math.fround(1e6)
    const volume = await readNifti(row(4, Int16Array.of(-3, 0, 12345), { scl_slope: [slope], scl_inter: [intercept] }))
    expect(volume.data).toEqual(Float32Array.of(-3 * slope + intercept, intercept, 12345 * slope + intercept))
  })

  it('keep NaN and infinity', async () =>
    expect(
      (await readNifti(row(16, Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 2), { scl_slope: [-2] }))).data,
    ).toEqual(Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, -4)))

  it.each([0, Number.NaN, Number.POSITIVE_INFINITY])('of slope %d are none', async (slope) =>
    expect((await readNifti(row(4, Int16Array.of(7), { scl_slope: [slope], scl_inter: [Number.NaN] }))).data).toEqual(
      Int16Array.of(7),
    ),
  )

  it('of labels are refused where a value is smaller than float64 has words for: it is no 0', async () => {
    const tiny = row(64, Float64Array.of(0, 1e-300), { scl_slope: [1e-30] })
    expect(await message(readNifti(tiny, { kind: 'label' }))).toBe(
      'invalid-label: a label map must hold whole numbers, got 5e-324 at voxel (1, 0, 0).',
    )
  })

  it('are refused where the intercept is not finite', async () =>
    expect(await message(readNifti(row(4, Int16Array.of(7), { scl_slope: [2], scl_inter: [Number.NaN] })))).toBe(
      'invalid-header: scl_inter must be finite where scl_slope is 2, got NaN.',
    ))

  it('are refused where a finite voxel leaves float32', async () =>
    expect(await message(readNifti(row(64, Float64Array.of(1, 1e300), { scl_slope: [2] })))).toBe(
      'out-of-range: voxel (1, 0, 0) must fit float32 after scaling, got 1e+300 · 2 + 0 = 2e+300.',
    ))
})

describe('label maps', () => {
  const label = (file: Uint8Array<ArrayBuffer>) => readNifti(file, { kind: 'label' })

  it.each([
    [64, Float64Array.of(0, 255, 3), Uint8Array.of(0, 255, 3)],
    [4, Int16Array.of(-1, 127), Int8Array.of(-1, 127)],
    [64, Float64Array.of(0, 256), Uint16Array.of(0, 256)],
    [8, Int32Array.of(-129, 5), Int16Array.of(-129, 5)],
    [16, Float32Array.of(65536, -0), Uint32Array.of(65536, 0)],
    [64, Float64Array.of(-1, 65536), Int32Array.of(-1, 65536)],
    [1024, BigInt64Array.of(3n, 2n), Uint8Array.of(3, 2)],
    [2, Uint8Array.of(9), Uint8Array.of(9)],
  ])('of code %i take the smallest integer type', async (code, voxels, expected) => {
    const volume = await label(row(code, voxels))
    expect(volume.kind).toBe('label')
    expect(volume.data).toEqual(expected)
  })

  it('are scaled', async () => {
    expect(
      await label(row(4, Int16Array.of(0, 1, 600), { scl_slope: [0.5], scl_inter: [-3] })).catch((e) => e.message),
    ).toBe('a label map must hold whole numbers, got -2.5 at voxel (1, 0, 0).')
    expect((await label(row(4, Int16Array.of(0, 2, 600), { scl_slope: [0.5], scl_inter: [-3] }))).data).toEqual(
      Int16Array.of(-3, -2, 297),
    )
  })

  it('refuse the first value that is no whole number, and name its voxel', async () => {
    const voxels = Float32Array.from({ length: 120 }, (_, n) => (n < 103 ? n : n + 0.25))
    const file = testFile({ fields: { dim: [4, 3, 4, 5, 2], datatype: [16], bitpix: [32] }, voxels })
    expect(await message(label(file))).toBe(
      'invalid-label: a label map must hold whole numbers, got 103.25 at voxel (1, 2, 3) of channel 1.',
    )
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(await message(label(row(16, Float32Array.of(1, value))))).toBe(
        `invalid-label: a label map must hold whole numbers, got ${value} at voxel (1, 0, 0).`,
      )
    }
  })

  it.each([
    [Float64Array.of(2 ** 32), '4294967296 … 4294967296'],
    [Float64Array.of(-1, 2 ** 31), '-1 … 2147483648'],
  ])('refuse what no integer type holds', async (voxels, range) =>
    expect(await message(label(row(64, voxels)))).toBe(`invalid-label: labels must fit int32 or uint32, got ${range}.`),
  )
})

describe('extensions', () => {
  const extended = (version: 1 | 2, littleEndian: boolean, sizes: readonly number[], room: number) => {
    const start = version === 1 ? 352 : 544
    const content = new Uint8Array(room)
    const view = new DataView(content.buffer)
    let at = 0
    for (const size of sizes) {
      if (at + 8 > room) break
      view.setInt32(at, size, littleEndian)
      view.setInt32(at + 4, 6, littleEndian)
      at += Math.max(8, Math.min(size, room))
    }
    return testFile({
      version,
      littleEndian,
      fields: { vox_offset: [start + room] },
      bytes: { [start - 4]: [1] },
      voxels: joined(content, ramp),
    })
  }
  const cases: readonly (readonly [readonly number[], number, readonly number[], readonly string[]])[] = [
    [[32, 16], 48, [32, 16], []],
    [[32], 48, [32], []],
    [[16, 8], 24, [16], ['the last 8 bytes before the voxels are too few for an extension; they were left out.']],
    [[20], 32, [20], ['extension 1 should have a multiple of 16 bytes, got 20.']],
    [[16, 8], 48, [16], ['extension 2 should have 16 … 32 bytes, got 8; it was left out, and all after it.']],
    [[-16], 48, [], ['extension 1 should have 16 … 48 bytes, got -16; it was left out, and all after it.']],
    [[64], 48, [], ['extension 1 should have 16 … 48 bytes, got 64; it was left out, and all after it.']],
    [
      [2147483647],
      48,
      [],
      ['extension 1 should have 16 … 48 bytes, got 2147483647; it was left out, and all after it.'],
    ],
    [
      [0x20000000],
      48,
      [],
      ['extension 1 should have 16 … 48 bytes, got 536870912; it was left out, and all after it.'],
    ],
  ]
  it('are not looked for where the header announces none', async () => {
    const file = testFile({
      fields: { vox_offset: [384] },
      bytes: { 352: [7, 7, 7, 7] },
      voxels: joined(new Uint8Array(32), ramp),
    })
    expect(await readNiftiHeader(file)).toMatchObject({ extensions: [], warnings: [] })
    expect((await readNifti(file)).data).toEqual(ramp)
  })

  it.each(cases)('of sizes %j in %i bytes', async (sizes, room, expected, warnings) => {
    for (const version of [1, 2] as const) {
      for (const littleEndian of [true, false]) {
        const file = extended(version, littleEndian, sizes, room)
        const header = await readNiftiHeader(file)
        expect(header.extensions).toEqual(
          expected.map((bytes) => ({ code: 6, bytes, content: expect.objectContaining({ length: bytes - 8 }) })),
        )
        expect(header.warnings.map(({ message }) => message)).toEqual(warnings)
        expect((await readNifti(await gzipped(file))).data).toEqual(ramp)
      }
    }
  })
})
