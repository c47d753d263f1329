import { describe, expect, expectTypeOf, test } from 'vitest'
import { Compose } from './combinators.ts'
import { run } from './run.ts'
import { frameNameOf, gridsOf, isVolume, type Points, points, type Subject } from './subject.ts'
import { type Volume, volume } from './volume.ts'

const image = volume({ data: new Float32Array(60), shape: [3, 4, 5], spacingMm: [1, 2, 3] })
const label = volume({ data: new Uint8Array(24), shape: [2, 3, 4], kind: 'label' })
const landmarks = points([
  [1, 2, 3],
  [-4, 5.5, 6],
])

test('points are rows of world millimetres, copied and frozen', () => {
  const rows = [[1, 2, 3]]
  const made = points(rows)
  rows[0]![0] = 9
  expect(made).toEqual({ kind: 'points', positions: [[1, 2, 3]] })
  expect(Object.isFrozen(made.positions[0])).toBe(true)
  expect(points([]).positions).toEqual([])
})

test('the frame is the first image, else the first label map', () => {
  expect(frameNameOf({ landmarks, label, image, other: image })).toBe('image')
  expect(frameNameOf({ landmarks, label, other: label })).toBe('label')
  expect(frameNameOf({ landmarks })).toBeUndefined()
})

test('grids are those of the volumes', () => {
  expect(gridsOf({ image, landmarks, label })).toEqual({
    image: { shape: [3, 4, 5], affine: image.affine },
    label: { shape: [2, 3, 4], affine: label.affine },
  })
  expect([image, landmarks].map(isVolume)).toEqual([true, false])
})

const nothing = Compose([])

test('a subject comes back with its keys in order and its entries the same objects', () => {
  const { output } = run(nothing, { label, image, landmarks }, { seed: 0 })
  expect(Object.keys(output)).toEqual(['label', 'image', 'landmarks'])
  expect(output.image).toBe(image)
  expect(output.landmarks).toBe(landmarks)
})

test('a bare entry comes back bare', () => {
  expect(run(nothing, image, { seed: 0 }).output).toBe(image)
  expect(run(nothing, label, { seed: 0 }).output).toBe(label)
  expect(run(nothing, landmarks, { seed: 0 }).output).toBe(landmarks)
})

test('an entry may be called kind, or what every object has', () => {
  for (const name of ['kind', 'constructor', '__proto__', 'toString', 'hasOwnProperty', '']) {
    const subject = JSON.parse(`{${JSON.stringify(name)}: 0, "image": 0}`) as Record<string, Volume>
    Object.defineProperty(subject, name, { value: image, enumerable: true })
    subject['image'] = image
    const { output, trace } = run(nothing, subject, { seed: 0 })
    expect(Object.entries(output)).toEqual([
      [name, image],
      ['image', image],
    ])
    expect(Object.keys(trace.passes)).toEqual([name, 'image'])
  }
})

describe('a wrong subject is refused:', () => {
  const refuse = (subject: unknown) => expect(() => run(nothing, subject as Subject, { seed: 0 }))
  test('what is no record', () => {
    refuse(undefined).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a subject must be a record of volumes and points, got undefined.]`,
    )
    refuse({}).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a subject must be a record of volumes and points, got {}.]`,
    )
    refuse(null).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a subject must be a record of volumes and points, got null.]`,
    )
    refuse(5).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a subject must be a record of volumes and points, got 5.]`,
    )
    refuse(image.data).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a subject must be a record of volumes and points, got {"0":0, "1":0, "2":0, "3":0, "4":0, "5":0, "6":0, "7":0, ….]`,
    )
  })
  test('an entry of no kind', () => {
    refuse({ image, scan: new Float32Array(8) }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: scan: an entry must be a volume or points, got {"0":0, "1":0, "2":0, "3":0, "4":0, "5":0, "6":0, "7":0}.]`,
    )
    refuse({ image: null }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: image: an entry must be a volume or points, got null.]`,
    )
    refuse({ image: { kind: 'mesh' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: image: an entry must be a volume or points, got {"kind":"mesh"}.]`,
    )
  })
  test('a volume that nobody made', () => {
    refuse({ t1: { kind: 'image' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: t1: shape must be three whole numbers above 0, got undefined.]`,
    )
    refuse({ t1: { ...image, data: undefined } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: t1: data must hold 3 × 4 × 5 × 1 = 60 voxels, got undefined.]`,
    )
    refuse({ t1: { ...image, data: image.data.subarray(1) } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: t1: data must hold 3 × 4 × 5 × 1 = 60 voxels, got 59.]`,
    )
  })
  test('points that are none', () => {
    refuse({ p: { kind: 'points', positions: [[1, 2]] } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: p: position 0 must be three numbers, got [1, 2].]`,
    )
    refuse({ p: { kind: 'points' } }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: p: position 0 must be three numbers, got undefined.]`,
    )
    expect(() =>
      points([
        [0, 0, 0],
        [1, 2, Number.NaN],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`[VoxaugError: position 1 must be three numbers, got [1, 2, NaN].]`)
  })
})

test('types: what comes out has the keys and kinds of what went in', () => {
  const { output } = run(nothing, { image, landmarks }, { seed: 0 })
  expectTypeOf(output).toEqualTypeOf<{ image: Volume; landmarks: Points }>()
  expectTypeOf(run(nothing, image).output).toEqualTypeOf<Volume>()
  expectTypeOf(run(nothing, landmarks).output).toEqualTypeOf<Points>()
  expectTypeOf(run<Subject>)
    .parameter(1)
    .toEqualTypeOf<Subject>()
})
