import { centerIndex, type Grid, transformPoint } from '@voxaug/core'
import { fail } from './fail.ts'

/** The error of a label map that lies nowhere on its image. */
export const apart = (labelPath: string, label: Grid, imagePath: string, image: Grid): Error =>
  fail(
    labelPath,
    `the label map must overlap ${imagePath} in the world; its centre is at ${centerOf(image)} mm, got ${centerOf(label)} mm.`,
  )

const centerOf = (grid: Grid): string =>
  transformPoint(grid.affine, centerIndex(grid))
    .map((mm) => mm.toFixed(1))
    .join(', ')
