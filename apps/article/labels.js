import { transformPoint, volume } from '@voxaug/core'
import { endsOf } from './numbers.js'

/** Voxels above this part of the way from the least to the greatest value are foreground. */
export const threshold = 0.25

/** How far to the right of the centre, and in front of it, the cuts are: not in the median slices, where they would flicker. */
export const offCenterMm = 12

/**
 * A label map for a scan that has none: an ellipsoid with the centre and the spread of the foreground, cut by two planes into left
 * front, right front, left back and right back, 1 to 4. It is no anatomy; it shows where things went.
 *
 * Along each world axis the ellipsoid reaches √5 standard deviations, as a solid one does, times 0.8.
 */
export function quadrants(scan) {
  const level = levelOf(scan)
  const foreground = positionsOf(scan).filter(({ value }) => value > level)
  const mean = [0, 1, 2].map((axis) => average(foreground.map(({ at }) => at[axis])))
  const reach = [0, 1, 2].map(
    (axis) => 0.8 * Math.sqrt(5 * average(foreground.map(({ at }) => (at[axis] - mean[axis]) ** 2))),
  )
  const labels = positionsOf(scan).map(({ at }) => {
    const way = at.map((x, axis) => x - mean[axis])
    const part = way.map((x, axis) => x / reach[axis])
    if (part[0] ** 2 + part[1] ** 2 + part[2] ** 2 > 1) return 0
    return 1 + (way[0] > offCenterMm ? 1 : 0) + (way[1] > offCenterMm ? 0 : 2)
  })
  return volume({ data: Uint8Array.from(labels), shape: scan.shape, affine: scan.affine, kind: 'label' })
}

function levelOf(scan) {
  const [least, most] = endsOf(scan)
  return least + threshold * (most - least)
}

/** The value and the world position of each voxel. */
function positionsOf({ data, shape: [nx, ny], affine }) {
  return Array.from(data, (value, n) => ({
    value,
    at: transformPoint(affine, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / nx / ny)]),
  }))
}

const average = (values) => values.reduce((sum, x) => sum + x, 0) / values.length
