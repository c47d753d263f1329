import { column, ellipsoid, intersection, tube, union } from './shapes.ts'

const foramen = tube(0, -32, -50, 12, 0, -36, -72, 9)
const canal = tube(0, -36, -72, 9, 0, -44, -125, 8.5)

/** What holds the brain and its water, down into the spinal canal; negative inside. */
export function cavity(x: number, y: number, z: number, cerebrum: number, cerebellum: number): number {
  // Above, the cerebrum is so much nearer than the rest that a union with it is the cerebrum.
  if (z > 20) return cerebrum - 1.8
  const cisterns = ellipsoid(x, y + 23, z + 24, 22, 17, 26)
  const spinal = z < -30 ? Math.min(foramen(x, y, z), canal(x, y, z)) : foramen(x, y, z)
  const fossa = union(union(cerebellum, cisterns, 8), spinal, 8)
  return union(cerebrum, fossa, 6) - 1.8
}

/** Millimetres of skull, without its variations. */
export const skullThickness = 7

const bridge = tube(0, 82, -18, 7, 0, 97, -44, 9)
const nostrils = tube(10, 88, -48, 7, -10, 88, -48, 7)
const lips = tube(17, 84, -77, 7, -17, 84, -77, 7)
const ear = tube(76, -22, -20, 5, 77, -20, -40, 4)

/** The skin; negative inside. */
export function skin(x: number, y: number, z: number, cavityDistance: number): number {
  const scalp = cavityDistance - skullThickness - 6
  if (z > 30) return scalp
  const face = ellipsoid(x, y - 36, z + 58, 62, 50, 62)
  const jaw = ellipsoid(x, y - 34, z + 88, 50, 50, 40)
  const neck = Math.max(column(x, y + 36, 56, 54), z + 50)
  const head = union(union(scalp, union(face, jaw, 20), 22), neck, 35)
  if (y > 55) return union(head, Math.min(bridge(x, y, z), nostrils(x, y, z), lips(x, y, z)), 12)
  const side = Math.abs(x)
  return side > 60 ? union(head, ear(side, y, z), 4) : head
}

const orbitalCone = tube(31, 56, -28, 17, 13, 18, -24, 4)
const opticNerve = tube(29, 50, -28, 2, 14, 22, -24, 2)
const medialRectus = tube(19, 58, -28, 1.6, 13, 26, -25, 1.8)
const lateralRectus = tube(43, 56, -28, 1.6, 17, 24, -25, 1.8)
const superiorRectus = tube(30, 56, -16, 1.6, 15, 24, -21, 1.8)
const inferiorRectus = tube(30, 56, -40, 1.6, 15, 24, -28, 1.8)

/** The fat behind and around the eye; negative inside. */
export const orbitalFat = (x: number, y: number, z: number): number => Math.max(orbitalCone(Math.abs(x), y, z), y - 68)

/** Optic nerve and straight muscles of the eye; negative inside. */
export function orbitalStrands(x: number, y: number, z: number): number {
  const side = Math.abs(x)
  const sides = Math.min(medialRectus(side, y, z), lateralRectus(side, y, z))
  return Math.min(opticNerve(side, y, z), sides, superiorRectus(side, y, z), inferiorRectus(side, y, z))
}

export const globe = (x: number, y: number, z: number): number =>
  ellipsoid(Math.abs(x) - 31, y - 60, z + 28, 12, 12, 12)

export const lens = (x: number, y: number, z: number): number =>
  ellipsoid(Math.abs(x) - 31.5, y - 69.5, z + 28, 4.6, 2, 4.6)

const pharynx = tube(0, 16, -58, 7, 0, 4, -76, 6)
const throat = tube(0, 4, -76, 6, 0, 2, -125, 7)
const inferiorTurbinate = tube(8, 74, -56, 3.4, 8, 26, -57, 3)
const middleTurbinate = tube(7.5, 70, -44, 2.8, 7, 30, -47, 2.8)

/** Air in the sinuses, nose and throat; negative inside. `ripple` roughens walls, by millimetres. */
export function airways(x: number, y: number, z: number, ripple: number): number {
  const side = Math.abs(x)
  const maxillary = ellipsoid(side - 29, y - 52, z + 58, 12, 15, 14)
  const sphenoid = ellipsoid(x - 2, y - 20, z + 33, 11, 11, 7)
  const frontal = ellipsoid(side - 8, y - 75, z + 6, 8, 4, 8)
  const ethmoid = ellipsoid(side - 6, y - 48, z + 27, 4.5, 17, 7)
  const mastoid = ellipsoid(side - 55, y + 26, z + 44, 9, 11, 13)
  // Turbinates hang into the nose from its sides; the septum parts it.
  const nasal = Math.max(ellipsoid(x, y - 50, z + 50, 14, 36, 19), 1 - Math.abs(x - 0.6 * ripple))
  const turbinates = Math.min(inferiorTurbinate(side, y, z), middleTurbinate(side, y, z)) + 0.7 * ripple
  return Math.min(
    Math.min(maxillary, sphenoid, frontal) + 0.7 * ripple,
    Math.max(nasal + 0.8 * ripple, 0.8 - turbinates),
    ethmoid + 2.2 * Math.abs(ripple) - 0.4,
    mastoid + 5 * Math.abs(ripple),
    Math.min(pharynx(x, y, z), throat(x, y, z)) + 0.7 * ripple,
  )
}

const ramus = tube(47, 6, -52, 5, 44, 22, -100, 6)
const cheekBone = tube(45, 60, -46, 5.5, 60, 20, -40, 4)
const clivus = tube(0, 12, -42, 8, 0, -9, -60, 5)
const petrous = tube(52, -26, -36, 11, 20, -4, -38, 5)
const dens = tube(0, -12, -62, 5, 0, -14, -80, 6)
const spinous = tube(0, -54, 0, 4.5, 0, -72, -4, 3.5)

/** Bones below the skull: jaws, cheek bones, palate, skull base and spine; negative inside. */
export function lowerBones(x: number, y: number, z: number): number {
  const side = Math.abs(x)
  const palate = intersection(column(x, y - 46, 25, 36), Math.abs(z + 71 - 0.002 * x * x) - 2.2, 3)
  const gums = intersection(Math.abs(column(x, y - 44, 22, 32)) - 4.5, Math.max(Math.abs(z + 80) - 9, 22 - y), 5)
  const face = Math.min(ramus(side, y, z), cheekBone(side, y, z), palate, gums)
  const base = Math.min(clivus(x, y, z), petrous(side, y, z))
  if (z > -58) return Math.min(face, base)
  // Vertebrae repeat every 17 mm below the dens; discs are the gaps between.
  const turn = (z + 71) / 17
  const level = 17 * (turn - Math.floor(turn) - 0.5)
  const back = y - 0.14 * (z + 72)
  const body = intersection(column(x, back + 15, 12, 8.5), Math.max(Math.abs(level) - 6.8, z + 66), 4)
  const joints = intersection(column(side - 19, back + 22, 8, 9), Math.max(Math.abs(level) - 6.5, z + 64), 4)
  const spines = Math.max(spinous(x, back, level), z + 66)
  return Math.min(face, base, union(body, dens(x, y, z), 2), joints, spines)
}

/** Negative inside. */
export const tongue = (x: number, y: number, z: number): number => ellipsoid(x, y - 42, z + 98, 24, 34, 22)
