import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it, vi } from 'vitest'
import { type NiftiDType, widthOf } from './datatypes.ts'
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

  it('computes in float64 what 64-bit integers are scaled to, where they must not be exact', async () => {
    const scaling = { slope: 2 ** -40, intercept: 1 }
    const stored = { count: 2, littleEndian: true, kind: 'image', scaling, nameOf } as const
    for (const [dtype, bytes] of [
      ['int64', BigInt64Array.of(-(2n ** 60n) - 1n, 2n ** 40n)],
      ['uint64', BigUint64Array.of(2n ** 63n + 1n, 2n ** 40n)],
    ] as const) {
      const sink = voxelSink({ ...stored, dtype })
      await put(sink, new Uint8Array(bytes.buffer))
      expect(sink.voxels).toEqual(Float32Array.of(Number(bytes[0]!) * 2 ** -40 + 1, 2))
    }
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
