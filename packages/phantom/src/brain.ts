import type { Random } from '@voxaug/core'
import type { Brush } from './brush.ts'
import { createFolia } from './cerebellum.ts'
import { createCortex } from './cerebrum.ts'
import { brainStem, deepGrey, pallidum, ventricles } from './deep.ts'
import { ellipsoid, smoothStep } from './shapes.ts'
import { labels, signal } from './tissue.ts'
import { createWaves } from './waves.ts'

/** In the left frontal white matter, beside the ventricle's horn. */
const lesionCenter = [-28, 30, 8] as const

/** Paints the brain and the water around it, given the point's signed distances to their outlines. */
export type Brain = (x: number, y: number, z: number, cerebrum: number, cerebellum: number, cavity: number) => void

/** @param lesionRadiusMm 0 for none */
export function createBrain(
  random: Random,
  { cover, dim, edgeMm, signal: here }: Brush,
  lesionRadiusMm: number,
): Brain {
  const cortex = createCortex(random)
  const folia = createFolia(random)
  const soft = createWaves(random.fork('myelin'), { count: 5, wavelengthMm: [30, 60] })
  const rough = createWaves(random.fork('lesion'), { count: 6, wavelengthMm: [9, 16] })

  const paintLesion = (x: number, y: number, z: number) => {
    const dx = x - lesionCenter[0]
    const dy = y - lesionCenter[1]
    const dz = z - lesionCenter[2]
    const reach = 2 * lesionRadiusMm + 6
    if (lesionRadiusMm === 0 || dx * dx + dy * dy + dz * dz > reach * reach) return
    const ripple = rough.value(x, y, z)
    const shape = ellipsoid(dx, dy, dz, 0.8 * lesionRadiusMm, 1.3 * lesionRadiusMm, lesionRadiusMm)
    const edge = shape + 0.11 * lesionRadiusMm * ripple
    // Oedema dims the white matter around, not the cortex; the core is darker than the rim.
    const halo = 0.12 * smoothStep(6, 0, edge) * smoothStep(signal.grey, signal.white, here())
    dim(1 - halo)
    const rim = smoothStep(-0.6 * lesionRadiusMm, 0, edge)
    cover(edge, signal.lesion + 90 * rim + 20 * ripple, labels.lesion)
  }

  return (x, y, z, cerebrum, cerebellum, cavity) => {
    cover(cavity, signal.csf, labels.csf)
    // The dura is a thin grey line under the skull.
    cover(Math.abs(cavity + 0.5) - 0.3, signal.grey - 190, labels.csf)
    const slow = soft.value(x, y, z)
    const white = signal.white * (1 + 0.014 * slow)
    const grey = signal.grey * (1 + 0.025 * slow)
    const side = Math.abs(x)
    if (cerebellum < edgeMm) {
      const depth = folia(x, y, z, cerebellum)
      cover(-depth, grey + 35, labels.grey)
      cover(1.9 - depth, white - 45, labels.white)
    }
    if (cerebrum < edgeMm) {
      cortex.at(x, y, z, cerebrum)
      const { pial, thickness } = cortex
      cover(-pial, grey, labels.grey)
      // Beneath the cortex myelin is thinner.
      cover(thickness - pial, white * (0.955 + 0.045 * smoothStep(0, 6, pial - thickness)), labels.white)
      paintLesion(x, y, z)
    }
    if (side < 45 && y > -60 && y < 40) {
      cover(brainStem(x, y, z), signal.brainStem * (1 + 0.02 * slow), labels.brainStem)
      if (z > -30 && z < 36 && y > -45 && y < 34) {
        cover(deepGrey(x, y, z), signal.deepGrey, labels.deepGrey)
        cover(pallidum(x, y, z), signal.pallidum, labels.deepGrey)
      }
    }
    if (side < 42 && z > -50 && z < 36 && y > -70 && y < 40) {
      cover(ventricles(x, y, z), signal.csf - 10, labels.ventricles)
    }
  }
}
