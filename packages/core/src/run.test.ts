import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Compose, OneOf, RandomApply, SomeOf } from './combinators.ts'
import { VoxaugError } from './error.ts'
import { invert } from './invert.ts'
import { createRegistry } from './registry.ts'
import { replay, run } from './run.ts'
import { points, type Subject } from './subject.ts'
import { asymmetricSubject } from './testing/fixtures.ts'
import { Add, added, adds, onImages, Shift, shifts } from './testing/toys.ts'
import type { Trace } from './trace.ts'
import { define, type Transform } from './transform.ts'
import { type Pending, pendingOf, pendingVolume, type Volume, volume } from './volume.ts'

const image = volume({ data: Int16Array.of(0, 1, 2, 3), shape: [2, 2, 1] })
const drawn = (transform: Transform, seed = 1, more = {}) =>
  run(transform, image, { seed, compute: false, ...more }).trace.steps.map(({ params }) => params['by'])

/** Like Add, but of another name, and drawing as many numbers as it is told. */
const Greedy = define({
  ...adds,
  name: 'test/Greedy',
  sample: (_, random) => ({ by: Array.from({ length: 9 }, () => random.uniform())[8]! }),
})

describe('the trace', () => {
  const subject = asymmetricSubject()
  const { trace } = run(Compose([Shift({ by: 2 }), OneOf([Add({ by: 1, include: ['image'] })])]), subject, {
    seed: 7,
    key: 'sub-01',
    copy: 2,
  })
  test('holds seed, key and copy', () => {
    expect(trace).toMatchObject({ voxaug: 1, seed: 7, key: 'sub-01', copy: 2 })
  })
  test('holds each step with its path, parameters, frame, entries and the grids before it', () => {
    const { image, second, label } = subject
    const grid = ({ shape, affine }: Volume, by = 0) => ({
      shape,
      affine: affine.map((x, n) => (n === 3 ? x + by : x)),
    })
    expect(trace.steps).toEqual([
      {
        path: 'Compose[0]',
        transform: 'test/Shift',
        params: { by: 2 },
        grids: { image: grid(image), second: grid(second), label: grid(label) },
        frame: 'image',
      },
      {
        path: 'Compose[1] > OneOf[0]',
        transform: 'test/Add',
        params: { by: 1 },
        grids: { image: grid(image, 2), second: grid(second, 2), label: grid(label, 2) },
        frame: 'image',
        entries: ['image'],
      },
    ])
  })
  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace)
  })
  test('without a frame says so', () => {
    const { trace } = run(Shift({ by: 1 }), points([[1, 2, 3]]), { seed: 1 })
    expect(trace.steps).toEqual([{ path: '', transform: 'test/Shift', params: { by: 1 }, grids: {} }])
    expect(trace.passes).toEqual({ points: [] })
  })
})

describe('seed, key and copy', () => {
  test('each give other draws, and the same ones the same', () => {
    const base = drawn(Add())
    expect(drawn(Add())).toEqual(base)
    const others = [
      drawn(Add(), 2),
      drawn(Add(), 1, { key: 'a' }),
      drawn(Add(), 1, { key: 'b' }),
      drawn(Add(), 1, { copy: 1 }),
      drawn(Add(), 1, { copy: 2 }),
    ]
    expect(new Set([base, ...others].map(String)).size).toBe(6)
  })
  test('are what the defaults say', () => {
    expect(drawn(Add(), 1, { key: '', copy: 0 })).toEqual(drawn(Add()))
  })
  test('are drawn and recorded where not given', () => {
    const [first, second] = [run(Add(), image), run(Add(), image)]
    expect(first.trace.seed).not.toBe(second.trace.seed)
    expect(run(Add(), image, { seed: first.trace.seed }).output).toEqual(first.output)
  })
  test('are refused where wrong', () => {
    const refuse = (options: object) => expect(() => run(Add(), image, options))
    refuse({ seed: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got -1.]`,
    )
    refuse({ seed: '7' }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: seed must be a whole number from 0 to 2^53 − 1, got "7".]`,
    )
    refuse({ key: 5 }).toThrowErrorMatchingInlineSnapshot(`[VoxaugError: key must be a string, got 5.]`)
    refuse({ copy: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: copy must be a whole number from 0 up, got -1.]`,
    )
    refuse({ copy: 0.5 }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: copy must be a whole number from 0 up, got 0.5.]`,
    )
  })
})

describe('a step’s draws', () => {
  test('are the same alone as first in a pipeline', () => {
    expect(drawn(Compose([Add()]))).toEqual(drawn(Add()))
    expect(drawn(RandomApply(Add(), { probability: 1 }))).toEqual(
      drawn(Compose([RandomApply(Add(), { probability: 1 })])),
    )
  })
  test('differ from those of the next of its name', () => {
    const [first, second] = drawn(Compose([Add(), Add()]))
    expect(first).not.toBe(second)
  })
  test('stay when steps of another name come, go or draw more', () => {
    const [one, two] = drawn(Compose([Add(), Add()]))
    expect(drawn(Compose([Greedy(), Add(), Greedy(), Shift(), Add()])).filter((_, n) => n === 1 || n === 4)).toEqual([
      one,
      two,
    ])
  })
  test('stay when the step before is wrapped, for that is of another name', () => {
    const [, two] = drawn(Compose([Shift(), Add()]))
    expect(drawn(Compose([RandomApply(Shift(), { probability: 1 }), Add()]))[1]).toBe(two)
  })
  test('move on when one of its name comes before, unless it has an id', () => {
    const [one, two] = drawn(Compose([Add(), Add()]))
    expect(drawn(Compose([Add({ id: 'new' }), Add(), Add()])).slice(1)).toEqual([one, two])
    expect(drawn(Compose([Add(), Add(), Add()])).slice(1)).not.toEqual([one, two])
  })
  test('stay with an id, wherever the step goes among its siblings', () => {
    const named = Add({ id: 'mine' })
    const [here] = drawn(Compose([named, Add()]))
    expect(drawn(Compose([Add(), Add(), named]))[2]).toBe(here)
    expect(drawn(Compose([Add({ id: 'other' }), named]))[1]).toBe(here)
  })
  test('are alike for steps of one id, which is how draws are shared', () => {
    const [one, two] = drawn(Compose([Add({ id: 'same' }), Add({ id: 'same' })]))
    expect(one).toBe(two)
  })
  test('do not depend on which siblings a combinator chose', () => {
    const all = drawn(Compose([SomeOf([Add(), Add(), Add()], { count: 3 })]))
    for (let seed = 0; seed < 20; seed++) {
      const { steps } = run(SomeOf([Add(), Add(), Add()], { count: 2 }), image, { seed, compute: false }).trace
      const whole = drawn(SomeOf([Add(), Add(), Add()], { count: 3 }), seed)
      for (const { path, params } of steps) expect(params['by']).toBe(whole[Number(path.match(/\d/)![0])])
    }
    expect(all).toHaveLength(3)
  })
  test('stay whatever stands around, in general', () => {
    const stranger = fc.constantFrom(Greedy(), Shift(), OneOf([Add()]), Add({ id: 'x' }), RandomApply(Add()))
    const [one] = drawn(Compose([Add()]))
    fc.assert(
      fc.property(fc.array(stranger, { maxLength: 4 }), fc.array(stranger, { maxLength: 4 }), (before, behind) => {
        const { steps } = run(Compose([...before, Add(), ...behind]), image, { seed: 1, compute: false }).trace
        const mine = steps.find(({ path }) => path === `Compose[${before.length}]`)
        expect(mine!.params['by']).toBe(one)
      }),
    )
  })
})

describe('include and exclude', () => {
  const subject: Subject = { t1: image, t2: image, label: volume({ ...image, kind: 'label' }) }
  const acted = (common: object) => {
    const { output } = run(Shift({ by: 1, ...common }), subject, { seed: 1 })
    return Object.keys(subject).filter((name) => output[name] !== subject[name])
  }
  test('name the entries that a step acts on, or does not', () => {
    expect(acted({})).toEqual(['t1', 't2', 'label'])
    expect(acted({ include: ['label', 't1'] })).toEqual(['t1', 'label'])
    expect(acted({ exclude: ['t1'] })).toEqual(['t2', 'label'])
    expect(acted({ include: ['t1', 't2'], exclude: ['t1'] })).toEqual(['t2'])
    expect(acted({ include: ['t1'], exclude: ['t1'] })).toEqual([])
  })
  test('change no draw', () => {
    const by = (common: object) => run(Add(common), subject, { seed: 1 }).trace.steps[0]!.params
    expect(by({ include: ['t2'] })).toEqual(by({}))
  })
  test('must name what is there', () => {
    const nested = Compose([Add(), OneOf([Add({ include: ['t3'] })])])
    expect(() => run(nested, subject, { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[1] > OneOf[0] > test/Add: include and exclude must name entries of the subject (t1, t2, label), got "t3".]`,
    )
    expect(() => run(Add({ exclude: ['toString'] }), image, { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Add: include and exclude must name entries of the subject (image), got "toString".]`,
    )
  })
})

describe('errors and warnings', () => {
  const failing = (where: 'sample' | 'apply', error: Error) => {
    const fail = () => {
      throw error
    }
    return define({ ...adds, name: 'test/Fails', [where]: fail })()
  }
  test.each(['sample', 'apply'] as const)('an error in %s has the path before it', (where) => {
    const error = new VoxaugError('too-small', 'the grid is too small.', { transform: 'test/Fails' })
    const nested = Compose([Add(), Compose([]), OneOf([RandomApply(failing(where, error), { probability: 1 })])])
    expect(() => run(nested, image, { seed: 1 })).toThrow(
      'Compose[2] > OneOf[0] > RandomApply[0] > test/Fails: the grid is too small.',
    )
  })
  test('an error of a transform that stands alone has none', () => {
    const error = new VoxaugError('too-small', 'the grid is too small.', { transform: 'test/Fails' })
    expect(() => run(failing('apply', error), image)).toThrow(/^test\/Fails: the grid is too small\.$/)
  })
  test('a stranger’s error stays what it is', () => {
    const error = new TypeError('not ours')
    expect(() => run(Compose([failing('apply', error)]), image)).toThrow(error)
  })
  test('warnings of steps and of voxels come in the trace with their paths', () => {
    const Warns = define({
      ...adds,
      name: 'test/Warns',
      apply(selected, _, { path, warn }) {
        warn('early', 'seen when applied')
        return onImages(selected, ({ kind, shape, affine, channels, warnings }) =>
          pendingVolume(
            { kind, shape, affine, channels, dtype: 'float32', warnings },
            { by: 'test', source: image, passes: [], warnings: [] },
            (pending: Pending) => {
              pending.warnings.push({ code: 'late', message: 'seen when computed', path })
              return new Float32Array(4)
            },
          ),
        )
      },
    })
    const early = { code: 'early', message: 'seen when applied', path: 'Compose[1]' }
    const late = { code: 'late', message: 'seen when computed', path: 'Compose[1]' }
    const pipeline = Compose([Add({ by: 0 }), Warns()])
    expect(run(pipeline, image, { seed: 1 }).trace.warnings).toEqual([early, late])
    expect(run(pipeline, image, { seed: 1, compute: false }).trace.warnings).toEqual([early])
    expect(run(Compose([pipeline, Add()]), image, { seed: 1 }).trace.warnings.map(({ code }) => code)).toEqual([
      'early',
      'late',
    ])
  })
})

describe('voxels', () => {
  test('are computed before run returns, with no memory of how', () => {
    const { output } = run(Add({ by: 1 }), image, { seed: 1 })
    expect(Object.getOwnPropertyDescriptor(output, 'data')).toHaveProperty('value')
    expect(pendingOf(output)).toBeUndefined()
    expect(image.data[0]).toBe(0)
  })
  test('wait where compute is false, and the next run goes on from there', () => {
    const { output } = run(Add({ by: 1 }), image, { seed: 1, compute: false })
    expect(pendingOf(output)).toMatchObject({ by: 'test', source: image })
    expect(run(Add({ by: 2 }), output, { seed: 1 }).output.data).toEqual(Float32Array.of(3, 4, 5, 6))
  })
  test('that were pending on the way in, and that nothing touched, stay pending', () => {
    const pending = added(image, 1)
    const { output } = run(Add({ by: 1, include: ['b'] }), { a: pending, b: image }, { seed: 1 })
    expect(output.a).toBe(pending)
  })
  test('have the passes that they took in the trace', () => {
    const passes = [{ by: 'test', path: 'Compose[0]', why: 'to see' }]
    const { kind, shape, affine, channels, warnings } = image
    const like = { kind, shape, affine, channels, dtype: 'float32', warnings } as const
    const Passes = define({
      ...adds,
      apply: (selected) =>
        onImages(selected, (source) =>
          pendingVolume(like, { by: 'test', source, passes, warnings: [] }, () => new Float32Array(4)),
        ),
    })
    const { trace } = run(Compose([Passes({ include: ['a'] })]), { a: image, b: image }, { seed: 1 })
    expect(trace.passes).toEqual({ a: passes, b: [] })
  })
})

describe('replay', () => {
  const pipeline = Compose([Shift(), RandomApply(Add({ exclude: ['second'] }), { probability: 0.9 })])
  const subject = asymmetricSubject()
  const { output, trace } = run(pipeline, subject, { seed: 3 })
  const registry = createRegistry([Add, Shift])

  test('does the same again, from memory or from JSON', () => {
    expect(replay(trace, subject).output).toEqual(output)
    const read: Trace = JSON.parse(JSON.stringify(trace))
    expect(replay(read, subject, { registry })).toEqual({ output, trace })
  })
  test('does the same to another subject, of the entries of those names', () => {
    const other = { second: subject.second, more: subject.image, image: subject.image }
    const again = replay(trace, other)
    expect(again.trace.steps.map(({ params }) => params)).toEqual(trace.steps.map(({ params }) => params))
    expect(again.output.image).toEqual(output.image)
    expect(again.output.second).toEqual(output.second)
    // The step that left `second` alone had a list of names, and `more` is not in it.
    expect(again.output.more.data).toEqual(subject.image.data)
  })
  test('leaves voxels pending where told', () => {
    expect(pendingOf(replay(trace, subject, { compute: false }).output.image)).toBeDefined()
  })
  test('needs to know the transforms', () => {
    const read: Trace = JSON.parse(JSON.stringify(trace))
    expect(() => replay(read, subject)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a trace that was read from data needs { registry } to find test/Shift.]`,
    )
    expect(() => replay(read, subject, { registry: createRegistry([Add]) })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: the registry has no transform test/Shift.]`,
    )
  })
  test('refuses what is no trace', () => {
    for (const wrong of [undefined, null, {}, { voxaug: 2, passes: {}, steps: [] }, { voxaug: 1, steps: [] }])
      expect(() => replay(wrong as never, image)).toThrow('a trace must be a record with voxaug: 1, passes and steps.')
  })
})

describe('an entry that a transform fixes', () => {
  const { sample, ...like } = shifts
  const By = define({ ...like, name: 'test/By', fixes: () => ['second'], sample: () => ({ by: 1 }) })
  const subject = asymmetricSubject()
  test.each([
    ['anywhere in the pipeline', Compose([Add({ by: 1 }), OneOf([By()]), Shift({ by: 2 })])],
    ['by a step that was not drawn', Compose([Shift({ by: 2 }), RandomApply(By(), { probability: 0 })])],
  ])('is changed by no step, and by no inverse: %s', (_, transform) => {
    const { output, trace } = run(transform, subject, { seed: 1 })
    expect(output.second).toBe(subject.second)
    expect(output.image).not.toBe(subject.image)
    expect(replay(trace, subject).output.second).toBe(subject.second)
    expect(invert(trace, output, { intensity: true }).output.second).toBe(subject.second)
  })
})
