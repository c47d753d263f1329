import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Vec3 } from './grid.ts'
import {
  arrayOf,
  checkVolume,
  type DType,
  dtypeOf,
  observeComputing,
  type Pending,
  pendingOf,
  pendingVolume,
  settled,
  takeData,
  type Volume,
  type VolumeInit,
  volume,
} from './volume.ts'

const affine = [1, 0.1, 0, -5, -0.1, 2, 0, -6, 0, 0, 3, -7, 0, 0, 0, 1]
const shape = [3, 4, 5]
const data = Int16Array.from({ length: 60 }, (_, n) => n)

test('a volume is a plain record over the array that was given', () => {
  const made = volume({ data, shape, affine, kind: 'label' })
  expect(made).toEqual({
    kind: 'label',
    shape: [3, 4, 5],
    affine,
    channels: 1,
    dtype: 'int16',
    spacingMm: [Math.sqrt(1.01), Math.sqrt(4.01), 3],
    data,
    warnings: [],
  })
  expect(made.data).toBe(data)
  expect(structuredClone(made)).toEqual(made)
})

test('with spacings alone its axes are the world’s and its centre is the origin', () => {
  const made = volume({ data, shape, spacingMm: [1, 2, 3] })
  expect(made.affine).toEqual([1, 0, 0, -1, 0, 2, 0, -3, 0, 0, 3, -6, 0, 0, 0, 1])
  expect(volume({ data, shape }).spacingMm).toEqual([1, 1, 1])
  expect(made.kind).toBe('image')
})

test('another volume lends its grid', () => {
  const image = volume({ data, shape, affine })
  const label = volume({ ...image, data: new Uint8Array(60), kind: 'label' })
  expect(label).toMatchObject({ affine, dtype: 'uint8', kind: 'label' })
})

test('what it was made from may change later', () => {
  const [own, mine] = [[...affine], [...shape]]
  const made = volume({ data, shape: mine, affine: own })
  own[3] = 99
  mine[0] = 99
  expect(made).toMatchObject({ affine, shape })
  expect(() => Object.assign(made.shape, [1])).toThrow(TypeError)
})

test.each(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as const)(
  '%s names its array, and the other way',
  (dtype) => {
    const array = new (arrayOf(dtype))(60)
    expect(dtypeOf(array)).toBe(dtype)
    expect(volume({ data: array, shape }).dtype).toBe(dtype)
  },
)

describe('a wrong one is refused:', () => {
  const refuse = (init: object) => expect(() => volume({ data, shape, ...init } as VolumeInit))
  test('its shape', () => {
    refuse({ shape: [3, 4] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: shape must be three whole numbers above 0, got [3, 4].]`,
    )
    refuse({ shape: [3, 4, 0] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: shape must be three whole numbers above 0, got [3, 4, 0].]`,
    )
    refuse({ shape: [2 ** 20, 2 ** 20, 2 ** 20] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: shape must be three whole numbers above 0, got [1048576, 1048576, 1048576].]`,
    )
  })
  test('its data', () => {
    refuse({ data: new Int16Array(59) }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must hold 3 × 4 × 5 × 1 = 60 voxels, got 59.]`,
    )
    refuse({ channels: 2 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must hold 3 × 4 × 5 × 2 = 120 voxels, got 60.]`,
    )
    refuse({ data: [...data] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must be a typed array (int8, uint8, int16, uint16, int32, uint32, float32, float64), got "[object Array]".]`,
    )
    refuse({ data: new BigInt64Array(60) }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must be a typed array (int8, uint8, int16, uint16, int32, uint32, float32, float64), got "[object BigInt64Array]".]`,
    )
    refuse({ data: undefined }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must be a typed array (int8, uint8, int16, uint16, int32, uint32, float32, float64), got "[object Undefined]".]`,
    )
  })
  test('its affine and spacing', () => {
    refuse({ affine: affine.slice(4) }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: affine must be an invertible 4×4 matrix in rows, the last one 0 0 0 1, got [-0.1, 2, 0, -6, 0, 0, 3, -7, 0, 0, 0, 1].]`,
    )
    refuse({ spacingMm: [1, 0, 1] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: spacingMm must be three numbers above 0, got [1, 0, 1].]`,
    )
    refuse({ spacingMm: [1, 1] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: spacingMm must be three numbers above 0, got [1, 1].]`,
    )
    refuse({ affine, spacingMm: [1, 2, 3] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: spacingMm must be that of the affine, [1.004987562112089, 2.0024984394500787, 3], or be left out, got [1, 2, 3].]`,
    )
  })
  test('its channels and kind', () => {
    refuse({ channels: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: channels must be a whole number above 0, got 0.]`,
    )
    refuse({ channels: 1.5 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: channels must be a whole number above 0, got 1.5.]`,
    )
    refuse({ kind: 'mask' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: kind must be 'image' or 'label', got "mask".]`,
    )
  })
  test('a buffer that a worker has now', () => {
    const mine = volume({ data: data.slice(), shape })
    structuredClone(mine.data, { transfer: [mine.data.buffer] })
    expect(() => checkVolume(mine)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: data must hold 3 × 4 × 5 × 1 = 60 voxels (was its buffer transferred to a worker?), got 0.]`,
    )
  })
})

describe('a volume with pending voxels', () => {
  const source = volume({ data, shape, affine })
  const make = () => {
    let computed = 0
    const pending: Pending = { by: 'test', source, passes: [], warnings: [] }
    const { kind, channels, warnings } = source
    const like = { kind, shape: source.shape, affine, channels, dtype: 'float32' as DType, warnings }
    const made = pendingVolume(like, pending, () => {
      computed++
      return Float32Array.from(data, (x) => x / 2)
    })
    return { made, pending, count: () => computed }
  }

  test('says what it will be, and computes once, when it is read', () => {
    const { made, count } = make()
    expect(made.shape).toBe(source.shape)
    expect(made.spacingMm).toEqual(source.spacingMm)
    expect(made.dtype).toBe('float32')
    checkVolume(made)
    expect(count()).toBe(0)
    expect(made.data[59]).toBe(29.5)
    expect(made.data).toBe(made.data)
    expect(count()).toBe(1)
  })

  test('keeps its description after it was read, and shows it to nobody else', () => {
    const { made, pending } = make()
    expect(pendingOf(made)).toBe(pending)
    expect(made.data).toHaveLength(60)
    expect(pendingOf(made)).toBe(pending)
    expect(Object.keys(made)).toEqual(Object.keys(settled(made)))
    expect(pendingOf(source)).toBeUndefined()
  })

  test('survives structuredClone with its voxels', () => {
    const { made } = make()
    const clone = structuredClone(made)
    expect(clone).toEqual(settled(made))
    expect(pendingOf(clone)).toBeUndefined()
  })

  test('hands its voxels to whoever takes them, and keeps them if they have been read', () => {
    const { made, count } = make()
    const [first, second] = [takeData(made), takeData(made)]
    expect([first.owned, second.owned, count()]).toEqual([true, true, 2])
    expect(first.data).not.toBe(second.data)
    const kept = made.data
    expect(takeData(made)).toEqual({ data: kept, owned: false })
    expect(takeData(source)).toEqual({ data, owned: false })
  })

  test('settles to a plain record, and a plain one is settled', () => {
    const { made } = make()
    expect(pendingOf(settled(made))).toBeUndefined()
    expect(settled(made).data).toBe(made.data)
    expect(settled(source)).toBe(source)
  })

  test('is checked by its source, without computing', () => {
    const gone = volume({ data: data.slice(), shape })
    const { made, count } = make()
    const { kind, channels, dtype, warnings } = made
    const pending: Pending = { by: 'test', source: gone, passes: [], warnings: [] }
    const onGone = pendingVolume({ kind, shape: made.shape, affine, channels, dtype, warnings }, pending, () => data)
    structuredClone(gone.data, { transfer: [gone.data.buffer] })
    expect(() => checkVolume(onGone)).toThrow('data must hold 3 × 4 × 5 × 1 = 60 voxels')
    expect(count()).toBe(0)
  })

  test('is seen by observers while it computes, until they leave', () => {
    const seen: Pending[] = []
    const [one, two] = [make(), make()]
    const stop = observeComputing((pending) => seen.push(pending))
    expect(one.made.data).toHaveLength(60)
    stop()
    expect(two.made.data).toHaveLength(60)
    expect(seen).toEqual([one.pending])
  })
})

test('types', () => {
  expectTypeOf(volume).returns.toEqualTypeOf<Volume>()
  expectTypeOf<Volume['spacingMm']>().toEqualTypeOf<Vec3>()
  expectTypeOf<{ shape: number[] }>().not.toExtend<VolumeInit>()
})
