import { type Affine, determinant, multiply } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { float64 } from './precision.ts'
import { type Quaternion, qformAffine, qformOf } from './quaternion.ts'

const place = [5, -6, 7] as const

/** What nibabel makes of the stored numbers. */
function read({ quaternion: [b, c, d], voxelSize, handedness }: ReturnType<typeof qformOf>): Affine {
  const square = 1 - (b * b + c * c + d * d)
  return qformAffine([Math.abs(square) < 3 * 2 ** -23 ? 0 : Math.sqrt(square), b, c, d], voxelSize, handedness, place)
}

const apart = (a: Affine, b: Affine) => Math.max(...a.map((value, n) => Math.abs(value - b[n]!)))

describe('qformOf', () => {
  it('finds the identity', () => {
    expect(qformOf([2, 0, 0, 5, 0, 3, 0, -6, 0, 0, 4, 7, 0, 0, 0, 1])).toEqual({
      quaternion: [0, 0, 0],
      voxelSize: [2, 3, 4],
      handedness: 1,
      faithful: true,
    })
  })

  it('finds a third of a turn, by hand', () => {
    expect(qformOf([0, 0, 4, 5, 2, 0, 0, -6, 0, 3, 0, 7, 0, 0, 0, 1])).toEqual({
      quaternion: [0.5, 0.5, 0.5],
      voxelSize: [2, 3, 4],
      handedness: 1,
      faithful: true,
    })
  })

  it('finds half turns about each axis and oblique ones', () => {
    for (const [b, c, d] of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.6, 0.8, 0],
      [0.48, 0.6, 0.64],
      [1, 1, 1],
      [3, -2, 5],
    ] as const) {
      const affine = qformAffine([0, b, c, d], [2, 3, 4], -1, place)
      const found = qformOf(affine)
      expect(found.faithful).toBe(true)
      // A voxel of 4 mm and the 1e-4 that counts as faithful.
      expect(apart(read(found), affine)).toBeLessThan(4e-4)
    }
  })

  it('holds a NIfTI-2 to what nibabel checks: b² + c² + d² is at most 1, to 3 steps of float64', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(part, part, part), ([b, c, d]) => {
        const length = Math.sqrt(b * b + c * c + d * d)
        fc.pre(length > 1e-3)
        const affine = qformAffine([0, b, c, d], [2, 3, 4], 1, place)
        const found = qformOf(affine, float64)
        const square = found.quaternion.reduce((sum, value) => sum + value * value, 0)
        expect(square).toBeLessThan(1 + 3 * 2 ** -52)
        expect(found.faithful).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('is unfaithful where a voxel of metres makes the forms differ by what readers warn of', () => {
    const affine = (shear: number) => [10_000, shear, 0, 0, 0, 10_000, 0, 0, 0, 0, 10_000, 0, 0, 0, 0, 1]
    expect(qformOf(affine(0), float64).faithful).toBe(true)
    expect(qformOf(affine(0.01), float64).faithful).toBe(false)
  })

  it('says where a shear makes it unfaithful, and gives the nearest rotation', () => {
    const sheared = multiply(
      [0, 0, 4, 5, 2, 0, 0, -6, 0, 3, 0, 7, 0, 0, 0, 1],
      [1, 0.01, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    )
    const found = qformOf(sheared)
    expect(found.faithful).toBe(false)
    expect(apart(read(found), sheared)).toBeLessThan(0.02)
  })

  it('finds the rotation nearest to a shear: each axis turned by half of what they miss the right angle', () => {
    // The second axis leans by atan(3/4), cos 0.8; half of that has cos √0.9, and the quaternion holds half of the half.
    const { quaternion, voxelSize } = qformOf([2, 2.4, 0, 5, 0, 3.2, 0, -6, 0, 0, 4, 7, 0, 0, 0, 1])
    expect(voxelSize).toEqual([2, 4, 4])
    expect(quaternion[2]).toBe(-Math.fround(Math.sqrt((1 - Math.sqrt(0.9)) / 2)))
  })

  it('is read back within 1e-4 of a voxel by every rotation but those next to a half turn', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true })
    const size = fc.double({ min: 0.1, max: 9, noNaN: true })
    fc.assert(
      fc.property(
        fc.tuple(part, part, part, part),
        fc.tuple(size, size, size),
        fc.constantFrom(1, -1),
        (q, sizes, hand) => {
          const length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
          fc.pre(length > 1e-3)
          const affine = qformAffine(q as Quaternion, sizes, hand as 1 | -1, place)
          const found = qformOf(affine)
          expect(found.handedness).toBe(Math.sign(determinant(affine)))
          const near = Math.abs(q[0] / length)
          // Below, a² is lost in 1 − b² − c² − d² as float32 stores them: nibabel takes a for 0.
          if (near > 3e-3 || near < 1e-6) expect(found.faithful).toBe(true)
          if (found.faithful) expect(apart(read(found), affine)).toBeLessThanOrEqual(1.001e-4 * Math.max(...sizes))
        },
      ),
      {
        numRuns: 2000,
        examples: [
          [[1e-4, 0.6, 0.8, 0], [1, 1, 1], 1],
          [[1e-5, 0.5, 0.5, 0.7], [1, 2, 3], -1],
        ],
      },
    )
  })
})
