import { inverse, multiply, run, type Subject, transformPoint, type Vec3, type Volume, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { Crop } from './index.ts'

// Where Crop takes its box from what the subject has.

const grid = obliqueGrid([12, 14, 16])
const image = volume({ ...grid, data: Int16Array.from({ length: 12 * 14 * 16 }, (_, n) => n) })
const at = ([i, j, k]: Vec3, [nx, ny]: Vec3 = [12, 14, 16]) => i + nx * (j + ny * k)
const labelled = (voxels: readonly (readonly [Vec3, number])[]) => {
  const data = new Uint8Array(12 * 14 * 16)
  for (const [index, label] of voxels) data[at(index)] = label
  return volume({ ...grid, data, kind: 'label' })
}
type At = NonNullable<Parameters<typeof Crop>[0]['at']>
const place = (where: At, subject: Subject, seed = 1, shape: Vec3 = [3, 4, 5]) =>
  run(Crop({ shape, at: where }), subject, { seed, compute: false }).trace
const startOf = (trace: ReturnType<typeof place>) => trace.steps[0]!.params['at'] as unknown as Vec3

describe('on a label', () => {
  test('by hand: the voxel is number ⌊m / 2⌋ of the box', () => {
    const seg = labelled([[[6, 7, 8], 2]])
    expect(startOf(place({ label: 'seg' }, { image, seg }))).toEqual([5, 5, 6])
    const { output } = run(Crop({ shape: [3, 4, 5], at: { label: 'seg' } }), { image, seg }, { seed: 1 })
    expect(output.seg.data[at([1, 2, 2], [3, 4, 5])]).toBe(2)
    expect(output.image.data[at([1, 2, 2], [3, 4, 5])]).toBe(image.data[at([6, 7, 8])])
  })
  test('at the border the box is moved into the frame', () => {
    const seg = labelled([[[0, 13, 15], 1]])
    expect(startOf(place({ label: 'seg' }, { image, seg }))).toEqual([0, 10, 11])
  })
  test('any voxel of a label but 0 is as likely, where no odds are given', () => {
    const seg = labelled([
      [[2, 7, 8], 1],
      [[5, 7, 8], 1],
      [[9, 7, 8], 3],
    ])
    const counts = new Map<number, number>()
    for (let seed = 0; seed < 300; seed++) {
      const x = startOf(place({ label: 'seg' }, { image, seg }, seed))[0]
      counts.set(x, (counts.get(x) ?? 0) + 1)
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([1, 4, 8])
    for (const count of counts.values()) expect(count).toBeGreaterThan(70)
  })
  test('by odds, a label first, then one of its voxels; those that are not there do not count', () => {
    const seg = labelled([
      [[2, 7, 8], 1],
      [[5, 7, 8], 1],
      [[9, 7, 8], 3],
    ])
    const drawn = (odds: object) => {
      const counts = { 1: 0, 3: 0, other: 0 }
      for (let seed = 0; seed < 300; seed++) {
        const x = startOf(place({ label: 'seg', odds } as At, { image, seg }, seed))[0]
        counts[x === 8 ? 3 : x === 1 || x === 4 ? 1 : 'other']++
      }
      return counts
    }
    expect(drawn({ 3: 1 })).toEqual({ 1: 0, 3: 300, other: 0 })
    expect(drawn([0, 1, 5])).toEqual({ 1: 300, 3: 0, other: 0 })
    const even = drawn({ 1: 2, 3: 2, 9: 100 })
    expect(even[3]).toBeGreaterThan(120)
    expect(even[1]).toBeGreaterThan(120)
    expect(drawn({ 0: 1 }).other).toBeGreaterThan(200)
  })
  test('on a label map of another grid, by its place in the world', () => {
    const coarse = obliqueGrid([6, 7, 8], [2.6, 2, 3.4])
    const data = new Uint8Array(336)
    data[at([3, 5, 2], coarse.shape)] = 1
    const seg = volume({ ...coarse, data, kind: 'label' })
    const wanted = transformPoint(multiply(inverse(grid.affine), coarse.affine), [3, 5, 2]).map(Math.round)
    expect(startOf(place({ label: 'seg' }, { image, seg }, 1, [1, 1, 1]))).toEqual(wanted)
  })
  test('without a voxel to crop at it is random, and the trace says so', () => {
    const seg = labelled([])
    const trace = place({ label: 'seg' }, { image, seg })
    expect(trace.warnings).toEqual([
      { code: 'nothing-to-crop-at', message: 'seg has no voxel to crop at; the place is random.', path: '' },
    ])
    expect(trace.steps[0]!.params['at']).toHaveProperty('fraction')
    expect(place({ label: 'seg', odds: { 4: 1 } }, { image, seg: labelled([[[1, 1, 1], 2]]) }).warnings).toHaveLength(1)
  })
})

describe('by weights', () => {
  const weighted = (voxels: readonly (readonly [Vec3, number])[]): Volume => {
    const data = new Float32Array(12 * 14 * 16)
    for (const [index, weight] of voxels) data[at(index)] = weight
    return volume({ ...grid, data })
  }
  test('a voxel is drawn in proportion to them', () => {
    const weights = weighted([
      [[2, 7, 8], 1],
      [[9, 7, 8], 3],
    ])
    let heavy = 0
    for (let seed = 0; seed < 400; seed++)
      if (startOf(place({ weights: 'weights' }, { image, weights }, seed))[0] === 8) heavy++
    expect(heavy).toBeGreaterThan(260)
    expect(heavy).toBeLessThan(340)
  })
  test('all of them 0 is random, and the trace says so', () => {
    expect(place({ weights: 'weights' }, { image, weights: weighted([]) }).warnings.map(({ code }) => code)).toEqual([
      'nothing-to-crop-at',
    ])
  })
  test.each([-1, Number.NaN, Infinity])('%s among them is refused', (wrong) => {
    const weights = weighted([[[1, 1, 1], wrong]])
    expect(() => place({ weights: 'weights' }, { image, weights })).toThrow(
      `geometry/Crop: weights must be finite and not below 0, got ${wrong}.`,
    )
  })
})

test('the draw is kept: a replay crops at the same place, whatever the labels there', async () => {
  const { replay } = await import('@voxaug/core')
  const trace = place({ label: 'seg' }, { image, seg: labelled([[[6, 7, 8], 2]]) })
  const other = { image, seg: labelled([[[1, 1, 1], 2]]) }
  expect(replay(JSON.parse(JSON.stringify(trace)), other, { registry: { get: () => Crop } }).output.image.data[0]).toBe(
    image.data[at([5, 5, 6])],
  )
})

describe('is refused:', () => {
  test('a label map that there is not', () =>
    expect(() => place({ label: 'image' }, { image })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: there must be a label map named "image"; there are image.]`,
    ))
  test('odds of nothing', () =>
    expect(() => Crop({ shape: [1, 1, 1], at: { label: 'seg', odds: [0, 0] } })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: geometry/Crop: at must be 'random' or 'center', or three whole numbers from 0, or {label, odds?}, or {weights}, got {"label":"seg", "odds":[0, 0]}.]`,
    ))
})
