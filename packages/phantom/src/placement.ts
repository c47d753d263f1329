import { type Affine, cosDegrees, multiply, sinDegrees } from '@voxaug/core'

const [cx, sx] = [cosDegrees(4), sinDegrees(4)]
const [cy, sy] = [cosDegrees(-2.5), sinDegrees(-2.5)]
const [cz, sz] = [cosDegrees(3), sinDegrees(3)]

/** From anatomical to world millimetres: the patient lies turned by a few degrees about each axis, off the scanner's centre. */
export const toWorld: Affine = multiply(
  [cz, -sz, 0, 1.7, sz, cz, 0, 14.2, 0, 0, 1, 22.6, 0, 0, 0, 1],
  multiply(
    [cy, 0, sy, 0, 0, 1, 0, 0, -sy, 0, cy, 0, 0, 0, 0, 1],
    [1, 0, 0, 0, 0, cx, -sx, 0, 0, sx, cx, 0, 0, 0, 0, 1],
  ),
)
