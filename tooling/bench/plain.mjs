/**
 * The trilinear affine as one writes it in plain JavaScript: a voxel at a time, straight from the definition. A point up to
 * half a voxel outside counts as on the edge, beyond stands the fill.
 */
export function plainAffine(source, [nx, ny, nz], m, fill) {
  const out = new Float32Array(nx * ny * nz)
  const plane = nx * ny
  let at = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        let x = m[0] * i + m[1] * j + m[2] * k + m[3]
        let y = m[4] * i + m[5] * j + m[6] * k + m[7]
        let z = m[8] * i + m[9] * j + m[10] * k + m[11]
        if (x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5) {
          out[at] = fill
          continue
        }
        x = Math.min(Math.max(x, 0), nx - 1)
        y = Math.min(Math.max(y, 0), ny - 1)
        z = Math.min(Math.max(z, 0), nz - 1)
        const i0 = Math.min(Math.floor(x), nx - 2)
        const j0 = Math.min(Math.floor(y), ny - 2)
        const k0 = Math.min(Math.floor(z), nz - 2)
        const tx = x - i0
        const ty = y - j0
        const tz = z - k0
        const p = i0 + nx * j0 + plane * k0
        const q = p + plane
        const a = source[p] + tx * (source[p + 1] - source[p])
        const b = source[p + nx] + tx * (source[p + nx + 1] - source[p + nx])
        const c = source[q] + tx * (source[q + 1] - source[q])
        const d = source[q + nx] + tx * (source[q + nx + 1] - source[q + nx])
        const e = a + ty * (b - a)
        out[at] = e + tz * (c + ty * (d - c) - e)
      }
    }
  }
  return out
}
