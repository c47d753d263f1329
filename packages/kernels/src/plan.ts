import { compose, type Matrix, type Shape, type Stage, type Window } from './stage.ts'

/** Bytes of a plan's header and of each stage; assembly/pass.ts has the same table. */
const header = 96
const stageBytes = 544

/** Where a pass's parts lie in memory. */
export interface Layout {
  readonly plan: number
  readonly source: number
  readonly rowBuffer: number
}

/** The bytes that a plan needs, its lattices behind its stages. */
export function planBytes(stages: readonly Stage[]): number {
  return stages.reduce((sum, { lattice }) => sum + stageBytes + (lattice ? 8 * lattice.nodes.length : 0), header)
}

/** Stages from the lattice on that assembly/pass.ts has room for in a row's polynomials. */
const mostStages = 16

/** The bytes of a row's positions and states, where the pass goes through one forward lattice; else 0. */
export function rowBufferBytes(stages: readonly Stage[], nx: number): number {
  const lattices = stages.flatMap(({ lattice }) => lattice ?? [])
  return lattices.length === 1 && !lattices[0]!.inverse && stages.length <= mostStages ? (nx + 4) * (3 * 8 + 4) : 0
}

/** Writes a plan for assembly/pass.ts. `fills` holds each stage's fill as eight bytes, in the source's element type. */
export function writePlan(
  buffer: ArrayBuffer,
  { plan, source, rowBuffer }: Layout,
  stages: readonly Stage[],
  { base, step, shape }: Window,
  part: { readonly first: Shape; readonly shape: Shape },
  elementBytes: number,
  linear: boolean,
  fills: readonly Uint8Array[],
): void {
  const affineCount = stages.findIndex(({ lattice }) => lattice)
  const leading = affineCount < 0 ? stages.length : affineCount
  const bytes = new Uint8Array(buffer)
  const view = new DataView(buffer)
  const integers = (at: number, values: readonly number[]) =>
    values.forEach((value, n) => void view.setUint32(at + 4 * n, value, true))
  const floats = (at: number, values: readonly number[]) =>
    values.forEach((value, n) => void view.setFloat64(at + 8 * n, value, true))
  const fixed = (at: number, values: Matrix, bits: number) =>
    values.forEach((value, n) => {
      const most = n % 4 === 3 ? mostShift : mostStep
      view.setBigInt64(at + 8 * n, BigInt(Math.round(Math.max(-most, Math.min(most, value * bits)))), true)
    })

  const oneFill = fills.slice(1, leading).every((fill) => fill.every((byte, n) => byte === fills[0]![n]))
  integers(plan, [
    stages.length,
    leading,
    source,
    elementBytes,
    linear ? 1 : 0,
    ...part.first,
    ...part.shape,
    rowBuffer,
  ])
  integers(plan + 48, [shape[0], shape[1], ...base, ...step, oneFill ? 1 : 0])

  let lattices = plan + header + stageBytes * stages.length
  let composed: Matrix | undefined
  stages.forEach(({ lattice, box, ...stage }, n) => {
    const at = plan + header + stageBytes * n
    const matrix = threeRows(stage.matrix)
    floats(at, matrix)
    floats(at + 96, box)
    bytes.set(fills[n]!, at + 120)
    integers(at + 128, lattice ? [lattices, lattice.inverse ? 1 : 0, ...lattice.shape] : [0])
    const whole = composed ? compose(matrix, composed) : matrix
    if (lattice) {
      const toLattice = threeRows(lattice.toLattice)
      floats(at + 152, toLattice)
      fixed(at + 344, composed ? compose(toLattice, composed) : toLattice, 17592186044416)
      floats(at + 440, whole)
      new Float64Array(buffer, lattices, lattice.nodes.length).set(lattice.nodes)
      lattices += 8 * lattice.nodes.length
    }
    fixed(at + 248, whole, 4294967296)
    composed = whole
  })
}

/** A 4×4 matrix in rows will do as well: its last row says nothing. */
const threeRows = (matrix: Matrix): Matrix => matrix.slice(0, 12)

/** Well inside 64 bits, and so are products with indices and their sum: up to 65,536 lattice cells away, and 256 a voxel. */
const mostShift = 2 ** 60
const mostStep = 2 ** 52
