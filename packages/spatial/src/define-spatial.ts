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
  number,
  type Options,
  type Params,
  type Random,
  type Subject,
  type Volume,
  VoxaugError,
  word,
} from '@voxaug/core'
import { folds } from './folding.ts'
import { type Fill, holds, type Interpolation } from './moves.ts'
import { move } from './pending.ts'
import { assertInvertible, pushPoints } from './points.ts'
import { inverseWarp, type Warp } from './warp.ts'

/** What every spatial transform takes beside its own options. */
const settings = {
  interpolation: /* @__PURE__ */ word({
    words: ['linear', 'nearest'],
    default: 'linear',
    help: 'Between voxels of images.',
  }),
  labelInterpolation: /* @__PURE__ */ word({
    words: ['nearest'],
    default: 'nearest',
    help: 'Between voxels of label maps.',
  }),
  fill: /* @__PURE__ */ either({
    of: [
      /* @__PURE__ */ word({ words: ['minimum', 'mean'], help: '' }),
      /* @__PURE__ */ number({ bounds: [-3.4028234663852886e38, 3.4028234663852886e38], help: '' }),
    ],
    default: 'minimum',
    help: 'What images have where nothing was: the minimum or mean of the channel before the run of spatial steps, or a number.',
  }),
  labelFill: /* @__PURE__ */ number({ default: 0, whole: true, help: 'What label maps have where nothing was.' }),
} as const

interface Settings {
  readonly interpolation: Interpolation
  readonly labelInterpolation: 'nearest'
  readonly fill: Fill
  readonly labelFill: number
}

/** What a spatial transform is resolved in. */
export interface Place {
  /** The grid that the whole subject goes by. */
  readonly frame: Grid
  /** The grid of the entry at hand. */
  readonly grid: Grid
}

/** Where one looks after the step (the entry's new grid, unless it stays), and how the anatomy moved (unless it did not). */
export interface Resolved {
  readonly grid?: Grid
  readonly warp?: Warp
}

/** A spatial transform: draws parameters, then says where one looks and how the anatomy moves. It never touches a voxel. */
export interface SpatialDefinition<D extends Options, P extends Params> {
  readonly name: string
  readonly help: string
  readonly options: D
  readonly relate?: (options: Checked<D>) => string | undefined
  /** Parameters are relative to the frame: they mean the same on another subject. */
  readonly sample: (options: Checked<D>, random: Random, frame: Grid) => P
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
  const { name, help, relate, sample, resolve } = definition
  const options = { ...definition.options, ...settings }
  return define<D & typeof settings, Params>({
    name,
    help,
    changes: 'geometry',
    options,
    ...(relate && { relate: (given) => relate(given as Checked<D>) }),
    sample(given, random, context) {
      const own = sample(given as Checked<D>, random, frameOf(context, name))
      const chosen = Object.entries(settings).filter(
        ([key, option]) => (given as Checked<typeof settings>)[key as keyof Settings] !== option.default,
      )
      return { ...own, ...Object.fromEntries(chosen.map(([key]) => [key, (given as Params)[key]!])) }
    },
    apply(selected, params, context) {
      const frame = frameOf(context, name)
      const at = (grid: Grid) => resolve(params as P, { frame, grid })
      const whole = at(frame).warp ?? []
      if (whole.some((part) => part.type === 'lattice' && folds(part))) {
        context.warn('folding', 'the displacement folds space in places; points and inverses will refuse it.')
      }
      return mapEntries(selected, name, settingsOf(params), context.path, {
        volume: (volume) => ({ grid: volume, ...at(volume) }),
        warp: whole,
      })
    },
    undo(selected, params, context: InverseContext) {
      const frame = frameOf(context, name)
      const back = (grid: Grid) => inverseWarp(resolve(params as P, { frame, grid }).warp ?? [])
      const chosen = settingsOf(params)
      return mapEntries(selected, name, context.covering ? { ...chosen, labelFill: 0 } : chosen, context.path, {
        volume(_, entry) {
          const grid = context.grids[entry] ?? frame
          const warp = back(grid)
          assertInvertible(warp, 'pull', name)
          return { grid, warp }
        },
        warp: back(frame),
      })
    },
  })
}

/** Moves every selected volume as `volume` says, and every set of points by `warp`. */
function mapEntries(
  selected: Subject,
  transform: string,
  { interpolation, labelInterpolation, fill, labelFill }: Settings,
  path: string,
  how: { volume: (volume: Volume, name: string) => { readonly grid: Grid; readonly warp?: Warp }; warp: Warp },
): Subject {
  const after = Object.entries(selected).map(([name, entry]) => {
    if (!isVolume(entry))
      return [
        name,
        how.warp.length === 0 ? entry : { kind: 'points', positions: pushPoints(how.warp, entry.positions, transform) },
      ] as const
    const isLabel = entry.kind === 'label'
    if (isLabel && !holds(entry.dtype, labelFill)) {
      throw new VoxaugError(
        'invalid-option',
        `labelFill must be a number that ${entry.dtype} holds, as ${name} has it, got ${labelFill}.`,
        { transform, option: 'labelFill', received: labelFill },
      )
    }
    const { grid, warp = [] } = how.volume(entry, name)
    const { shape, affine } = grid
    return [
      name,
      move(
        entry,
        { grid: { shape, affine }, warp, fill: isLabel ? labelFill : fill },
        isLabel ? labelInterpolation : interpolation,
        path,
      ),
    ] as const
  })
  return Object.fromEntries(after)
}

function settingsOf(params: Params): Settings {
  const value = (key: keyof Settings) => params[key] ?? settings[key].default
  return {
    interpolation: value('interpolation'),
    labelInterpolation: value('labelInterpolation'),
    fill: value('fill'),
    labelFill: value('labelFill'),
  } as Settings
}

function frameOf({ frame }: Context, transform: string): Grid {
  if (frame) return frame
  throw new VoxaugError(
    'no-frame',
    'a subject must have an image or a label map, whose grid spatial steps go by; got points only.',
    { transform },
  )
}
