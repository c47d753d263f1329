import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passes, whole } from './arbitrary-pass.ts'
import { apply } from './reference.ts'
import type { Matrix, Window } from './stage.ts'
import { extentOf, tileOf } from './tiles.ts'

const shape = [256, 256, 192] as const
const turned = (axis: number, degrees: number): Matrix => {
  const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
  const [a, b] = [(axis + 1) % 3, (axis + 2) % 3]
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  matrix[5 * a] = c
  matrix[5 * b] = c
  matrix[4 * a + b] = -s
  matrix[4 * b + a] = s
  return matrix
}

describe('a tile', () => {
  test('is a plane where planes stay planes, and a block where rows or columns cross them', () => {
    expect(tileOf(turned(2, 12), whole(shape), 1024)).toMatchObject({ rows: 256, planes: 1 })
    const zoom = [0.6, 0, 0, 0, 0, 0.6, 0, 0, 0, 0, 0.6, 0]
    expect(tileOf(zoom, whole([160, 150, 120]), 640)).toMatchObject({ rows: 150, planes: 2 })
    expect(tileOf(zoom, whole([512, 512, 400]), 2048)).toMatchObject({ rows: 128, planes: 1 })
    expect(tileOf(zoom, whole(shape), 1024, true)).toMatchObject({ rows: 16, planes: 16 })
    expect(tileOf(turned(0, 12), whole(shape), 1024)).toMatchObject({ rows: 16, planes: 16 })
    expect(tileOf(turned(1, 12), whole(shape), 1024)).toMatchObject({ rows: 16, planes: 16 })
  })

  test('is never empty, nor larger than the window, nor of more bytes than stay in cache, but of one row', () => {
    fc.assert(
      fc.property(passes, fc.integer({ min: 1, max: 2 ** 20 }), ({ stages, grid }, rowBytes) => {
        const { rows, planes } = tileOf(stages[0]!.matrix, whole(grid), rowBytes)
        expect(rows).toBeGreaterThanOrEqual(1)
        expect(planes).toBeGreaterThanOrEqual(1)
        expect(rows).toBeLessThanOrEqual(grid[1])
        expect(planes).toBeLessThanOrEqual(grid[2])
        if (rows * planes > 1) expect(rows * planes * rowBytes).toBeLessThanOrEqual(2 ** 18)
      }),
    )
  })
})

test('an extent is what the corners of a part reach, of windows that go backwards too', () => {
  fc.assert(
    fc.property(passes, fc.boolean(), ({ stages, grid }, backwards) => {
      const { matrix } = stages[0]!
      const window: Window = backwards
        ? { base: [3, 5, 2], step: [-1, 1, -1], shape: grid }
        : { base: [1, 0, 4], step: [1, 1, 1], shape: grid }
      const part = {
        first: [0, grid[1] >> 1, grid[2] >> 1],
        shape: [grid[0], (grid[1] + 1) >> 1, (grid[2] + 1) >> 1],
      } as const
      const places = [0, 1, 2, 3, 4, 5, 6, 7].map((corner) =>
        apply(
          matrix,
          [0, 1, 2].map((axis) => {
            const n = part.first[axis]! + (corner & (1 << axis) ? part.shape[axis]! - 1 : 0)
            return window.base[axis]! + window.step[axis]! * n
          }) as unknown as readonly [number, number, number],
        ),
      )
      extentOf(matrix, window, part).forEach(([least, most], axis) => {
        const along = places.map((place) => place[axis]!)
        expect(least).toBeCloseTo(Math.min(...along), 6)
        expect(most).toBeCloseTo(Math.max(...along), 6)
      })
    }),
  )
})
