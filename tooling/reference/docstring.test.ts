import { expect, test } from 'vitest'
import { docstringOf, membersOf, reexportsOf, textAbove } from './docstring.ts'

const code = `
import { range } from '@voxaug/core'

/**
 * Lifts the anatomy. Points go
 * with it.
 *
 * Formula: p′ = p + (0, 0, liftMm),
 * liftMm drawn
 *
 * Some prose; \`Grid\` is no line here.
 *
 * More of it.
 * Grid: unchanged. Images
 * become float32.
 * Labels: move along.
 * Points: move along.
 * Inverse: exact.
 * @throws VoxaugError \`invalid-option\` for one
 * that is not finite
 * @see nnU-Net Lift, of
 * no library
 */
export const Lift = /* @__PURE__ */ defineSpatial({ name: 'example/Lift' })
`

test('a docstring is read by its lines, each up to the next or an empty one', () => {
  expect(docstringOf(code, 'lift.ts', 'Lift')).toEqual({
    summary: 'Lifts the anatomy. Points go with it.',
    formula: 'p′ = p + (0, 0, liftMm), liftMm drawn',
    about: ['Some prose; `Grid` is no line here.', 'More of it.'],
    grid: 'unchanged. Images become float32.',
    labels: 'move along.',
    points: 'move along.',
    inverse: 'exact.',
    throws: ['VoxaugError `invalid-option` for one that is not finite'],
    see: ['nnU-Net Lift, of no library'],
  })
})

test.each(['Formula', 'Grid', 'Labels', 'Points', 'Inverse'])('a docstring without the line %s is refused', (field) => {
  const lacking = code.replace(new RegExp(` \\* ${field}: .*\n`), '')
  expect(() => docstringOf(lacking, 'lift.ts', 'Lift')).toThrow(
    `lift.ts: the docstring of Lift must have a line "${field}: …"`,
  )
})

test('a docstring without a source, a transform without a docstring, and one that is not there are refused', () => {
  expect(() => docstringOf(code.replace(/ \* @see.*\n.*\n/, ''), 'lift.ts', 'Lift')).toThrow(
    'lift.ts: the docstring of Lift must have a line "@see …"',
  )
  expect(() => docstringOf(code.replace(/\/\*\*.*?\*\/\n/s, ''), 'lift.ts', 'Lift')).toThrow(
    'lift.ts: Lift must have a docstring',
  )
  expect(() => docstringOf(code, 'lift.ts', 'Drop')).toThrow('lift.ts: Drop must have a docstring')
})

test('members of an interface and types have the text above them', () => {
  const types =
    '/** How\n * much. */\nexport type Range = 1\nexport interface Common {\n  /** A name. */\n  readonly id?: string\n}'
  expect(textAbove(types, 'a.ts', 'Range')).toBe('How much.')
  expect(membersOf(types, 'a.ts', 'Common')).toEqual(['id'])
  expect(textAbove(types, 'a.ts', 'Common.id')).toBe('A name.')
})

test('an index tells which file a name comes from', () => {
  const index = "export { Flip, type Axis } from './flip.ts'\nexport { Crop } from './crop.ts'"
  expect(Object.fromEntries(reexportsOf(index, 'index.ts'))).toEqual({
    Flip: './flip.ts',
    Axis: './flip.ts',
    Crop: './crop.ts',
  })
})
