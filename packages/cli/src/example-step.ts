import type { AnyOption, Definition, StepJson } from '@voxaug/core'

/** A step that a pipeline may hold as it stands: options that are required, with values that they accept. */
export function exampleStep({ name, options, alternatives }: Definition): StepJson {
  const shown = Object.entries(options).filter(([key, { required }]) => required || key === alternatives?.[0])
  const some = shown.length > 0 ? shown : Object.entries(options).slice(0, 1)
  if (some.length === 0) return { transform: name }
  const values = some.map(([key, option]) => [key, exampleOf(option)])
  return { transform: name, options: Object.fromEntries(values) as NonNullable<StepJson['options']> }
}

/** Values to try, the more telling first; what a third party's descriptor accepts of them is an example of it. */
const candidates: readonly unknown[] = [
  1,
  [64, 64, 64],
  true,
  'all',
  [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
  ['image'],
  [1],
  'image',
]

function exampleOf(option: AnyOption): unknown {
  // A range's default may be the one number that changes nothing.
  const amount = option.type === 'range' || option.type === 'perAxis'
  if (option.default !== undefined && !(amount && typeof option.default === 'number')) return option.default
  if (option.type === 'transforms') return [{ transform: 'geometry/Flip', options: { axes: ['left-right'] } }]
  const { words, bounds } = option as AnyOption & { readonly words?: readonly string[] }
  const own = [
    ...(amount
      ? [
          [-10, 10],
          [0, 10],
          [1, 2],
        ]
      : []),
    ...(words ? [words.slice(0, 1), words[0]] : []),
  ]
  const bound = (bounds ?? []).filter(Number.isFinite)
  return [...own, ...candidates, ...bound].find((value) => option.parse(value) !== undefined) ?? null
}
