/**
 * The plan of a pass, in memory: src/plan.ts writes it, with the same table of offsets. Its header tells of source and output;
 * then come the stages, from the output to the source. A stage maps the index on its own grid to the index on the next.
 */

// The header, in bytes.
export const COUNT: usize = 0
export const AFFINE_COUNT: usize = 4
export const SOURCE: usize = 8
export const ELEMENT: usize = 12
export const KIND: usize = 16
export const ORIGIN: usize = 20
export const SHAPE: usize = 32
export const ROW_BUFFER: usize = 44
export const OUT_X: usize = 48
export const OUT_Y: usize = 52
export const BASE: usize = 56
export const STEP: usize = 68
export const ONE_FILL: usize = 80
export const EXTENSION: usize = 84
export const EXTENSION_ROOM: usize = 88
export const PLANE: usize = 96
export const PLANE_Z: usize = 100
export const ORDER: usize = 104
export const LINE: usize = 108
export const UNFILTERED_Z: usize = 112
/** Room for a plane and a row of a lattice's control points, or 0. */
export const LATTICE_SUMS: usize = 116
const STAGES: usize = 128

// A stage, in bytes.
export const MATRIX: usize = 0
export const BOX: usize = 96
export const FILL: usize = 120
/** The address of a lattice or a field, or 0. */
export const DISPLACEMENT: usize = 128
export const INVERSE: usize = 132
export const DISPLACEMENT_SHAPE: usize = 136
export const IS_FIELD: usize = 148
export const TO_DISPLACEMENT: usize = 152
export const FIXED: usize = 248
/** Index of the first stage's grid → lattice coordinate, 44 bits behind the point; of a field its coordinate as float64. */
export const COMPOSED_TO_DISPLACEMENT: usize = 344
export const COMPOSED: usize = 440
/** A field's millimetres → voxels of the next grid: three rows of three. */
export const ONWARD: usize = 536
const STAGE: usize = 608

// How voxels between voxels are found.
export const NEAREST: i32 = 0
export const LINEAR: i32 = 1
export const CUBIC: i32 = 2
export const VOTE: i32 = 3

// What stands beyond the source: nothing, so that points there take a fill; or the source again, as scipy.ndimage names it.
export const FILLED: i32 = 0
export const EDGE: i32 = 1
export const REFLECT: i32 = 2
export const MIRROR: i32 = 3
export const WRAP: i32 = 4

/** Half a voxel and 2^-20 more, so that a point half a voxel out in exact arithmetic is inside whatever the rounding. */
export const SLACK: f64 = 0.5 + 1.0 / 1048576.0
export const FIXED_SLACK: i64 = 0x80001000
export const ONE: i64 = 0x100000000
export const HALF: i64 = 0x80000000
/** Adding it to a float64 leaves the sum's 32 bits behind the point, as fixed point, in its low bits. */
export const MAGIC: f64 = 1572864.0
export const NAN_BITS: i32 = 0x7fc00000
export const FRACTION: f32 = 1.0 / 16777216.0

// What the rows of a pass share, kept out of the argument lists. Only `openPlan` writes it.
export let plan: usize = 0
export let stageCount: i32 = 0
export let affineCount: i32 = 0
export let element: i32 = 0
export let kind: i32 = 0
export let extension: i32 = 0
/** The address that voxel (0, 0, 0) of the source would have, were all of it in memory. */
export let origin: i32 = 0
export let rowBytes: i32 = 0
export let planeBytes: i32 = 0
/** The voxels in memory: from the first along each axis to before the end. */
export let firstX: i32 = 0
export let firstY: i32 = 0
export let firstZ: i32 = 0
export let endX: i32 = 0
export let endY: i32 = 0
export let endZ: i32 = 0
/** The last stage, whose box is the source. */
export let lastStage: usize = 0

export function openPlan(at: usize): void {
  plan = at
  stageCount = load<i32>(plan, COUNT)
  affineCount = load<i32>(plan, AFFINE_COUNT)
  element = load<i32>(plan, ELEMENT)
  kind = load<i32>(plan, KIND)
  extension = load<i32>(plan, EXTENSION)
  firstX = load<i32>(plan, ORIGIN)
  firstY = load<i32>(plan, ORIGIN + 4)
  firstZ = load<i32>(plan, ORIGIN + 8)
  endX = firstX + load<i32>(plan, SHAPE)
  endY = firstY + load<i32>(plan, SHAPE + 4)
  endZ = firstZ + load<i32>(plan, SHAPE + 8)
  rowBytes = load<i32>(plan, SHAPE) * element
  planeBytes = load<i32>(plan, SHAPE + 4) * rowBytes
  origin = load<i32>(plan, SOURCE) - (firstZ * planeBytes + firstY * rowBytes + firstX * element)
  lastStage = stageAt(stageCount - 1)
}

// @ts-ignore: decorator
@inline
export function stageAt(n: i32): usize {
  return plan + STAGES + <usize>n * STAGE
}

/** A row's coordinate at a voxel, from a row of a fixed-point matrix. */
// @ts-ignore: decorator
@inline
export function startOf(fixed: usize, x: i64, y: i64, z: i64): i64 {
  return load<i64>(fixed) * x + load<i64>(fixed, 8) * y + load<i64>(fixed, 16) * z + load<i64>(fixed, 24)
}

/** One coordinate, from a row of a matrix. */
// @ts-ignore: decorator
@inline
export function row(matrix: usize, x: f64, y: f64, z: f64): f64 {
  return load<f64>(matrix) * x + (load<f64>(matrix, 8) * y + load<f64>(matrix, 16) * z + load<f64>(matrix, 24))
}

// @ts-ignore: decorator
@inline
export function fixedOf(x: f64): i64 {
  return reinterpret<i64>(x + MAGIC) - reinterpret<i64>(MAGIC)
}

/** Moves an element of the output's type. */
// @ts-ignore: decorator
@inline
export function move(from: usize, to: usize): void {
  if (element == 4) store<u32>(to, load<u32>(from))
  else if (element == 2) store<u16>(to, load<u16>(from))
  else if (element == 1) store<u8>(to, load<u8>(from))
  else store<u64>(to, load<u64>(from))
}

/** A computed value to be written: which NaN comes out of arithmetic depends on the processor, so one and the same is written. */
// @ts-ignore: decorator
@inline
export function canonical(value: f32): f32 {
  return value == value ? value : reinterpret<f32>(NAN_BITS)
}

// @ts-ignore: decorator
@inline
export function canonical4(values: v128): v128 {
  return v128.bitselect(values, i32x4.splat(NAN_BITS), f32x4.eq(values, values))
}
