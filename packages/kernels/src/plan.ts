import type { Part } from './part.ts'
import { compose, type Extension, type Interpolation, isField, type Matrix, type Stage, type Window } from './stage.ts'

/** Bytes of a plan's header and of each stage; assembly/plan.ts has the same table. */
const header = 128
const stageBytes = 608

/** Where a pass's parts lie in memory; 0 for what it does not need. */
export interface Layout {
  readonly plan: number
  readonly source: number
  readonly rowBuffer: number
  /** Room for one plane of the source in memory, and for one of its lines. */
  readonly plane: number
  readonly line: number
  /** Room for sums over a lattice's control points, zeros at its start. */
  readonly latticeSums: number
}

/** How a plan's voxels are found. */
export interface Sampling {
  readonly interpolation: Interpolation
  readonly extension: Extension | undefined
  /** How far beyond the source, in voxels, its edge is told apart from what is still further out. */
  readonly extensionRoom: number
  /** How labels sort: 0 as unsigned whole numbers, 1 as signed ones, 2 as floating-point ones. */
  readonly order: number
  /** For `cubic`: whether samples stand for coefficients along z, since every place is whole there. */
  readonly unfilteredZ: boolean
}

// The numbers of assembly/plan.ts.
const kinds = { nearest: 0, linear: 1, cubic: 2, vote: 3 } as const
const extensions = { edge: 1, reflect: 2, mirror: 3, wrap: 4 } as const

/** The bytes that a plan needs, its lattices and fields behind its stages. */
export function planBytes(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stageBytes + displacementBytes(stage), header)
}

function displacementBytes({ displacement }: Stage): number {
  if (!displacement) return 0
  return (
    Math.ceil((isField(displacement) ? 4 * displacement.millimetres.length : 8 * displacement.nodes.length) / 16) * 16
  )
}

/** Stages from the lattice on that assembly/lattice-row.ts has room for in a row's polynomials. */
const mostStages = 16

/** The bytes of a row's positions and states, where the pass goes through one forward displacement; else 0. */
export function rowBufferBytes(stages: readonly Stage[], nx: number): number {
  const displacements = stages.flatMap(({ displacement }) => displacement ?? [])
  return displacements.length === 1 && !displacements[0]!.inverse && stages.length <= mostStages
    ? (nx + 4) * (3 * 8 + 4)
    : 0
}

/** The bytes of sums over the control points of a pass's one lattice; else 0. assembly/lattice.ts has the same. */
export function latticeSumsBytes(stages: readonly Stage[]): number {
  const lattices = stages.flatMap(({ displacement }) =>
    displacement && !isField(displacement) ? [displacement.shape] : [],
  )
  return lattices.length === 1 ? 32 + 32 * (lattices[0]![0] * lattices[0]![1] + lattices[0]![0]) : 0
}

/** Writes a plan for assembly/pass.ts. `fills` holds each stage's fill as eight bytes, in the source's element type. */
export function writePlan(
  buffer: ArrayBuffer,
  { plan, source, rowBuffer, plane, line, latticeSums }: Layout,
  stages: readonly Stage[],
  { base, step, shape }: Window,
  part: Part,
  elementBytes: number,
  { interpolation, extension, extensionRoom, order, unfilteredZ }: Sampling,
  fills: readonly Uint8Array[],
): void {
  if (latticeSums > 0) new Uint8Array(buffer, latticeSums, 16).fill(0)
  const affineCount = stages.findIndex(({ displacement }) => displacement)
  const leading = affineCount < 0 ? stages.length : affineCount
  const bytes = new Uint8Array(buffer)
  const view = new DataView(buffer)
  const integers = (at: number, values: readonly number[]) =>
    values.forEach((value, n) => void view.setUint32(at + 4 * n, value, true))
  const floats = (at: number, values: readonly number[]) =>
    values.forEach((value, n) => void view.setFloat64(at + 8 * n, value, true))
  const fixed = (at: number, values: Matrix, bits: number) =>
    fixedMatrix(values, bits).forEach((value, n) => void view.setBigInt64(at + 8 * n, value, true))

  const oneFill = fills.slice(1, leading).every((fill) => fill.every((byte, n) => byte === fills[0]![n]))
  integers(plan, [
    ...[stages.length, leading, source, elementBytes, kinds[interpolation], ...part.first, ...part.shape, rowBuffer],
    ...[shape[0], shape[1], ...base, ...step, oneFill ? 1 : 0, extension ? extensions[extension] : 0],
  ])
  floats(plan + 88, [extensionRoom])
  integers(plan + 96, [plane, noPlane, order, line, unfilteredZ ? 1 : 0, latticeSums])

  let free = plan + header + stageBytes * stages.length
  let composed: Matrix | undefined
  stages.forEach((stage, n) => {
    const at = plan + header + stageBytes * n
    const matrix = threeRows(stage.matrix)
    floats(at, matrix)
    floats(at + 96, stage.box)
    bytes.set(fills[n]!, at + 120)
    const { displacement } = stage
    const whole = composed ? compose(matrix, composed) : matrix
    integers(at + 128, [0])
    if (displacement) {
      const field = isField(displacement)
      const to = threeRows(displacement.toDisplacement)
      const composedTo = composed ? compose(to, composed) : to
      integers(at + 128, [free, displacement.inverse ? 1 : 0, ...displacement.shape, field ? 1 : 0])
      floats(at + 152, to)
      floats(at + 440, whole)
      if (field) {
        floats(at + 344, composedTo)
        floats(at + 536, displacement.onward)
        new Float32Array(buffer, free, displacement.millimetres.length).set(displacement.millimetres)
      } else {
        fixed(at + 344, composedTo, 17592186044416)
        new Float64Array(buffer, free, displacement.nodes.length).set(displacement.nodes)
      }
      free += displacementBytes(stage)
    }
    fixed(at + 248, whole, 4294967296)
    composed = whole
  })
}

/** An output plane that there is none of. */
const noPlane = 0x80000000

/** A 4×4 matrix in rows will do as well: its last row says nothing. */
const threeRows = (matrix: Matrix): Matrix => matrix.slice(0, 12)

/** Well inside 64 bits, and so are products with indices and their sum: up to 65,536 lattice cells away, and 256 a voxel. */
const mostShift = 2 ** 60
const mostStep = 2 ** 52

/** Three rows of four in fixed point, in units of 1 / `bits`. */
function fixedMatrix(matrix: Matrix, bits: number): bigint[] {
  return matrix.map((value, n) => {
    const most = n % 4 === 3 ? mostShift : mostStep
    return BigInt(Math.round(Math.max(-most, Math.min(most, value * bits))))
  })
}

/** Whether stages, all affine, take each index to a whole place along z, which depends on the index's z alone. */
export function isWholeAlongZ(stages: readonly Stage[]): boolean {
  if (stages.at(-1)!.box[2] === 1) return true
  return stages.every(({ matrix, displacement }) => {
    const [x, y, z, shift] = fixedMatrix(threeRows(matrix), 4294967296).slice(8) as [bigint, bigint, bigint, bigint]
    return !displacement && x === 0n && y === 0n && z % 4294967296n === 0n && shift % 4294967296n === 0n
  })
}
