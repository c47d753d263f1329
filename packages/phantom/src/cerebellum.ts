import type { Random } from '@voxaug/core'
import { ellipsoid, union } from './shapes.ts'
import { createWaves } from './waves.ts'

/** Two hemispheres and the vermis between them; negative inside. */
export function cerebellumOutline(x: number, y: number, z: number): number {
  // Far above it only "far" matters.
  if (z > 20) return z
  const side = Math.abs(x)
  const hemisphere = ellipsoid(side - 21, y + 57 - 0.1 * side, z + 36, 31, 29, 22)
  const vermis = ellipsoid(x, y + 55, z + 32, 10, 23, 21)
  return union(hemisphere, vermis, 5)
}

/** Millimetres from the surface of the cerebellum into it, its folia included. */
export type Folia = (x: number, y: number, z: number, outline: number) => number

export function createFolia(random: Random): Folia {
  // Folia run from left to right: their waves are long that way.
  const folds = createWaves(random.fork('folia'), { count: 10, wavelengthMm: [7, 10], stretch: [3.5, 1, 1] })
  const trunks = createWaves(random.fork('lobules'), { count: 8, wavelengthMm: [16, 24], stretch: [3, 1, 1] })
  return (x, y, z, outline) => {
    const side = Math.abs(x)
    // They fan out from the roof of the fourth ventricle, and bend backwards to the sides.
    const cy = y + 42 - 0.008 * side * side
    const cz = z + 34
    const fan = 0.4 + 12 / Math.max(7, Math.sqrt(cy * cy + cz * cz))
    const inside = -outline
    const fine = slit(folds.distance(x, cy * fan, cz * fan), inside - 9) - 0.1
    const coarse = slit(trunks.distance(x, cy * fan, cz * fan), inside - 17) - 0.4
    return union(union(inside, coarse, 1), fine, 1)
  }
}

function slit(away: number, below: number): number {
  const past = Math.max(0, below)
  return Math.sqrt(away * away + past * past)
}
