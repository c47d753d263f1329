import { invert, points, run, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { folds } from './folding.ts'
import { warpStep } from './test-steps.ts'
import { type LatticePart, latticeWarp } from './warp.ts'

/** A whirl about the middle: nowhere does it fold, but it is steeper than a plain fixed point can follow. */
function whirl(turn: number) {
  const shape = [12, 12, 12] as const
  const toLattice = [0.2, 0, 0, 5.5, 0, 0.2, 0, 5.5, 0, 0, 0.2, 5.5, 0, 0, 0, 1]
  const displacementsMm = Array.from({ length: 12 ** 3 }, (_, n) => {
    const [x, y, z] = [n % 12, Math.floor(n / 12) % 12, Math.floor(n / 144)].map((index) => (index - 5.5) * 5)
    const fade = Math.exp(-(x! * x! + y! * y! + z! * z!) / 200)
    return [-turn * y! * fade, turn * x! * fade, 0]
  }).flat()
  return latticeWarp({ shape, toLattice, displacementsMm })
}

test('a field that is steep but folds nowhere is undone, voxels and points alike', () => {
  const warp = whirl(1.5)
  expect(folds(warp[0] as LatticePart)).toBe(false)
  const shape = [21, 23, 19] as const
  const image = volume({
    data: Float32Array.from({ length: 21 * 23 * 19 }, (_, n) => n % 21),
    shape,
    spacingMm: [1, 1, 1],
  })
  const subject = { image, landmarks: points([[3, -2, 1], [-4, 5, -3]]) } // biome-ignore format: two points
  const { output, trace } = run(warpStep(warp), subject, { seed: 1 })
  const { output: back, covered } = invert(trace, output)
  back.landmarks.positions.forEach((p, n) => {
    for (const axis of [0, 1, 2] as const) expect(p[axis]).toBeCloseTo(subject.landmarks.positions[n]![axis], 4)
  })
  let worst = 0
  for (let k = 4; k < 15; k++) {
    for (let j = 5; j < 18; j++) {
      for (let i = 5; i < 16; i++) {
        const n = i + 21 * (j + 23 * k)
        if (covered['image']!.data[n] === 1) worst = Math.max(worst, Math.abs(back.image.data[n]! - i))
      }
    }
  }
  // Two interpolations of a picture that the whirl shears by more than a voxel a voxel; a wrong place is ten off.
  expect(worst).toBeLessThan(0.8)
})
