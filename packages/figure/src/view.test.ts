import type { Affine } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import { panelGeometry } from './view.ts'

const shape = [3, 4, 5] as const
const ras: Affine = [2, 0, 0, -7, 0, 3, 0, 11, 0, 0, 1, 5, 0, 0, 0, 1]
const las: Affine = [-2, 0, 0, -7, 0, 3, 0, 11, 0, 0, 1, 5, 0, 0, 0, 1]
const lpi: Affine = [-2, 0, 0, -7, 0, -3, 0, 11, 0, 0, -1, 5, 0, 0, 0, 1]
/** i grows to the front, j downwards, k to the left: a sagittal acquisition. */
const ail: Affine = [0, 0, -1, 4, 2, 0, 0, -6, 0, -3, 0, 9, 0, 0, 0, 1]

test.each([
  ['RAS', ras, [0, 1, 2], [true, true, true]],
  ['LAS', las, [0, 1, 2], [false, true, true]],
  ['LPI', lpi, [0, 1, 2], [false, false, false]],
  ['AIL', ail, [2, 0, 1], [false, true, false]],
] as const)('finds the voxel axes of a grid stored as %s', (_, affine, axes, grows) => {
  const coronal = panelGeometry({ shape, affine }, 'coronal')
  const found = [coronal.across, coronal.through, coronal.up]
  expect(found.map(({ axis }) => axis)).toEqual(axes)
  expect(found.map((panel) => panel.grows)).toEqual(grows)
  expect(found.map(({ voxels }) => voxels)).toEqual(axes.map((axis) => shape[axis]))
})

test.each([[ras], [las], [lpi], [ail]])(
  'letters follow the affine %#: left is left, anterior is right, superior is up',
  (affine) => {
    const letters = (view: 'sagittal' | 'coronal' | 'axial') => panelGeometry({ shape, affine }, view).letters
    expect(letters('sagittal')).toEqual({ left: 'P', right: 'A', top: 'S', bottom: 'I' })
    expect(letters('coronal')).toEqual({ left: 'L', right: 'R', top: 'S', bottom: 'I' })
    expect(letters('axial')).toEqual({ left: 'L', right: 'R', top: 'A', bottom: 'P' })
  },
)

test('an edge that is 30° oblique is named by two letters, one that is 20° oblique by one', () => {
  const turned = (cos: number, sin: number): Affine => [cos, -sin, 0, 0, sin, cos, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 1]
  expect(panelGeometry({ shape, affine: turned(0.8660254, 0.5) }, 'axial').letters).toEqual({
    left: 'LP',
    right: 'RA',
    top: 'AL',
    bottom: 'PR',
  })
  expect(panelGeometry({ shape, affine: turned(0.9396926, 0.3420201) }, 'axial').letters).toEqual({
    left: 'L',
    right: 'R',
    top: 'A',
    bottom: 'P',
  })
})

describe('by voxel axes', () => {
  test.each([
    ['sagittal', 0, 1, 2],
    ['coronal', 1, 0, 2],
    ['axial', 2, 0, 1],
  ] as const)('the %s panel has axis %i fixed, %i to the right and %i up, however it is stored', (view, t, a, u) => {
    for (const affine of [ras, las, lpi, ail]) {
      const { across, up, through } = panelGeometry({ shape, affine }, view, 'voxels')
      expect([through.axis, across.axis, up.axis]).toEqual([t, a, u])
      expect([across, up, through].every(({ grows }) => grows)).toBe(true)
      expect([across.voxels, up.voxels]).toEqual([shape[a], shape[u]])
    }
    const { across, up } = panelGeometry({ shape, affine: ail }, view, 'voxels')
    // AIL: i steps 2 mm to the front, j 3 mm down, k 1 mm to the left.
    expect([across.spacingMm, up.spacingMm]).toEqual([[2, 3, 1][a], [2, 3, 1][u]])
  })

  test('letters say where the edges are in the body', () => {
    const letters = (view: 'sagittal' | 'coronal' | 'axial') =>
      Object.values(panelGeometry({ shape, affine: ail }, view, 'voxels').letters).join(' ')
    // Left, right, bottom, top.
    expect(letters('sagittal')).toBe('S I R L')
    expect(letters('coronal')).toBe('P A R L')
    expect(letters('axial')).toBe('P A S I')
  })
})
