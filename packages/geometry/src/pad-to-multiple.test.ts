import { run, volume } from '@voxaug/core'
import { obliqueGrid } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { PadToMultiple } from './index.ts'

const image = volume({ ...obliqueGrid([3, 4, 5]), data: Int16Array.from({ length: 60 }, (_, n) => n) })
const shapeAfter = (multiple: number | readonly number[]) => run(PadToMultiple({ multiple }), image).output.shape

test('each axis becomes the next multiple, or stays', () => {
  expect(shapeAfter(4)).toEqual([4, 4, 8])
  expect(shapeAfter([5, 3, 1])).toEqual([5, 6, 5])
  expect(run(PadToMultiple({ multiple: 1 }), image).output).toBe(image)
})

test('of an odd number of voxels one more goes before', () => {
  const { output } = run(PadToMultiple({ multiple: [6, 1, 1], fill: -1 }), image)
  expect([...output.data].slice(0, 6)).toEqual([-1, -1, 0, 1, 2, -1])
})

test('a multiple of 0 is refused', () => {
  expect(() => PadToMultiple({ multiple: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: geometry/PadToMultiple: multiple must be a whole number from 1 to 65536, or three whole numbers from 1, got 0.]`,
  )
})
