export { defineSpatial, type Place, type Resolved, type SpatialDefinition } from './define-spatial.ts'
export { displacementAt } from './displacement.ts'
export { folds } from './folding.ts'
export type { Fill, Interpolation, Move, SpatialPending } from './moves.ts'
export { pushPoints } from './points.ts'
export {
  type AffinePart,
  affineWarp,
  composeWarps,
  inverseWarp,
  type LatticePart,
  latticeWarp,
  type Warp,
} from './warp.ts'
