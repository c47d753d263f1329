import { Compose, createRegistry, pendingOf, replay, run, type Transform, type Volume, volume } from '@voxaug/core'
import { asymmetricSubject, countPasses } from '@voxaug/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClipRange, Gamma, Noise, ZScore } from './index.ts'
import plugin from './plugin.ts'

const registry = createRegistry(plugin)

const subject = () => {
  const { image, second } = asymmetricSubject() // 8640 voxels: more than two blocks of the kernels.
  const seg = volume({
    ...image,
    data: Uint8Array.from(image.data, (x, n) => (x > 0 || n % 7 === 0 ? 3 : 0)),
    kind: 'label',
  })
  const pair = volume({ ...image, data: Float32Array.from([...second.data, ...image.data]), channels: 2 })
  return { image, second, pair, seg }
}
/** Where the bits of two volumes first differ; −1 if nowhere. */
const differ = (a: Volume, b: Volume) => {
  const [x, y] = [new Uint32Array(a.data.buffer), new Uint32Array(b.data.buffer)]
  return x.length === y.length ? x.findIndex((bits, n) => bits !== y[n]) : 0
}

test('a queue computed in one pass gives the bits of its steps run one by one', () => {
  const step = fc.oneof(
    fc.record({ logGamma: fc.double({ min: -3, max: 3, noNaN: true }) }).map((given) => Gamma(given)),
    fc.record({ std: fc.double({ min: 0, max: 50, noNaN: true }) }).map((given) => Noise(given)),
    fc
      .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: 0, max: 99, noNaN: true }))
      .map(([min, width]) => ClipRange({ min, max: min + width })),
    fc
      .record({
        over: fc.constantFrom('all' as const, { label: 'seg' }),
        applyTo: fc.constantFrom('all' as const, 'selection' as const),
      })
      .map((given) => ZScore(given)),
  )
  const start = subject()
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 5 }), fc.nat(), (steps: readonly Transform[], seed) => {
      const { output, trace } = run(Compose(steps), start, { seed })
      const one = trace.steps.reduce(
        (before, _, n) => replay({ ...trace, steps: [trace.steps[n]!] }, before, { registry }).output,
        start,
      )
      for (const name of ['image', 'second', 'pair'] as const) expect(differ(output[name], one[name])).toBe(-1)
    }),
    { numRuns: 30 },
  )
})

test('a run of steps is one pass over each image, and none over a label map', () => {
  const steps = Compose([ClipRange({ min: -50, max: 90 }), Gamma(), Compose([Noise({ std: 2 })]), ZScore()])
  const start = subject()
  expect(countPasses(() => run(steps, start, { seed: 1 }))).toEqual({ intensity: 3 })
  const { passes } = run(steps, start, { seed: 1 }).trace
  expect(passes).toEqual({
    image: [{ by: 'intensity', path: 'Compose[0]', why: 'intensity steps' }],
    second: [{ by: 'intensity', path: 'Compose[0]', why: 'intensity steps' }],
    pair: [{ by: 'intensity', path: 'Compose[0]', why: 'intensity steps' }],
    seg: [],
  })
})

test('a queue is plain data: another executor may run it', () => {
  const { image, seg } = subject()
  const { output } = run(
    Compose([Noise({ std: 2 }), ZScore({ over: { label: 'seg' } })]),
    { image, seg },
    { seed: 1, compute: false },
  )
  const { by, source, queue } = pendingOf(output.image) as unknown as { by: string; source: unknown; queue: object[] }
  expect({ by, source }).toEqual({ by: 'intensity', source: image })
  expect(structuredClone(queue)).toEqual(queue)
  expect(queue).toMatchObject([
    { transform: 'intensity/Noise', path: 'Compose[0]', step: { step: 'noise', std: 2 } },
    { transform: 'intensity/ZScore', path: 'Compose[1]', step: { step: 'zscore', applyTo: 'all' } },
  ])
})

test('what waits between two runs is not spoilt by the second, read before or after it', () => {
  const { second } = subject()
  const wanted = run(Noise({ std: 1 }), second, { seed: 1 }).output.data
  for (const early of [true, false]) {
    const middle = run(Noise({ std: 1 }), second, { seed: 1, compute: false }).output
    if (early) expect(middle.data).toEqual(wanted)
    run(ClipRange({ min: 0, max: 0.1 }), middle, { seed: 1 })
    expect(middle.data).toEqual(wanted)
  }
})
