/** Signed distances in millimetres, negative inside. Ellipsoids' are first-order estimates, good near the surface. */

/** An ellipsoid about the origin. */
export function ellipsoid(x: number, y: number, z: number, rx: number, ry: number, rz: number): number {
  // Reciprocals, which an engine works out beforehand where the radii are constants.
  const ix = 1 / rx
  const iy = 1 / ry
  const iz = 1 / rz
  const u = x * ix
  const v = y * iy
  const w = z * iz
  const level = Math.sqrt(u * u + v * v + w * w)
  const a = u * ix
  const b = v * iy
  const c = w * iz
  const steepness = Math.sqrt(a * a + b * b + c * c)
  return steepness === 0 ? -Math.min(rx, ry, rz) : (level * (level - 1)) / steepness
}

/** An upright column about the z axis with an elliptical section. */
export function column(x: number, y: number, rx: number, ry: number): number {
  const ix = 1 / rx
  const iy = 1 / ry
  const u = x * ix
  const v = y * iy
  const a = u * ix
  const b = v * iy
  const level = Math.sqrt(u * u + v * v)
  const steepness = Math.sqrt(a * a + b * b)
  return steepness === 0 ? -Math.min(rx, ry) : (level * (level - 1)) / steepness
}

/** A shape as a function of the point. */
export type Shape = (x: number, y: number, z: number) => number

/** A straight tube with round ends between two points, whose radius changes from the first to the second. */
export function tube(
  ax: number,
  ay: number,
  az: number,
  startRadius: number,
  bx: number,
  by: number,
  bz: number,
  endRadius: number,
): Shape {
  const dx = bx - ax
  const dy = by - ay
  const dz = bz - az
  const square = dx * dx + dy * dy + dz * dz
  return (x, y, z) => {
    const px = x - ax
    const py = y - ay
    const pz = z - az
    const t = Math.max(0, Math.min(1, (px * dx + py * dy + pz * dz) / square))
    const qx = px - t * dx
    const qy = py - t * dy
    const qz = pz - t * dz
    return Math.sqrt(qx * qx + qy * qy + qz * qz) - startRadius - t * (endRadius - startRadius)
  }
}

/** The union of two shapes, its crease rounded over about `blend` millimetres. */
export function union(a: number, b: number, blend: number): number {
  const h = Math.max(blend - Math.abs(a - b), 0)
  return Math.min(a, b) - (h * h) / (4 * blend)
}

/** The intersection of two shapes, its edge rounded over about `blend` millimetres. */
export const intersection = (a: number, b: number, blend: number): number => -union(-a, -b, blend)

/** 0 below `from`, 1 above `to`, smooth between; `to` may be the lesser. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
