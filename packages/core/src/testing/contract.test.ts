import { describe, expect, test } from 'vitest'
import { Compose, OneOf, RandomApply, SomeOf } from '../combinators.ts'
import { shiftOrigin, transformPoint } from '../grid.ts'
import { isVolume, type Subject } from '../subject.ts'
import { type Definition, define, type Params } from '../transform.ts'
import { settled, type Volume, volume } from '../volume.ts'
import { contract, type Examples } from './contract.ts'
import { countPasses } from './count-passes.ts'
import { asymmetricSubject } from './fixtures.ts'
import { Add, added, adds, onImages, options, Shift, shifted, shifts } from './toys.ts'

const addExamples: Examples = { options: {}, random: true, identity: { by: 0 }, bad: [{ by: [5, 1] }, { by: 101 }] }
const shiftExamples: Examples = { ...addExamples, options: { by: [1, 2] } }

describe('an honest intensity transform keeps the contract:', () => {
  for (const { name, check } of contract(Add, addExamples)) test(name, check)
})

describe('an honest geometric transform keeps the contract:', () => {
  for (const { name, check } of contract(Shift, shiftExamples)) test(name, check)
})

const plugins = [[Add, Shift]]
const two = [Shift({ by: [1, 2] }), Add({ by: [1, 2] })]
const none = { transforms: [Add({ by: 0 })] }
for (const [factory, examples] of [
  [Compose, { options: { transforms: two }, random: true, identity: none, bad: [{ transforms: [1] }] }],
  [OneOf, { options: { transforms: two, weights: [1, 2] }, random: true, identity: none, bad: [{ weights: [0, 0] }] }],
  [SomeOf, { options: { transforms: two, count: 1 }, random: true, bad: [{ count: 3 }] }],
  [RandomApply, { options: { transforms: [two[0]] }, random: true, bad: [{ transforms: two }] }],
] as const) {
  describe(`${factory.definition.name} keeps the contract:`, () => {
    for (const { name, check } of contract(factory, { ...examples, plugins })) test(name, check)
  })
}

function spoilt(image: Volume): Volume {
  image.data.fill(1)
  return image
}

function eager(image: Volume): Volume {
  return added(image, 1).data ? image : image
}

/** Broken in one way each, and the case that must notice. */
const broken: readonly (readonly [flaw: string, caught: string, definition: object, examples?: Partial<Examples>])[] = [
  [
    'writes to its input',
    'leaves the bytes of its input alone',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => spoilt(image)) },
  ],
  [
    'is random in apply',
    'gives the same bytes for the same seed',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => added(image, Math.random())) },
  ],
  ['draws nothing', 'draws anew for another seed', { ...adds, sample: () => ({ by: 1 }) }],
  ['draws though fixed', 'draws nothing', adds, { random: false }],
  [
    'has parameters that JSON loses',
    'draws parameters that survive JSON, and replays from them',
    { ...adds, sample: () => ({ by: 1, more: Number.NaN }) },
  ],
  [
    'has parameters that are no plain data',
    'draws parameters that survive JSON, and replays from them',
    { ...adds, sample: () => ({ by: 1, more: new Float32Array(2) as unknown as Params }) },
  ],
  [
    'takes any number',
    'refuses options that are wrong, unknown or missing, in its own name',
    { ...adds, options: { by: { ...options.by, parse: (x: unknown) => (typeof x === 'number' ? x : undefined) } } },
  ],
  [
    'has no help for an option',
    'has a default for each option that need not be given, and a line of help',
    { ...adds, options: { by: { ...options.by, help: '' } } },
  ],
  [
    'says float64 and gives float32',
    'tells grid and type before it computes, and they are the real ones',
    {
      ...adds,
      apply: (s: Subject) => onImages(s, (image) => ({ ...settled(added(image, 1)), dtype: 'float64' })),
    },
  ],
  [
    'computes before it is asked',
    'tells grid and type before it computes, and they are the real ones',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => eager(image)) },
  ],
  [
    'gives NaN',
    'gives entries that structuredClone copies, none of them NaN',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => added(image, Number.NaN)) },
  ],
  [
    'adds to labels too',
    'gives labels no new value but the fill, and keeps their type',
    {
      ...adds,
      apply: (s: Subject) =>
        Object.fromEntries(Object.entries(s).map(([name, e]) => [name, isVolume(e) ? added(e, 1) : e])),
    },
  ],
  [
    'ignores what was selected',
    'acts on what include names, and leaves what exclude names',
    {
      ...adds,
      apply: (_: Subject, { by }: { by: number }, { subject }: { subject: Subject }) =>
        onImages(subject, (image) => added(image, by)),
    },
  ],
  [
    'treats channels by their number',
    'treats the first channel of two as the only one',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => added(image, image.channels)) },
  ],
  [
    'needs a third dimension',
    'works on a single slice',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => added(image, 1 / (image.shape[2] - 1))) },
  ],
  [
    'is never the identity',
    'changes nothing, to the bit, where its options say so',
    { ...adds, apply: (s: Subject) => onImages(s, (image) => added(image, 1e-3)) },
  ],
  [
    'undoes too little',
    'undoes its intensities where asked, and only there',
    { ...adds, undo: (s: Subject, { by }: { by: number }) => onImages(s, (image) => added(image, -0.9 * by)) },
  ],
  [
    'leaves the points behind',
    'moves points as it moves images, on whatever grid these are',
    {
      ...shifts,
      apply: (s: Subject, { by }: { by: number }) => ({
        ...shifted(s, by),
        points: s['points'],
      }),
    },
    shiftExamples,
  ],
  [
    'goes by voxels, and not by the world',
    'moves points as it moves images, on whatever grid these are',
    {
      ...shifts,
      apply: (s: Subject, { by }: { by: number }) =>
        Object.fromEntries(
          Object.entries(shifted(s, by)).map(([name, e]) => [
            name,
            name === 'other' && isVolume(e) ? volume({ ...e, affine: shiftOrigin(e.affine, [1, 0, 0]) }) : e,
          ]),
        ),
    },
    shiftExamples,
  ],
  [
    'undoes it the wrong way',
    'undoes itself: labels but for their rims, points to 0.05 mm',
    { ...shifts, undo: (s: Subject, { by }: { by: number }) => shifted(s, by) },
    shiftExamples,
  ],
]

test.each(broken)('a transform that %s is caught by “%s”', (_, caught, definition, examples = {}) => {
  const cases = contract(define(definition as Definition), { ...addExamples, ...(examples as Partial<Examples>) })
  const { check } = cases.find(({ name }) => name === caught)!
  expect(check).toThrowError(expect.objectContaining({ code: 'contract' }))
})

test('passes are counted by the package that computes them, once each, and only while one counts', () => {
  const { image } = asymmetricSubject()
  const [a, b] = [added(image, 1), added(added(image, 1), 2)]
  expect(countPasses(() => [a.data, a.data, b.data])).toEqual({ test: 3 })
  expect(countPasses(() => [a.data, b.data])).toEqual({})
  expect(countPasses(() => {})).toEqual({})
})

test('counting ends where the work throws', () => {
  const late = added(asymmetricSubject().image, 1)
  let inner: object = {}
  expect(() =>
    countPasses(() => {
      throw new Error('stop')
    }),
  ).toThrow('stop')
  inner = countPasses(() => late.data)
  expect(inner).toEqual({ test: 1 })
})

test('the subject is the same each time, shares nothing, and has nothing in it that is symmetric or equal', () => {
  const [one, two] = [asymmetricSubject(), asymmetricSubject()]
  expect(one).toEqual(two)
  expect(one.image.data).not.toBe(two.image.data)
  expect(new Set(one.image.shape).size).toBe(3)
  expect(new Set(one.image.spacingMm).size).toBe(3)
  expect([...new Set(one.label.data)].sort()).toEqual([0, 1, 2, 7])
  for (const p of one.points.positions) {
    const inside = transformPoint(one.image.affine, [0, 0, 0]).map((x, axis) => Math.abs(x - p[axis]!) < 60)
    expect(inside).toEqual([true, true, true])
  }
})
