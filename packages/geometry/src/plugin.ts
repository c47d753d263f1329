import type { Plugin } from '@voxaug/core'
import { Affine, AffineMatrix, Crop, Flip } from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const geometry: Plugin = [Affine, AffineMatrix, Crop, Flip]

export default geometry
