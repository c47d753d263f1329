/** Places along a row behind one field, voxel by voxel in float64: the counterpart of lattice-row.ts. */
import { displaced } from './displace'
import { fieldAt } from './field'
import {
  affineCount, BASE, BOX, COMPOSED, COMPOSED_TO_DISPLACEMENT, DISPLACEMENT, DISPLACEMENT_SHAPE, ONWARD, plan, row, stageAt,
  stageCount, STEP,
} from './plan'
import { INSIDE, placeOf, stateIn } from './state'

/** Writes the places and states of a row's voxels from `from` to before `to`. */
export function locateByField(from: i32, to: i32, y: i32, z: i32, xs: usize, ys: usize, zs: usize, states: usize): void {
  const stage = stageAt(affineCount)
  const field = <usize>load<u32>(stage, DISPLACEMENT)
  const shape = stage + DISPLACEMENT_SHAPE
  const onward = stage + ONWARD
  const toField = stage + COMPOSED_TO_DISPLACEMENT
  const composed = stage + COMPOSED
  const base = load<i32>(plan, BASE)
  const step = load<i32>(plan, STEP)
  for (let n = from; n < to; n++) {
    const i = <f64>(base + step * n)
    const j = <f64>y
    const k = <f64>z
    fieldAt(field, shape, onward, row(toField, i, j, k), row(toField + 32, i, j, k), row(toField + 64, i, j, k), displaced)
    let qx = row(composed, i, j, k) + load<f64>(displaced)
    let qy = row(composed + 32, i, j, k) + load<f64>(displaced, 8)
    let qz = row(composed + 64, i, j, k) + load<f64>(displaced, 16)
    let state = stateIn(affineCount, qx, qy, qz)
    for (let s = affineCount + 1; s < stageCount && state == INSIDE; s++) {
      const matrix = stageAt(s)
      const rx = row(matrix, qx, qy, qz)
      const ry = row(matrix + 32, qx, qy, qz)
      const rz = row(matrix + 64, qx, qy, qz)
      state = stateIn(s, rx, ry, rz)
      qx = rx
      qy = ry
      qz = rz
    }
    store<i32>(states + <usize>(4 * n), state)
    store<i64>(xs + <usize>(8 * n), placeOf(qx, BOX))
    store<i64>(ys + <usize>(8 * n), placeOf(qy, BOX + 8))
    store<i64>(zs + <usize>(8 * n), placeOf(qz, BOX + 16))
  }
}
