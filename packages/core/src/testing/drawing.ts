import { show } from '../error.ts'
import { replay, run } from '../run.ts'
import type { Trace } from '../trace.ts'
import { assert, assertSame } from './compare.ts'
import type { Case, Setup } from './contract.ts'

/** What a transform promises of its draws. */
export function drawing({ examples, registry, make, subject: makeSubject }: Setup): readonly Case[] {
  return [
    {
      name: 'gives the same bytes for the same seed',
      check() {
        const [first, second] = [run(make(), makeSubject(), { seed: 3 }), run(make(), makeSubject(), { seed: 3 })]
        assertSame(second.output, first.output, 'the second run')
        assert(JSON.stringify(second.trace) === JSON.stringify(first.trace), 'the second trace must be the first.')
      },
    },
    {
      name: examples.random ? 'draws anew for another seed' : 'draws nothing',
      check() {
        const subject = makeSubject()
        const drawn = Array.from({ length: 16 }, (_, seed) =>
          JSON.stringify(run(make(), subject, { seed, compute: false }).trace.steps),
        )
        const kinds = new Set(drawn).size
        if (examples.random) assert(kinds > 1, 'sixteen seeds must not all draw the same parameters.')
        else assert(kinds === 1, `sixteen seeds must draw the same parameters, got ${kinds} different ones.`)
      },
    },
    {
      name: 'draws parameters that survive JSON, and replays from them',
      check() {
        for (const seed of [1, 2, 3]) {
          const { output, trace } = run(make(), makeSubject(), { seed })
          for (const { params } of trace.steps) assertPlain(params, 'params')
          const read: Trace = JSON.parse(JSON.stringify(trace))
          const again = replay(read, makeSubject(), { registry })
          assertSame(again.output, output, 'the replay')
          assert(JSON.stringify(again.trace) === JSON.stringify(trace), "the replay's trace must be the run's.")
        }
      },
    },
  ]
}

/** Throws unless a value is what JSON gives back as it was. */
function assertPlain(value: unknown, path: string): void {
  const plain =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value) ||
    Array.isArray(value) ||
    (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
  assert(plain, `${path} must be plain JSON, got ${show(value)}.`)
  if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) assertPlain(one, `${path}.${key}`)
}
