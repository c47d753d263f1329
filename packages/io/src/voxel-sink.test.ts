import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it, vi } from 'vitest'
import { type NiftiDType, widthOf } from './datatypes.ts'
import { unscaled } from './scaling.ts'
import { put, voxelSink } from './voxel-sink.ts'

/** More than two of the parts in which voxels are made, and no multiple of one, for every type but those of a byte. */
const count = 1_100_001

const types = {
  int8: 'Int8',
  uint8: 'Uint8',
  int16: 'Int16',
  uint16: 'Uint16',
  int32: 'Int32',
  uint32: 'Uint32',
  float32: 'Float32',
  float64: 'Float64',
  int64: 'BigInt64',
  uint64: 'BigUint64',
} as const

/** What is stored at a place: it says where it stands, within a byte's range or a type's. */
const storedAt = (n: number, dtype: NiftiDType): number => {
  const value = dtype.endsWith('8') ? (n * 7) % 128 : dtype.endsWith('16') ? (n * 7) % 32_768 : n
  return dtype.startsWith('float') ? value / 4 : value
}

function file(dtype: NiftiDType, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(count * widthOf(dtype)))
  const width = widthOf(dtype)
  const isWide = dtype === 'int64' || dtype === 'uint64'
  const set = view[`set${types[dtype]}`].bind(view) as (at: number, value: number | bigint, little: boolean) => void
  for (let n = 0; n < count; n++) {
    const value = storedAt(n, dtype)
    set(n * width, isWide ? BigInt(value) : value, littleEndian)
  }
  return new Uint8Array(view.buffer)
}

/** Hands on bytes in pieces of odd lengths, some larger than a part. */
async function putInPieces(sink: ReturnType<typeof voxelSink>, bytes: Uint8Array): Promise<void> {
  for (let at = 0, length = 1; at < bytes.length; at += length, length = 3 * length + 2)
    await put(sink, bytes.subarray(at, at + length))
}

const nameOf = (index: number) => `number ${index}`

describe('voxelSink', () => {
  it.each(Object.keys(types) as NiftiDType[])(
    'makes voxels of %s, in either byte order, scaled or not',
    async (dtype) => {
      for (const littleEndian of [true, false]) {
        const bytes = file(dtype, littleEndian)
        for (const scaling of [
          { slope: 1, intercept: 0 },
          { slope: 0.5, intercept: -3 },
        ]) {
          const sink = voxelSink({ count, dtype, littleEndian, kind: 'image', scaling, nameOf })
          await putInPieces(sink, bytes)
          const scaled = scaling.slope !== 1
          const wrong = sink.voxels.findIndex((value, n) => {
            const stored = storedAt(n, dtype)
            return value !== (scaled ? Math.fround(stored * 0.5 - 3) : stored)
          })
          expect([sink.voxels.length, wrong, sink.voxels instanceof Float32Array]).toEqual([
            count,
            -1,
            scaled || dtype === 'float32',
          ])
        }
      }
    },
  )

  it('keeps the stored numbers of a label map, whatever the scaling', async () => {
    const scaling = { slope: 2, intercept: 1 }
    const sink = voxelSink({ count: 3, dtype: 'int16', littleEndian: true, kind: 'label', scaling, nameOf })
    await put(sink, Uint8Array.of(1, 0, 2, 0, 3, 0))
    expect(sink.voxels).toEqual(Int16Array.of(1, 2, 3))
  })

  it('refuses 64-bit integers that float64 does not hold, scaled or not: an intercept may leave what was rounded', async () => {
    const bytes = new Uint8Array(BigInt64Array.of(2n ** 53n + 1n).buffer)
    for (const kind of ['image', 'label'] as const) {
      for (const scaling of [unscaled, { slope: 1, intercept: -(2 ** 53) }]) {
        const sink = voxelSink({ count: 1, dtype: 'int64', littleEndian: true, kind, scaling, nameOf })
        await expect(put(sink, bytes)).rejects.toThrow('must be within ±(2^53 − 1) to be read exactly')
      }
    }
  })

  it('refuses what a tiny slope would make nothing of, and keeps small values that are not', async () => {
    const scaled = (slope: number, intercept = 0) =>
      voxelSink({ count: 2, dtype: 'int16', littleEndian: true, kind: 'image', scaling: { slope, intercept }, nameOf })
    const bytes = Uint8Array.of(0, 0, 2, 0)
    await expect(put(scaled(1e-60), bytes)).rejects.toThrow(
      'voxel number 1 must fit float32 after scaling, got 2 · 1e-60 + 0 = 2e-60.',
    )
    for (const [slope, intercept] of [
      [2 ** -149, 0],
      [1e-60, 1],
    ] as const) {
      const sink = scaled(slope, intercept)
      await put(sink, bytes)
      expect(sink.voxels).toEqual(Float32Array.of(intercept, 2 * slope + intercept))
    }
  })

  it('writes one NaN for every NaN that it computes', async () => {
    const sink = voxelSink({
      count: 2,
      dtype: 'float32',
      littleEndian: true,
      kind: 'image',
      scaling: { slope: 2, intercept: 0 },
      nameOf,
    })
    await put(sink, Uint8Array.of(0x45, 0x23, 0xc1, 0xff, 0x45, 0x23, 0x81, 0x7f))
    expect(new Uint32Array(sink.voxels.buffer)).toEqual(Uint32Array.of(0x7fc00000, 0x7fc00000))
  })

  it('names the voxel that it cannot keep, in a later part too', async () => {
    const message = (promise: Promise<unknown>) =>
      promise.then(
        () => 'kept',
        (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign: ${error}`),
      )
    const wide = new BigInt64Array(count)
    wide[count - 2] = -(2n ** 53n)
    const sink = voxelSink({ count, dtype: 'int64', littleEndian: true, kind: 'image', nameOf })
    expect(await message(putInPieces(sink, new Uint8Array(wide.buffer)))).toMatchInlineSnapshot(
      `"unsupported: voxel number 1099999 must be within ±(2^53 − 1) to be read exactly, got -9007199254740992 as int64."`,
    )
    const large = new Float64Array(count)
    large[count - 3] = 1e39
    const scaled = { count, dtype: 'float64', littleEndian: true, kind: 'image', nameOf } as const
    const halves = voxelSink({ ...scaled, scaling: { slope: 0.5, intercept: 0 } })
    expect(await message(putInPieces(halves, new Uint8Array(large.buffer)))).toMatchInlineSnapshot(
      `"out-of-range: voxel number 1099998 must fit float32 after scaling, got 1e+39 · 0.5 + 0 = 5e+38."`,
    )
  })

  it('lets others have a turn behind a part that took long', async () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20))
    let turns = 0
    const sink = voxelSink({ count, dtype: 'int64', littleEndian: true, kind: 'image', nameOf })
    const making = put(sink, file('int64', true))
    const other = new MessageChannel()
    other.port1.onmessage = () => {
      turns++
      other.port2.postMessage(null)
    }
    other.port2.postMessage(null)
    await making
    other.port1.close()
    vi.restoreAllMocks()
    expect(turns).toBeGreaterThan(3)
  })
})
