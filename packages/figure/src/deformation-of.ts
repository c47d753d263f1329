import {
  type Definition,
  type Grid,
  isInvertible,
  type Names,
  type Params,
  replay,
  type Step,
  type Subject,
  show,
  type Trace,
  transformPoint,
  type Volume,
  VoxaugError,
  volume,
  voxelsOf,
} from '@voxaug/core'

export interface DeformationOptions {
  /** Needed for a trace that was read from JSON. */
  readonly registry?: Names | undefined
  /** The frame of another subject that the trace is replayed on; that of the trace unless given. */
  readonly grid?: Grid | undefined
  /** Entries whose voxels a step reads, by name, such as the field of elastic/DisplacementField. */
  readonly entries?: Subject | undefined
}

/** Stands for a place that is nowhere: so large that whatever is blended with it is told from a world coordinate. */
const nowhere = 1e30
const farthestMm = 1e9

/** What a step has to be told so that positions stay positions: no smoothing, and nothing from beyond a grid. */
const asPositions: Params = { fill: nowhere, interpolation: 'linear', antialias: false }

/**
 * Where each voxel of a run's frame came from: an image of three channels, the world x, y and z in mm before the run's geometry
 * steps, on the frame's grid after them. NaN where nothing was.
 *
 * Intensity steps are left out, and so is what was done to other entries alone. Positions are linear between voxels, whatever a
 * step's interpolation; whatever a step fills with, nothing comes from beyond a grid.
 * @throws VoxaugError `invalid-trace` where no step had a frame, `invalid-option`; `unknown-transform` where a registry is wanted
 */
export function deformationOf(trace: Trace, { registry, grid, entries }: DeformationOptions = {}): Volume {
  const all: readonly (Step | null)[] = Array.isArray(trace?.steps) ? trace.steps : []
  const first = all.find((step) => step?.frame !== undefined && step.grids?.[step.frame])
  if (!first) {
    const message = `figure: a deformation needs a trace with a step that had a frame, got ${show(trace)}.`
    throw new VoxaugError('invalid-trace', message, { received: trace })
  }
  if (grid) checkGrid(grid, 'invalid-option', 'grid')
  for (const [name, one] of Object.entries(first.grids)) checkGrid(one, 'invalid-trace', `grids.${name}`)

  const names = namesOf(trace, registry)
  const steps = all.flatMap((step) => {
    const definition = names?.get(step?.transform ?? '')?.definition
    if (definition?.changes === 'intensity') return []
    return [definition ? { ...step!, params: { ...step!.params, ...taken(definition) } } : step!]
  })
  const frame = first.frame!
  const positions = positionsOf(grid ?? first.grids[frame]!)
  const others = grid ? [] : Object.entries(first.grids).map(([name, one]) => [name, standIn(one)] as const)
  // The first image of a subject is its frame: its name has to come first.
  const subject: Subject = { [frame]: positions, ...Object.fromEntries(others), ...entries }
  const { output } = replay(
    { ...trace, steps },
    { ...subject, [frame]: positions },
    { compute: false, ...(names && { registry: names }) },
  )
  const { shape, affine, data } = output[frame] as Volume
  const found = Float32Array.from(data, (x) => (Math.abs(x) < farthestMm ? x : Number.NaN))
  return volume({ data: found, shape, affine, channels: 3 })
}

/** Those of `asPositions` that a transform has as options. */
const taken = ({ options }: Definition): Params =>
  Object.fromEntries(Object.entries(asPositions).filter(([key, value]) => options[key]?.parse(value) !== undefined))

/** A label map on the grid that an entry had, for steps that go by that. */
const standIn = ({ shape, affine }: Grid): Volume =>
  volume({ data: new Float64Array(voxelsOf(shape)), shape, affine, kind: 'label' })

/**
 * The transforms that a trace in memory carries, else those of the registry.
 *
 * Core keeps them under a symbol of its own, which is found by its description: a page may hold two copies of core.
 */
function namesOf(trace: Trace, registry: Names | undefined): Names | undefined {
  const held = trace as unknown as Record<symbol, ReadonlyMap<string, Definition>>
  const key = Object.getOwnPropertySymbols(trace).find(({ description }) => description === 'voxaug.definitions')
  const known = key && held[key]
  if (!known) return registry
  return {
    get(name) {
      const definition = known.get(name)
      return definition ? { definition } : registry?.get(name)
    },
  }
}

/** 3 GiB of positions. */
const mostVoxels = 2 ** 28

function checkGrid(grid: Grid, code: string, option: string): void {
  const shape = Array.isArray(grid?.shape) && grid.shape.length === 3 ? grid.shape : [Number.NaN]
  const holdable = shape.every((n) => Number.isInteger(n) && n > 0) && voxelsOf(grid.shape) <= mostVoxels
  if (holdable && Array.isArray(grid.affine) && isInvertible(grid.affine)) return
  const expected = `must be { shape, affine } of at most ${mostVoxels} voxels`
  throw new VoxaugError(code, `figure: ${option} ${expected}, got ${show(grid)}.`, { option, received: grid })
}

/** The world position of each voxel of a grid. */
function positionsOf({ shape, affine }: Grid): Volume {
  const [nx, ny, nz] = shape
  const size = voxelsOf(shape)
  const data = new Float32Array(3 * size)
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) {
        const [x, y, z] = transformPoint(affine, [i, j, k])
        data[n] = x
        data[n + size] = y
        data[n + 2 * size] = z
      }
  return volume({ data, shape, affine, channels: 3 })
}
