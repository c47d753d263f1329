export { defineSpatial, type Place, type Resolved, type SpatialDefinition } from './define-spatial.ts'
export { displacementAt } from './displacement.ts'
export { folds } from './folding.ts'
export type { Fill, Move, SpatialPending } from './moves.ts'
export type { OutsidePoints } from './outside-points.ts'
export { overlaps } from './overlap.ts'
export { pushPoints } from './points.ts'
export {
  type AffinePart,
  affineWarp,
  composeWarps,
  type FieldPart,
  fieldWarp,
  inverseWarp,
  type LatticePart,
  latticeWarp,
  type Warp,
  type WarpPart,
} from './warp.ts'
