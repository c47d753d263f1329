import { ellipsoid, intersection, tube, union } from './shapes.ts'

/** One side's lateral ventricle, from the frontal horn over the body and atrium into the occipital and temporal horns. */
const frontalHorn = tube(15, 30, 4, 2.5, 8, 14, 9, 5.5)
const body = tube(8, 14, 9, 5.5, 9, -8, 15, 5)
const backBody = tube(9, -8, 15, 5, 18, -30, 11, 6)
const atrium = tube(18, -30, 11, 6, 24, -37, 5, 6)
const occipitalHorn = tube(24, -37, 5, 5.5, 22, -60, 2, 2)
const temporalHorn = tube(24, -36, 5, 5, 31, -22, -12, 2.6)
const temporalTip = tube(31, -22, -12, 2.6, 30, -4, -18, 2)
const aqueduct = tube(0, -26, -4, 1, 0, -36, -22, 1.2)

/** The lateral, third and fourth ventricles and the aqueduct; negative inside. The left lateral one is the larger. */
export function ventricles(x: number, y: number, z: number): number {
  const side = Math.abs(x)
  // Wider towards the septum than the tubes are.
  const wide = side < 8 ? 8 - 0.62 * (8 - side) : side
  const front = union(frontalHorn(wide, y, z), body(wide, y, z), 2)
  const back = union(union(backBody(wide, y, z), atrium(side, y, z), 2), occipitalHorn(side, y, z), 2)
  const horn = Math.min(temporalHorn(side, y, z), temporalTip(side, y, z))
  const middle = ellipsoid(side - 3, y - 4, z - 11, 5, 26, 6.5)
  const lateral = union(union(union(front, middle, 3), back, 2), horn, 2) - (x < 0 ? 0.9 : 0)
  // Between the two the septum, above them the roof that the corpus callosum makes.
  const roofed = intersection(Math.max(lateral, 0.8 - side), z - 18.5 + 0.15 * side + 0.004 * (y + 5) * (y + 5), 2)
  const third = ellipsoid(x - 0.3, y + 9, z, 1.8, 15, 10)
  const fourth = ellipsoid(x, y + 40, z + 31, 7, 5, 11)
  return Math.min(roofed, third, union(fourth, aqueduct(x, y, z), 2))
}

const caudateBody = tube(15, 12, 10, 3.2, 20, -18, 15, 2.2)
const hippocampalBody = tube(23, -6, -19, 5, 27, -27, -7, 4)

/** Thalamus and hypothalamus, caudate nucleus, putamen and hippocampus; negative inside. */
export function deepGrey(x: number, y: number, z: number): number {
  const side = Math.abs(x)
  const thalamus = ellipsoid(side - 9.8, y + 15 + 0.3 * (side - 10), z - 2.5, 9.2, 14, 8)
  const caudate = union(ellipsoid(side - 14, y - 17, z - 3, 5.5, 9, 9), caudateBody(side, y, z), 3)
  const putamen = ellipsoid(side - 25.5 + 0.12 * (y - 4), y - 3, z, 5, 15.5, 10)
  const hypothalamus = ellipsoid(side - 4, y - 1, z + 8, 4, 8, 6)
  return Math.min(union(thalamus, hypothalamus, 3), caudate, putamen, hippocampalBody(side, y, z))
}

/** The globus pallidus, brighter than its neighbours; negative inside. */
export function pallidum(x: number, y: number, z: number): number {
  return ellipsoid(Math.abs(x) - 18.5 + 0.15 * y, y, z + 1, 3.6, 9, 7)
}

const peduncle = tube(12, -12, -2, 6, 7, -19, -20, 6.5)
const tectum = tube(0, -28, -6, 7, 0, -30, -22, 8)
const dorsalPons = tube(0, -27, -22, 10, 0, -31, -46, 8)
const cerebellarArm = tube(9, -24, -32, 7, 20, -42, -35, 6)
const medulla = tube(0, -30, -44, 8, 0, -36, -66, 5.5)
const cord = tube(0, -36, -66, 5.5, 0, -44, -125, 5)

/** Midbrain, pons, medulla and spinal cord; negative inside. */
export function brainStem(x: number, y: number, z: number): number {
  if (z < -60) return union(medulla(x, y, z), cord(x, y, z), 4)
  const side = Math.abs(x)
  const midbrain = union(peduncle(side, y, z), tectum(x, y, z), 5)
  const pons = union(ellipsoid(x, y + 19, z + 31, 15, 11, 12), dorsalPons(x, y, z), 5)
  return union(union(midbrain, pons, 4), Math.min(medulla(x, y, z), cerebellarArm(side, y, z)), 4)
}
