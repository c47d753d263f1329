import { type Affine, transformPoint, type Vec3 } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyWhole, composeWhole, identityMap, wholeMap } from './whole.ts'

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

const orientations = fc.record({
  axes: fc.constantFrom(...orders),
  steps: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(-1, 1))) as unknown as fc.Arbitrary<Vec3>,
  start: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -50, max: 50 }))) as unknown as fc.Arbitrary<Vec3>,
})
const sizes = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 2, max: 300 }))) as unknown as fc.Arbitrary<Vec3>

/** A whole-voxel map as an affine of indices. */
function matrixOf({ axes, steps, start }: { axes: Vec3; steps: Vec3; start: Vec3 }): Affine {
  const rows = [0, 1, 2].map((row) => [
    ...[0, 1, 2].map((column) => (axes[column] === row ? steps[column]! : 0)),
    start[row]!,
  ])
  return [...rows.flat(), 0, 0, 0, 1]
}

test('the identity is whole', () => expect(wholeMap(matrixOf(identityMap), [3, 4, 5])).toEqual(identityMap))

test('every order, direction and shift is found, and what is nearer than 1e-3 voxel to it', () => {
  fc.assert(
    fc.property(orientations, sizes, fc.double({ min: -1, max: 1, noNaN: true }), (map, shape, off) => {
      expect(wholeMap(matrixOf(map), shape)).toEqual(map)
      const near = matrixOf(map).map((x, n) => (n === 3 ? x + 0.9e-3 * off : x))
      // −0 is 0.
      const found = wholeMap(near, shape)!
      expect({ ...found, start: found.start.map((x) => x + 0) }).toEqual(map)
      const far = matrixOf(map).map((x, n) => (n === 7 ? x + (off < 0 ? -1.1e-3 : 1.1e-3) : x))
      expect(wholeMap(far, shape)).toBeUndefined()
    }),
  )
})

test('a turn is whole or not by what it does at the far corner', () => {
  const turned = (angle: number): Affine => [1, -angle, 0, 0, angle, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  expect(wholeMap(turned(1e-5), [90, 90, 90])).toEqual(identityMap)
  expect(wholeMap(turned(1e-5), [200, 90, 90])).toBeUndefined()
})

test('an axis of one voxel takes the direction that the others leave', () => {
  const matrix: Affine = [0, 0, 1, 0, 1, 0, 0, 0, 0, 0.3, 0, 0, 0, 0, 0, 1]
  expect(wholeMap(matrix, [5, 1, 7])).toEqual({ axes: [1, 2, 0], steps: [1, 1, 1], start: [0, 0, 0] })
})

test('scales and half voxels are not whole', () => {
  expect(wholeMap([2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [3, 4, 5])).toBeUndefined()
  expect(wholeMap([1, 0, 0, 0.5, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [3, 4, 5])).toBeUndefined()
})

describe('composeWhole(outer, inner)', () => {
  test('is first inner, then outer', () => {
    fc.assert(
      fc.property(orientations, orientations, sizes, (outer, inner, index) => {
        const both = applyWhole(composeWhole(outer, inner), index)
        expect(both).toEqual(applyWhole(outer, applyWhole(inner, index)))
        expect(applyWhole(inner, index)).toEqual(transformPoint(matrixOf(inner), index))
      }),
    )
  })
})
