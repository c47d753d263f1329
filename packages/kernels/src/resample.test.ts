import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ArbitraryPass, generator, passes, whole, windowsOf } from './arbitrary-pass.ts'
import { reachOf } from './reach.ts'
import { follow, linearAt, nearestAt } from './reference.ts'
import { type ResamplePass, resample, type VoxelArray } from './resample.ts'
import type { Matrix, Shape, Stage, Vec3, Window } from './stage.ts'

const identity: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
const types = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const

const sizeOf = (shape: Shape) => shape[0] * shape[1] * shape[2]
const shifted = (x: number, y = 0, z = 0): Matrix => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z]

function linear(source: VoxelArray, stages: readonly Stage[], window: Window): Float32Array {
  const out = new Float32Array(sizeOf(window.shape))
  resample({ source, stages, window, interpolation: 'linear' }, out)
  return out
}

function nearest<A extends VoxelArray>(source: A, stages: readonly Stage[], window: Window): A {
  const out = new (source.constructor as new (length: number) => A)(sizeOf(window.shape))
  resample({ source, stages, window, interpolation: 'nearest' }, out)
  return out
}

/** Noise in [0, 100). */
function noise(length: number, seed: number): Float32Array {
  const draw = generator(seed)
  return Float32Array.from({ length }, () => 100 * draw())
}

const bytesOf = ({ buffer, byteOffset, byteLength }: VoxelArray) => Buffer.from(buffer, byteOffset, byteLength)

/** Calls `visit` with each voxel of a window: its number, and its index on the grid. */
function eachVoxel({ base, step, shape }: Window, visit: (n: number, index: Vec3) => void): void {
  let n = 0
  for (let k = 0; k < shape[2]; k++)
    for (let j = 0; j < shape[1]; j++)
      for (let i = 0; i < shape[0]; i++)
        visit(n++, [base[0] + step[0] * i, base[1] + step[1] * j, base[2] + step[2] * k])
}

describe('identity', () => {
  test.each(types)('keeps the bytes: %o', (type) => {
    const source = new type(60).map((_, n) => 3 * n - 20)
    const stages = [{ matrix: identity, box: [3, 4, 5], fill: 0 }] as const
    expect(nearest(source, stages, whole([3, 4, 5]))).toEqual(source)
    expect(linear(source, stages, whole([3, 4, 5]))).toEqual(Float32Array.from(source))
  })
})

describe('by hand', () => {
  const row = Float32Array.of(10, 20, 40, 80)
  const along = (matrix: Matrix, count = 4) => [
    ...linear(row, [{ matrix, box: [4, 1, 1], fill: -1 }], whole([count, 1, 1])),
  ]

  test('between two voxels lies their mean', () => expect(along(shifted(0.5))).toEqual([15, 30, 60, 80]))
  test('within half a voxel of the outer centres, the edge; beyond, the fill', () => {
    expect(along(shifted(-0.5))).toEqual([10, 15, 30, 60])
    expect(along(shifted(-0.51))).toEqual([
      -1,
      expect.closeTo(14.9, 4),
      expect.closeTo(29.8, 4),
      expect.closeTo(59.6, 4),
    ])
    expect(along(shifted(0.51)).at(-1)).toBe(-1)
    expect(along(shifted(2), 6)).toEqual([40, 80, -1, -1, -1, -1])
  })
  test('nearest is ⌊x + ½⌋', () => {
    const at = (x: number) => [
      ...nearest(Int16Array.of(1, 2, 3, 4), [{ matrix: shifted(x), box: [4, 1, 1], fill: 9 }], whole([4, 1, 1])),
    ]
    expect(at(0.5)).toEqual([2, 3, 4, 4])
    expect(at(0.4999)).toEqual([1, 2, 3, 4])
    expect(at(-0.5)).toEqual([1, 2, 3, 4])
    expect(at(-0.501)).toEqual([9, 1, 2, 3])
  })
  test('no voxel is a blend with the fill', () => {
    const huge = linear(row, [{ matrix: shifted(0.3), box: [4, 1, 1], fill: 1e30 }], whole([5, 1, 1]))
    expect([...huge]).toEqual([13, 26, 52, 80, 1e30].map((x) => (x === 1e30 ? Math.fround(x) : expect.closeTo(x, 4))))
  })
  test('a point that leaves two boxes takes the fill of the first on its way from the output', () => {
    const stages = [
      { matrix: shifted(-10), box: [4, 1, 1], fill: 1 },
      { matrix: shifted(-10), box: [4, 1, 1], fill: 2 },
    ] as const
    expect([...linear(row, stages, whole([22, 1, 1]))]).toEqual([
      ...new Array<number>(10).fill(1),
      ...new Array<number>(4).fill(2),
      ...new Array<number>(8).fill(1),
    ])
  })
  test('a point within half a voxel of an intermediate grid is clamped to it before it goes on', () => {
    const stages = [
      { matrix: shifted(-0.4), box: [4, 1, 1], fill: 1 },
      { matrix: [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], box: [4, 1, 1], fill: 1 },
    ] as const
    // −0.4 is clamped to 0; unclamped, the second stage would take it to −0.8, outside.
    expect(linear(row, stages, whole([1, 1, 1]))[0]).toBe(10)
  })
})

/** What the reference has for one voxel; undefined where it is too near to a decision to say. */
function expected(pass: ArbitraryPass, source: Float32Array, index: Vec3, kind: 'linear' | 'nearest') {
  const { place, leaves, margin } = follow(pass.stages, index)
  if (margin < 2e-6) return undefined
  if (!place) return { value: pass.stages[leaves!]!.fill, exact: true }
  if (kind === 'linear') return { value: linearAt(source, pass.source, place), exact: false }
  const tie = place.some((x) => Math.abs(x - Math.floor(x) - 0.5) < 2e-6)
  return tie ? undefined : { value: nearestAt(source, pass.source, place), exact: true }
}

/** A position that errs by 1e-6 voxel along each axis, on noise in [0, 100); and float32 lerps. */
const tolerance = 3 * 1e-6 * 100 + 100 * 2 ** -21

describe('against the reference, on any stages', () => {
  const drawn = passes.chain((pass) => windowsOf(pass.grid).map((window) => ({ pass, window })))

  test('linear', () => {
    let compared = 0
    let filled = 0
    fc.assert(
      fc.property(passes, (pass) => {
        const source = noise(sizeOf(pass.source), pass.seed)
        const out = linear(source, pass.stages, whole(pass.grid))
        const wrong: unknown[] = []
        eachVoxel(whole(pass.grid), (n, index) => {
          const wanted = expected(pass, source, index, 'linear')
          if (!wanted) return
          compared++
          if (wanted.exact) filled++
          const most = wanted.exact ? 0 : tolerance
          if (!(Math.abs(out[n]! - wanted.value) <= most)) wrong.push([index, out[n], wanted])
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 300 },
    )
    // The draw reaches the data as well as the fills.
    expect(compared - filled).toBeGreaterThan(3_000)
    expect(filled).toBeGreaterThan(3_000)
  })

  test('through a lattice far finer than the grid, and far from its first voxel', () => {
    const shape: Shape = [64, 3, 2]
    const source = noise(sizeOf(shape), 3)
    const nodes = new Float64Array(4 * 10 * 7 * 7)
    for (let i = 3; i < 7; i++) nodes.set([0.7 * i - 3, 0.4, -0.3], 4 * (i + 10 * (3 + 7 * 3)))
    // Control points of 0.05 voxels: 4 to 6 of them about voxel 40, and 800 of them away from voxel 0.
    const toDisplacement = [20, 0.3, 0, 5 - 20 * 40, 0, 1, 0, 2, 0, 0, 1, 2.5]
    const lattice = { shape: [10, 7, 7], nodes, toDisplacement, inverse: false } as const
    const stages = [{ matrix: identity, displacement: lattice, box: shape, fill: -1 }]
    const out = linear(source, stages, whole(shape))
    let moved = 0
    eachVoxel(whole(shape), (n, index) => {
      const { value } = expected({ stages, grid: shape, source: shape, seed: 0 }, source, index, 'linear')!
      expect(Math.abs(out[n]! - value)).toBeLessThan(tolerance)
      if (value !== source[n]) moved++
    })
    expect(moved).toBeGreaterThan(0)
  })

  test('linear, from any type', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom(...types), ({ pass, window }, type) => {
        const source = type.from(noise(sizeOf(pass.source), pass.seed))
        expect(bytesOf(linear(source, pass.stages, window))).toEqual(
          bytesOf(linear(Float32Array.from(source), pass.stages, window)),
        )
      }),
      { numRuns: 100 },
    )
  })

  test('nearest, of any type', () => {
    fc.assert(
      fc.property(passes, fc.constantFrom(...types), ({ stages, ...rest }, type) => {
        // Fills that each type holds as they are.
        const pass = { ...rest, stages: stages.map((stage) => ({ ...stage, fill: Math.abs(stage.fill) })) }
        const source = type.from(noise(sizeOf(pass.source), pass.seed))
        const voxels = Float32Array.from(source)
        const out = nearest(source, pass.stages, whole(pass.grid))
        const wrong: unknown[] = []
        eachVoxel(whole(pass.grid), (n, index) => {
          const wanted = expected(pass, voxels, index, 'nearest')
          // A float64 is compared as the float32 nearest to it; noise has no others.
          if (wanted && Math.fround(out[n]!) !== wanted.value) wrong.push([index, out[n], wanted])
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('a part of a pass, walked forwards or backwards, has the whole’s very bits', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom('linear', 'nearest'), ({ pass, window }, kind) => {
        const source = noise(sizeOf(pass.source), pass.seed)
        const sample = kind === 'linear' ? linear : nearest
        const all = sample(source, pass.stages, whole(pass.grid))
        const out = sample(source, pass.stages, window)
        const wanted = new Float32Array(out.length)
        eachVoxel(window, (n, [i, j, k]) => {
          wanted[n] = all[i + pass.grid[0] * (j + pass.grid[1] * k)]!
        })
        expect(bytesOf(out)).toEqual(bytesOf(wanted))
      }),
      { numRuns: 300 },
    )
  })

  test('only what reachOf names is read, and only where it says so a fill is taken', () => {
    fc.assert(
      fc.property(drawn, ({ pass, window }) => {
        const { first, shape, leaves } = reachOf(pass.stages, window)
        const source = noise(sizeOf(pass.source), pass.seed)
        const poisoned = source.map((value, n) => {
          const [nx, ny] = pass.source
          const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
          return index.every((i, axis) => i >= first[axis]! && i < first[axis]! + shape[axis]!) ? value : Number.NaN
        })
        const unused = pass.stages.map((stage, n) => (leaves[n] ? stage : { ...stage, fill: Number.NaN }))
        const wanted = bytesOf(linear(source, pass.stages, window))
        expect(bytesOf(linear(poisoned, pass.stages, window))).toEqual(wanted)
        expect(bytesOf(linear(source, unused, window))).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })
})

describe('in parts', () => {
  const turn: Matrix = [0.9, -0.3, 0.1, 3, 0.3, 0.9, 0.05, -2, -0.1, 0, 1.1, 1]

  test('one plane alone has the bytes that it has among the others', () => {
    const shape: Shape = [70, 60, 50]
    const source = noise(sizeOf(shape), 5)
    const stages = [{ matrix: turn, box: shape, fill: -1 }]
    const out = linear(source, stages, whole(shape))
    for (const z of [0, 31, 49]) {
      const plane = linear(source, stages, { base: [0, 0, z], step: [1, 1, 1], shape: [70, 60, 1] })
      expect(bytesOf(plane)).toEqual(bytesOf(out.subarray(z * 4200, (z + 1) * 4200)))
    }
  })

  test('what would need more than a gigabyte is split along z', () => {
    // Never touched but at its ends, so that most of it is no memory at all.
    const box: Shape = [1024, 1024, 1030]
    const source = new Uint8Array(sizeOf(box))
    source[0] = 3
    source[source.length - 1] = 7
    const matrix: Matrix = [1023, 0, 0, 0, 0, 1023, 0, 0, 0, 0, 1029, 0]
    const out = nearest(source, [{ matrix, box, fill: 9 }], whole([2, 2, 2]))
    expect([...out]).toEqual([3, 0, 0, 0, 0, 0, 0, 7])
    expect([
      ...nearest(source, [{ matrix, box, fill: 9 }], { base: [1, 1, 1], step: [-1, -1, -1], shape: [2, 2, 2] }),
    ]).toEqual([...out].reverse())
  })

  test('memory that grew past 256 MiB and was dropped changes nothing', () => {
    const small: Shape = [33, 22, 11]
    const source = noise(sizeOf(small), 1)
    const once = linear(source, [{ matrix: turn, box: small, fill: -1 }], whole(small))
    const box: Shape = [512, 512, 300]
    const large = new Uint8Array(sizeOf(box))
    large[large.length - 1] = 200
    // A diagonal of the large source, so that all of it is within reach.
    const diagonal: Matrix = [511, 0, 0, 0, 511, 1, 0, 0, 299, 0, 1, 0]
    expect([...linear(large, [{ matrix: diagonal, box, fill: -1 }], whole([2, 1, 1]))]).toEqual([0, 200])
    expect(bytesOf(linear(source, [{ matrix: turn, box: small, fill: -1 }], whole(small)))).toEqual(bytesOf(once))
  })

  test('more than there can be is a RangeError that says how much', () => {
    const pass: ResamplePass = {
      source: new Float32Array(1),
      stages: [{ matrix: identity, box: [1, 1, 1], fill: 0 }],
      window: whole([2 ** 31, 1, 1]),
      interpolation: 'linear',
    }
    expect(() => resample(pass, new Float32Array(0))).toThrow(
      new RangeError('kernels: the engine cannot give 8193 MiB of WebAssembly memory.'),
    )
  })
})

describe('positions', () => {
  // 0, 1, 0, 1 … along one axis: the value between voxels is the position’s fraction, or 1 less it, to 24 bits.
  const parity = (shape: Shape, axis: number) => {
    const out = new Uint8Array(sizeOf(shape))
    eachVoxel(whole(shape), (n, index) => {
      out[n] = index[axis]! & 1
    })
    return out
  }

  test.each([0, 1, 2] as const)('err by less than 1e-6 voxel at 512 voxels along axis %i', (axis) => {
    const shape = [24, 24, 24].map((n, other) => (other === axis ? 512 : n)) as unknown as Shape
    const source = parity(shape, axis)
    const draw = generator(axis)
    for (let round = 0; round < 5; round++) {
      const small = () => 0.004 * (2 * draw() - 1)
      const matrix = [0, 1, 2].flatMap((row) => [
        ...[0, 1, 2].map((column) => (row === column ? 1 + small() : small())),
        3 * draw(),
      ])
      const stages = [{ matrix, box: shape, fill: -1 }]
      const out = linear(source, stages, whole(shape))
      let worst = 0
      let inside = 0
      for (let sample = 0; sample < 2000; sample++) {
        const index = shape.map((n) => Math.floor(n * draw())) as unknown as Vec3
        const { place, margin } = follow(stages, index)
        if (!place || margin < 1e-3) continue
        inside++
        const value = out[index[0] + shape[0] * (index[1] + shape[1] * index[2])]!
        worst = Math.max(worst, Math.abs(value - linearAt(source, shape, place)))
      }
      expect(inside).toBeGreaterThan(1000)
      expect(worst).toBeLessThan(1e-6)
    }
  })
})
