import type { Random } from '@voxaug/core'
import type { Brush } from './brush.ts'
import { airways, globe, lens, lowerBones, orbitalFat, orbitalStrands, skullThickness, tongue } from './head.ts'
import { smoothStep } from './shapes.ts'
import { labels, signal } from './tissue.ts'
import { createWaves } from './waves.ts'

/** Paints what lies between the skin and the brain's cavity, given the point's depths below the one and above the other. */
export type OuterHead = (x: number, y: number, z: number, inSkin: number, offCavity: number) => void

export function createOuterHead(random: Random, { cover, edgeMm }: Brush): OuterHead {
  const rough = createWaves(random.fork('rough'), { count: 6, wavelengthMm: [9, 16] })
  const soft = createWaves(random.fork('soft'), { count: 5, wavelengthMm: [30, 60] })
  const septa = createWaves(random.fork('septa'), { count: 7, wavelengthMm: [24, 38], stretch: [1, 1, 2.5] })
  const spots = createWaves(random.fork('spots'), { count: 6, wavelengthMm: [7, 12] })

  return (x, y, z, inSkin, offCavity) => {
    const slow = soft.value(x, y, z)
    const ripple = rough.value(x, y, z)
    // 1 where the skull is a vault under the scalp, 0 at its base and in the face.
    const vault = smoothStep(-40, -15, z + 0.25 * y)

    cover(-inSkin, signal.skin, labels.scalp)
    cover(1.7 - inSkin, signal.fat * (0.95 + 0.04 * slow), labels.scalp)
    const thickness = (skullThickness + 0.9 * slow) * (0.65 + 0.35 * vault)
    // Deeper than this the skull covers whatever was painted.
    if (offCavity > thickness - edgeMm) {
      const fatDepth = 5.2 + 0.8 * slow + (1 - vault) * (1 + 1.2 * slow)
      if (inSkin > fatDepth - edgeMm) {
        // Fat parts the muscles in thin sheets.
        const sheet = smoothStep(Math.max(0.9, 1.8 + slow), 0.3, septa.distance(x, y, z)) * (1 - vault)
        const flesh = signal.muscle + (signal.fat - signal.muscle) * (0.06 + 0.8 * sheet) + 22 * ripple
        cover(fatDepth - inSkin, flesh, labels.scalp)
      }
      if (z < 5) paintFace(x, y, z, inSkin, ripple, cover)
    }

    // Two dark tables, and marrow between them where the skull is thick enough.
    if (offCavity < thickness + edgeMm) {
      const table = 1.4 + 0.25 * ripple
      const spot = spots.value(x, y, z)
      const marrow = signal.marrow * (0.66 + 0.16 * slow + 0.1 * spot) * (0.5 + 0.5 * vault)
      cover(offCavity - thickness, signal.bone, labels.skull)
      const inMarrow = Math.max(offCavity - thickness + table, table - offCavity) + 0.25 * spot
      cover(inMarrow, Math.max(signal.bone, marrow), labels.skull)
    }
  }
}

function paintFace(x: number, y: number, z: number, inSkin: number, ripple: number, cover: Brush['cover']): void {
  if (z < -60) cover(tongue(x, y, z), signal.muscle + 60 + 40 * ripple, labels.scalp)
  const bone = lowerBones(x, y, z) + 0.5 * ripple
  // Thin walls beside fat and flesh never look as dark as the skull's thick ones.
  cover(bone, signal.bone + 60, labels.skull)
  cover(bone + 1.5, signal.marrow + 50 * ripple, labels.skull)
  if (y > 10 && z > -50) {
    const fat = Math.max(orbitalFat(x, y, z), 3 - inSkin)
    cover(fat - 1.6, signal.bone, labels.skull)
    cover(fat, signal.fat, labels.scalp)
    cover(Math.max(orbitalStrands(x, y, z), fat), signal.muscle + 60, labels.scalp)
    const eye = globe(x, y, z)
    cover(eye - 1.3, signal.muscle, labels.eyes)
    cover(eye, signal.vitreous, labels.eyes)
    cover(lens(x, y, z), signal.lens, labels.eyes)
  }
  const air = Math.max(airways(x, y, z, ripple), 2 - inSkin)
  cover(air - 1.3, signal.mucosa, labels.scalp)
  cover(air, signal.air, labels.background)
}
