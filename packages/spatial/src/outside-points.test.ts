import { invert, type Points, points, run, type Vec3, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { boxStep, shift, warpStep } from './test-steps.ts'
import { affineWarp } from './warp.ts'

// Voxel (i, j, k) at (2i + 10, 3j, −k): the box is from 9 to 17, −1.5 to 7.5 and −4.5 to 0.5 mm.
const image = volume({
  data: new Uint8Array(60),
  shape: [4, 3, 5],
  affine: [2, 0, 0, 10, 0, 3, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1],
})
const given: readonly Vec3[] = [
  [12, 1, -2],
  [17, 7.5, 0.5],
  [17.25, 0, 0],
  [5, 9, -9],
]
const moved = (step: ReturnType<typeof warpStep>): readonly Vec3[] =>
  (run(step, { image, given: points(given) }, { seed: 1 }).output.given as Points).positions

describe('points outside the frame after a step', () => {
  const nowhere = affineWarp(shift(0, 0, 0))
  test('are kept unless told otherwise', () => {
    expect(moved(warpStep(nowhere))).toEqual(given)
  })
  test('or dropped: those more than half a voxel from the outer voxels’ centres', () => {
    expect(moved(warpStep(nowhere, { outsidePoints: 'drop' }))).toEqual(given.slice(0, 2))
  })
  test('or clamped to its nearest edge; those inside stay to the bit', () => {
    const clamped = moved(warpStep(nowhere, { outsidePoints: 'clamp' }))
    expect(clamped.slice(0, 2)).toEqual(given.slice(0, 2))
    expect(clamped.slice(2)).toEqual([
      [17, 0, 0],
      [9, 7.5, -4.5],
    ])
  })
  test('are told by the frame after the step, and by where the step took them', () => {
    expect(moved(boxStep([1, 0, 0], [2, 3, 5], { outsidePoints: 'drop' }))).toEqual([[12, 1, -2]])
    expect(moved(warpStep(affineWarp(shift(-2)), { outsidePoints: 'drop' }))).toEqual([
      [10, 1, -2],
      [15, 7.5, 0.5],
      [15.25, 0, 0],
    ])
  })
  test('all may go: then there are none', () => {
    expect(moved(warpStep(affineWarp(shift(100)), { outsidePoints: 'drop' }))).toEqual([])
  })
  test('come back where a step is undone, as far as they are there', () => {
    const { output, trace } = run(warpStep(affineWarp(shift(-2)), { outsidePoints: 'drop' }), {
      image,
      given: points(given),
    })
    const back = (invert(trace, output).output.given as Points).positions
    expect(back).toEqual(given.slice(0, 3))
  })
})
