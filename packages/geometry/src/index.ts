export { Affine } from './affine.ts'
export { AffineMatrix } from './affine-matrix.ts'
export { Crop } from './crop.ts'
export { Flip } from './flip.ts'
