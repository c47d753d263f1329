/** The trilinear affine as one writes it in plain JavaScript: a voxel at a time, straight from the formula. */
export function plainAffine(source, [nx, ny, nz], m, fill) {
  const out = new Float32Array(nx * ny * nz)
  const plane = nx * ny
  let at = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const x0 = m[1] * j + m[2] * k + m[3]
      const y0 = m[5] * j + m[6] * k + m[7]
      const z0 = m[9] * j + m[10] * k + m[11]
      for (let i = 0; i < nx; i++, at++) {
        const x = m[0] * i + x0
        const y = m[4] * i + y0
        const z = m[8] * i + z0
        if (!(x >= 0 && y >= 0 && z >= 0 && x < nx - 1 && y < ny - 1 && z < nz - 1)) {
          out[at] = fill
          continue
        }
        const fi = Math.floor(x)
        const fj = Math.floor(y)
        const fk = Math.floor(z)
        const tx = x - fi
        const ty = y - fj
        const tz = z - fk
        const p = fi + nx * fj + plane * fk
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
