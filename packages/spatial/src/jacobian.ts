import type { Affine } from '@voxaug/core'

type Derivatives = readonly [Float64Array, Float64Array, Float64Array]

/** det(I + ∂d/∂p): of the derivatives of d, each of three components, along the axes that `toAxes` brings world places to. */
export function jacobian([u, v, w]: Derivatives, toAxes: Affine): number {
  const entry = (row: 0 | 1 | 2, column: 0 | 1 | 2) =>
    (row === column ? 1 : 0) + u[row]! * toAxes[column]! + v[row]! * toAxes[4 + column]! + w[row]! * toAxes[8 + column]!
  const [a, b, c] = [entry(0, 0), entry(0, 1), entry(0, 2)]
  return (
    a * (entry(1, 1) * entry(2, 2) - entry(1, 2) * entry(2, 1)) -
    b * (entry(1, 0) * entry(2, 2) - entry(1, 2) * entry(2, 0)) +
    c * (entry(1, 0) * entry(2, 1) - entry(1, 1) * entry(2, 0))
  )
}
