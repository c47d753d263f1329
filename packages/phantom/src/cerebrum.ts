import type { Random } from '@voxaug/core'
import { column, ellipsoid, intersection, smoothStep, tube, union } from './shapes.ts'
import { createWaves } from './waves.ts'

/**
 * Anatomical millimetres: x to the right, y forwards, z up, the origin between the thalami. Sizes follow an adult head in
 * MNI space, a tenth smaller.
 */
const parahippocampal = tube(17, -4, -18, 8, 15, -42, -7, 8)

/** The cerebrum's outline, without its fissures; negative inside. */
export function cerebrumOutline(x: number, y: number, z: number): number {
  const side = Math.abs(x)
  // Egg-shaped: the forehead is narrower than the parietal bones.
  const vault = ellipsoid(x * (1 + 0.0015 * (y + 10)), y + 8, z - 12, 65, 80, 60)
  // Above, the base and the temporal lobe are too far to matter.
  if (z > 20) return vault
  const frontal = smoothStep(-14, 20, y)
  const orbital = -17 + 0.006 * x * x
  const tentorium = Math.max(-26, -5 - 0.013 * x * x + 0.2 * Math.min(0, y + 40))
  const upper = intersection(vault, frontal * orbital + (1 - frontal) * tentorium - z, 8)
  const temporal = ellipsoid(side - 39, y - 1 + 0.25 * (z + 20), z + 17, 24, 39, 19)
  return union(union(upper, temporal, 5), parahippocampal(side, y, z), 4)
}

/** The corpus callosum's upper edge in the midsagittal plane, around what joins the hemispheres; negative inside. */
function callosalArch(y: number, z: number): number {
  const genu = (y - 17 - 1.1 * z) / 1.49
  const splenium = (-35 - 0.9 * (z - 3) - y) / 1.35
  return intersection(column(y + 5, z - 4.5, 37, 20.5), Math.max(genu, splenium), 4)
}

/** The folded surface of the cerebrum. */
export interface Cortex {
  /** Sets `pial` and `thickness` for a point whose `cerebrumOutline` is known. */
  readonly at: (x: number, y: number, z: number, outline: number) => void
  /** Millimetres from the surface, sulci and fissures included; positive inside the brain. */
  pial: number
  /** Of the grey matter here. */
  thickness: number
}

export function createCortex(random: Random): Cortex {
  const folds = createWaves(random.fork('folds'), { count: 20, wavelengthMm: [16, 26] })
  const creases = createWaves(random.fork('creases'), { count: 8, wavelengthMm: [12, 17] })
  const depths = createWaves(random.fork('depths'), { count: 5, wavelengthMm: [28, 50] })
  const bendX = createWaves(random.fork('bend x'), { count: 5, wavelengthMm: [35, 70] })
  const bendY = createWaves(random.fork('bend y'), { count: 5, wavelengthMm: [35, 70] })
  const bendZ = createWaves(random.fork('bend z'), { count: 5, wavelengthMm: [35, 70] })
  const cortex: Cortex = {
    pial: 0,
    thickness: 0,
    at(x, y, z, outline) {
      const side = Math.abs(x)
      const bx = bendX.value(x, y, z)
      const by = bendY.value(x, y, z)
      const bz = bendZ.value(x, y, z)

      // The fissure between the hemispheres ends at the corpus callosum; it bends by a millimetre or two, as falxes do.
      const arch = callosalArch(y, z)
      const midline = Math.abs(x - 0.7 * bx - 0.006 * (y + 20))
      const inArch = Math.max(0, 0.5 - arch)
      const fissure = Math.sqrt(midline * midline + inArch * inArch) - 0.35 - 0.4 * smoothStep(25, 50, arch)

      // The Sylvian fissure: inwards to the insula, which it uncovers above and below.
      const height = z - 1 + 0.33 * y - 3 * by - 1.5 * bx
      const fore = Math.max(0, Math.abs(y - 3) - 34)
      const inwards = Math.max(0, 37 + 0.8 * bz - side)
      const slit = Math.sqrt(height * height + inwards * inwards + fore * fore) - 0.7
      const wall = side - 37.5 - 0.03 * height * height - 0.8 * bz
      const over = Math.max(0, Math.abs(height + 1) - 11)
      const forward = Math.max(0, Math.abs(y - 3) - 22)
      const insula = Math.sqrt(wall * wall + over * over + forward * forward) - 0.5

      // Folds hang from the surface: they are sampled where a line from the middle of the head meets it.
      const hull = union(-outline, fissure, 3)
      const variation = depths.value(x, y, z)
      const depth = 15.5 + 4.5 * variation
      let sulcus = hull
      if (hull < depth + 10) {
        const cx = side - 12
        const cy = y + 8
        const cz = z - 8
        const level = Math.sqrt((cx * cx) / 2809 + (cy * cy) / 6400 + (cz * cz) / 3600)
        const out = 0.45 + 0.55 / Math.max(0.75, level)
        const px = (x < 0 ? -1 : 1) * (12 + cx * out) + 4 * bx
        const py = cy * out + 4 * by
        const pz = cz * out + 4 * bz
        // None cuts the corpus callosum or what lies under it.
        const barred = smoothStep(22, 14, side) * Math.max(0, 4 - arch)
        const open = 0.6 + 0.3 * bz - 0.04 * Math.max(0, hull)
        sulcus = crack(folds.distance(px, py, pz), hull - depth, barred) - Math.max(0.05, open)
        if (hull < 12) {
          const shallow = crack(creases.distance(px, py, pz), hull - 3.5 - 2.5 * bx, barred) - 0.2
          sulcus = union(sulcus, shallow, 2)
        }
      }
      cortex.pial = union(union(hull, Math.min(slit, insula), 2), sulcus, 2.5)
      // The corpus callosum is bare.
      const bare = smoothStep(3.5, 0.5, arch) * smoothStep(9, 6, side)
      cortex.thickness = (2.9 + 0.3 * variation) * (1 - bare)
    },
  }
  return cortex
}

/** Millimetres to a sulcus: sideways, below its floor, and from where none may be. */
function crack(away: number, below: number, barred: number): number {
  const past = Math.max(0, below)
  return Math.sqrt(away * away + past * past + barred * barred)
}
