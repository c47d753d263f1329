import type { AnyOption, Options } from './option.ts'
import type { StepJson } from './pipeline.ts'
import type { Definition } from './transform.ts'

/**
 * A step that a pipeline may hold as it stands: the transform's own example, else its required options (else the first of all)
 * with values that they accept.
 */
export const exampleStep = ({ name, options, example, alternatives }: Definition): StepJson => ({
  transform: name,
  options: example ?? (examplesOf(options, alternatives) as NonNullable<StepJson['options']>),
})

function examplesOf(options: Options, alternatives: readonly string[] = []): { readonly [key: string]: unknown } {
  const all = Object.entries(options)
  const needed = all.filter(([key, { required }]) => required || key === alternatives[0])
  return Object.fromEntries((needed[0] ? needed : all.slice(0, 1)).map(([key, option]) => [key, exampleOf(option)]))
}

/** What some descriptors have beside. */
type Descriptor = AnyOption & { readonly words?: readonly string[]; readonly fields?: Options }

/** The first of some values that the option accepts, also one that a third party describes; the more telling stand first. */
const exampleOf = ({ type, default: value, words = [], fields = {}, bounds, parse }: Descriptor) =>
  type === 'transforms'
    ? [{ transform: 'geometry/Flip', options: { axes: ['left-right'] } }]
    : [
        value,
        words[0],
        words.slice(0, 1),
        examplesOf(fields),
        [-10, 10],
        [1, 2],
        1,
        true,
        [64, 64, 64],
        [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
        'image',
        'all',
        bounds,
        ...(bounds ?? []),
      ].find((one) => parse(one) !== undefined)
