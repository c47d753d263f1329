import {
  type Arguments,
  type Checked,
  type Context,
  define,
  type Factory,
  type Json,
  type Options,
  type Params,
  type Random,
  type Subject,
  type Volume,
} from '@voxaug/core'

/** Where an intensity step is applied. */
export interface IntensityContext extends Context {
  /** The name of the entry at hand. */
  readonly entry: string
}

/** An intensity transform: changes the values of images. Label maps and points stay as they are. */
export interface IntensityDefinition<D extends Options, P extends Params> {
  readonly name: string
  readonly help: string
  readonly options: D
  /** Options that show well what it does, as pipeline JSON has them. */
  readonly example?: { readonly [key: string]: Json }
  readonly relate?: (options: Checked<D>) => string | undefined
  readonly sample: (options: Checked<D>, random: Random) => P
  /** The image after the step, on the same grid; by `enqueue` if it can, so that it shares a pass with its neighbours. */
  readonly apply: (volume: Volume, params: P, context: IntensityContext) => Volume
  /** The parameters that undo a step, where there are such. */
  readonly invert?: (params: P) => P
}

/** Makes the factory of an intensity transform. */
export function defineIntensity<const D extends Options, P extends Params>(
  definition: IntensityDefinition<D, P>,
): Factory<Arguments<D>> {
  const { name, help, options, example, relate, sample, apply, invert } = definition
  const images = (selected: Subject, params: P, context: Context): Subject =>
    Object.fromEntries(
      Object.entries(selected).map(([entry, value]) => [
        entry,
        value.kind === 'image' ? apply(value, params, { ...context, entry }) : value,
      ]),
    )
  return define<D, P>({
    name,
    help,
    changes: 'intensity',
    options,
    ...(example && { example }),
    ...(relate && { relate }),
    sample,
    apply: images,
    ...(invert && { undo: (selected, params, context) => images(selected, invert(params), context) }),
  })
}
