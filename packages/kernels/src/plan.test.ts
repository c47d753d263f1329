import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passes, whole } from './arbitrary-pass.ts'
import { planBytes, rowBufferBytes, writePlan } from './plan.ts'
import { reachOf } from './reach.ts'
import { apply } from './reference.ts'
import { compose, type Stage } from './stage.ts'

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
const plain: Stage = { matrix: identity, box: [4, 3, 2], fill: 0 }
const lattice = {
  shape: [7, 7, 7],
  nodes: new Float64Array(4 * 343),
  toDisplacement: identity,
  inverse: false,
} as const

test('a plan is as long as it says, wherever it is written', () => {
  fc.assert(
    fc.property(passes, fc.constantFrom(0, 16, 64), ({ stages, grid }, at) => {
      const bytes = planBytes(stages)
      const buffer = new ArrayBuffer(at + bytes + 64)
      const all = new Uint8Array(buffer).fill(0xa5)
      const window = whole(grid)
      const fills = stages.map(() => new Uint8Array(8))
      const layout = { plan: at, source: 0, rowBuffer: 0, plane: 0, line: 0, latticeSums: 0 }
      const sampling = {
        interpolation: 'linear',
        extension: undefined,
        extensionRoom: 0,
        order: 0,
        unfilteredZ: false,
      } as const
      writePlan(buffer, layout, stages, window, reachOf(stages, window), 4, sampling, fills)
      expect(all.subarray(0, at).every((byte) => byte === 0xa5)).toBe(true)
      expect(all.subarray(at + bytes).every((byte) => byte === 0xa5)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('rows are kept only for a pass through one displacement, forwards', () => {
  const forwards = { ...plain, displacement: lattice }
  const backwards = { ...plain, displacement: { ...lattice, inverse: true } }
  expect(rowBufferBytes([plain], 100)).toBe(0)
  expect(rowBufferBytes([backwards], 100)).toBe(0)
  expect(rowBufferBytes([forwards, forwards], 100)).toBe(0)
  expect(rowBufferBytes([forwards, backwards], 100)).toBe(0)
  expect(rowBufferBytes([plain, forwards, plain], 100)).toBeGreaterThan(100 * 28)
})

test('compose(a, b) is first b, then a', () => {
  const a = [1, 2, 0, 3, 0, 1, -1, 0.5, 2, 0, 1, -4]
  const b = [0, 1, 0, 5, -1, 0, 0, 2, 0.5, 0, 3, 1]
  expect(apply(compose(a, b), [1, 2, 3])).toEqual(apply(a, apply(b, [1, 2, 3])))
})
