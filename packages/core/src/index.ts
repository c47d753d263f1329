export { type ErrorDetails, isVoxaugError, show, VoxaugError } from './error.ts'
export {
  type Affine, centerIndex, cornerIndices, determinant, type Grid, inverse, isInvertible, multiply, orientationOf, parseAffine,
  sameSpace, type Shape, shiftOrigin, spacingOf, transformPoint, type Vec3, voxelsOf,
} from './grid.ts'
export {
  arrayOf, checkVolume, type DType, dtypeOf, observeComputing, type Pass, type Pending, pendingOf, pendingVolume, type VolumeKind, volume,
  type Volume, type VolumeInit, type VoxelArray, type Warning,
} from './volume.ts'
