import {
  type Arguments,
  type Checked,
  type Context,
  define,
  either,
  type Factory,
  type Grid,
  type InverseContext,
  isVolume,
  type Json,
  number,
  type Options,
  type Params,
  type Random,
  type Subject,
  type Volume,
  VoxaugError,
  voxelsOf,
  word,
} from '@voxaug/core'
import type { Interpolation } from '@voxaug/kernels'
import { smoothingOf } from './antialias.ts'
import { folds } from './folding.ts'
import { extensions, type Fill, holds, type Move } from './moves.ts'
import { keepPoints, type OutsidePoints } from './outside-points.ts'
import { move } from './pending.ts'
import { assertInvertible, pushPoints } from './points.ts'
import { inverseWarp, type Warp } from './warp.ts'

/** What every spatial transform takes beside its own options. */
const settings = {
  interpolation: /* @__PURE__ */ word({
    words: ['linear', 'nearest', 'cubic'],
    default: 'linear',
    help: 'Between voxels of images: trilinear, the nearest one, or a cubic B-spline through them.',
  }),
  labelInterpolation: /* @__PURE__ */ word({
    words: ['nearest', 'vote'],
    default: 'nearest',
    help: 'Between voxels of label maps: the nearest one’s label, or the one with the largest trilinear weight of eight.',
  }),
  fill: /* @__PURE__ */ either({
    of: [
      /* @__PURE__ */ word({ words: ['minimum', 'mean', ...extensions], help: '' }),
      /* @__PURE__ */ number({ bounds: [-3.4028234663852886e38, 3.4028234663852886e38], help: '' }),
    ],
    default: 'minimum',
    help: 'What images have where nothing was: the minimum or mean of the channel before the run of spatial steps, a number, or the image extended by its edge, reflect (d c b a | a b c d), mirror (d c b | a b c d) or wrap.',
  }),
  labelFill: /* @__PURE__ */ either({
    of: [/* @__PURE__ */ number({ whole: true, help: '' }), /* @__PURE__ */ word({ words: extensions, help: '' })],
    default: 0,
    help: 'The same of label maps: a label, or edge, reflect, mirror or wrap.',
  }),
  outsidePoints: /* @__PURE__ */ word({
    words: ['keep', 'drop', 'clamp'],
    default: 'keep',
    help: 'Points that lie outside the frame after the step: kept, dropped, or moved to its nearest edge.',
  }),
} as const

interface Settings {
  readonly interpolation: Exclude<Interpolation, 'vote'>
  readonly labelInterpolation: 'nearest' | 'vote'
  readonly fill: Fill
  readonly labelFill: Exclude<Fill, 'minimum' | 'mean'>
  readonly outsidePoints: OutsidePoints
}

/** What a spatial transform is resolved in. */
export interface Place {
  /** The grid that the whole subject goes by. */
  readonly frame: Grid
  /** The name of the volume at hand; undefined for the frame itself and for points. */
  readonly entry: string | undefined
  /** Its grid. */
  readonly grid: Grid
  /** The grid of each volume of the subject before the step, by name. */
  readonly grids: Readonly<Record<string, Grid>>
  /** The subject before the step; when a step is undone, the one that it is undone for. */
  readonly subject: Subject
}

/** Where one looks after the step (the entry's new grid, unless it stays), and how the anatomy moved (unless it did not). */
export interface Resolved {
  readonly grid?: Grid
  readonly warp?: Warp
  /** Whether images are smoothed first where the new grid is coarser; not those that take the nearest voxel. */
  readonly antialias?: boolean
}

/** A spatial transform: draws parameters, then says where one looks and how the anatomy moves. It never touches a voxel. */
export interface SpatialDefinition<D extends Options, P extends Params> {
  readonly name: string
  readonly help: string
  readonly options: D
  /** Options that show well what it does, as pipeline JSON has them. */
  readonly example?: { readonly [key: string]: Json }
  /** Options of which exactly one holds: one that is given, else the one with a default, if there is such. */
  readonly alternatives?: readonly (keyof D & string)[]
  /** Entries that it reads, and that no step of the pipeline changes. */
  readonly fixes?: (options: Checked<D>) => readonly string[]
  readonly relate?: (options: Checked<D>) => string | undefined
  /** Parameters are relative to the frame: they mean the same on another subject. */
  readonly sample: (options: Checked<D>, random: Random, frame: Grid, context: Context) => P
  /** Pure; called for each volume of the subject, and once for its points. */
  readonly resolve: (params: P, place: Place) => Resolved
}

/**
 * Makes the factory of a spatial transform. Its steps join others, whoever wrote them, in one resampling pass; points,
 * inverse, labels, fill and interpolation follow from `resolve`.
 */
export function defineSpatial<const D extends Options, P extends Params>(
  definition: SpatialDefinition<D, P>,
): Factory<Arguments<D & typeof settings>> {
  const { name, help, example, alternatives, fixes, relate, sample, resolve } = definition
  const options = { ...definition.options, ...settings }
  return define<D & typeof settings, Params>({
    name,
    help,
    changes: 'geometry',
    options,
    ...(example && { example }),
    ...(alternatives && { alternatives }),
    ...(fixes && { fixes: (given) => fixes(given as Checked<D>) }),
    relate: (given) => notOneOf(alternatives, options, given) ?? relate?.(given as Checked<D>),
    sample(given, random, context) {
      const own = sample(given as Checked<D>, random, frameOf(context, name), context)
      const chosen = Object.entries(settings).filter(
        ([key, option]) => (given as Checked<typeof settings>)[key as keyof Settings] !== option.default,
      )
      return { ...own, ...Object.fromEntries(chosen.map(([key]) => [key, (given as Params)[key]!])) }
    },
    apply(selected, params, context) {
      const frame = frameOf(context, name)
      const { subject } = context
      const grids = Object.fromEntries(Object.entries(subject).filter(([, entry]) => isVolume(entry))) as Place['grids']
      const at = (grid: Grid, entry?: string) => resolve(params as P, { frame, entry, grid, grids, subject })
      const { grid = frame, warp = [] } = at(frame)
      if (warp.some((part) => part.type !== 'affine' && folds(part))) {
        context.warn('folding', 'the displacement folds space in places; points and inverses will refuse it.')
      }
      const chosen = settingsOf(params)
      const moved = mapEntries(selected, name, chosen, context.path, warp, (volume, entry) => ({
        grid: volume,
        ...at(volume, entry),
      }))
      return keepPoints(moved, chosen.outsidePoints, grid)
    },
    undo(selected, params, context: InverseContext) {
      const frame = frameOf(context, name)
      const { grids, subject } = context
      const back = (grid: Grid, entry?: string) =>
        inverseWarp(resolve(params as P, { frame, entry, grid, grids, subject }).warp ?? [])
      const chosen = settingsOf(params)
      const fills = context.covering ? { ...chosen, labelFill: 0 } : chosen
      return mapEntries(selected, name, fills, context.path, back(frame), (_, entry) => {
        const grid = grids[entry] ?? frame
        const warp = back(grid, entry)
        assertInvertible(warp, 'pull', name)
        return { grid, warp }
      })
    },
  })
}

/** What is wrong with options of which exactly one holds. */
function notOneOf(
  names: readonly string[] = [],
  options: Options,
  checked: Readonly<Record<string, unknown>>,
): string | undefined {
  const given = names.filter((name) => checked[name] !== undefined)
  if (names.length === 0 || given.length === 1) return undefined
  const isNeeded = names.every((name) => options[name]!.default === undefined)
  const rule = isNeeded ? `exactly one of ${names.join(', ')} must` : `at most one of ${names.join(', ')} may`
  return `${rule} be given, got ${given.join(' and ') || 'none'}.`
}

/** Moves every selected volume as `how` says, and every set of points by `warp`. */
function mapEntries(
  selected: Subject,
  transform: string,
  { interpolation, labelInterpolation, fill, labelFill }: Settings,
  path: string,
  warp: Warp,
  how: (volume: Volume, name: string) => Resolved & { readonly grid: Grid },
): Subject {
  const after = Object.entries(selected).map(([name, entry]) => {
    if (!isVolume(entry))
      return [
        name,
        warp.length === 0 ? entry : { kind: 'points', positions: pushPoints(warp, entry.positions, transform) },
      ] as const
    const isLabel = entry.kind === 'label'
    if (isLabel && !holds(entry.dtype, labelFill)) {
      throw new VoxaugError(
        'invalid-option',
        `labelFill must be a number that ${entry.dtype} holds, as ${name} has it, got ${labelFill}.`,
        { transform, option: 'labelFill', received: labelFill },
      )
    }
    const { grid, warp: own = [], antialias = false } = how(entry, name)
    assertHoldable(grid, entry, transform)
    const { shape, affine } = grid
    const smooths = antialias && !isLabel && interpolation !== 'nearest'
    const step: Move = {
      grid: { shape, affine },
      warp: own,
      fill: isLabel ? labelFill : fill,
      smoothing: smooths ? smoothingOf(entry, grid) : undefined,
    }
    return [name, move(entry, step, isLabel ? labelInterpolation : interpolation, path)] as const
  })
  return Object.fromEntries(after)
}

/** The most voxels of all channels: 4 GiB of float32. */
const mostVoxels = 2 ** 30

function assertHoldable({ shape }: Grid, { channels }: Volume, transform: string): void {
  if (voxelsOf(shape) * channels <= mostVoxels) return
  const each = channels === 1 ? '' : ` of ${channels} channels`
  const message = `the grid after the step must have at most ${mostVoxels} voxels, got ${shape.join(' × ')}${each}.`
  throw new VoxaugError('too-large', message, { transform, received: shape })
}

function settingsOf(params: Params): Settings {
  const value = (key: keyof Settings) => params[key] ?? settings[key].default
  return Object.fromEntries(
    Object.keys(settings).map((key) => [key, value(key as keyof Settings)]),
  ) as unknown as Settings
}

function frameOf({ frame }: Context, transform: string): Grid {
  if (frame) return frame
  throw new VoxaugError(
    'no-frame',
    'a subject must have an image or a label map, whose grid spatial steps go by; got points only.',
    { transform },
  )
}
