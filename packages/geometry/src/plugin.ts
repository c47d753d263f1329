import type { Plugin } from '@voxaug/core'
import {
  Affine,
  AffineMatrix,
  Conform,
  Crop,
  CropOrPad,
  CropToForeground,
  Flip,
  Pad,
  PadToMultiple,
  Reorient,
  Resample,
  ResampleTo,
  Resize,
  Rotate,
  Scale,
  Shift,
} from './index.ts'

/** The transforms of this package, for `createRegistry`. */
const geometry: Plugin = [
  Affine,
  AffineMatrix,
  Conform,
  Crop,
  CropOrPad,
  CropToForeground,
  Flip,
  Pad,
  PadToMultiple,
  Reorient,
  Resample,
  ResampleTo,
  Resize,
  Rotate,
  Scale,
  Shift,
]

export default geometry
