import { show } from '../error.ts'
import { type Grid, inverse, spacingOf, transformPoint, type Vec3, voxelsOf } from '../grid.ts'
import { invert } from '../invert.ts'
import { run } from '../run.ts'
import { points } from '../subject.ts'
import type { Volume } from '../volume.ts'
import { assert, assertSame } from './compare.ts'
import type { Case, Setup } from './contract.ts'
import { obliqueGrid, worldRamp } from './fixtures.ts'

const seeds = [1, 2, 3]

/** What a transform promises of where things are, and of the way back. */
export function geometry({ factory: { definition }, examples, make, subject: makeSubject }: Setup): readonly Case[] {
  const cases: Case[] = []
  if (definition.changes === 'geometry' && !definition.order) {
    cases.push({
      name: 'moves points as it moves images, on whatever grid these are',
      check() {
        // Each point must be found where the ramps say that it came from, to the error of sampling them twice.
        let found = 0
        for (const seed of seeds) {
          const ramps = { image: worldRamp(obliqueGrid()), other: worldRamp(makeSubject().label) }
          const before = innerPoints(ramps.image)
          const { output } = run(make(), { ...ramps, points: points(before), ...examples.entries?.() }, { seed })
          for (const [n, p] of output.points.positions.entries()) {
            for (const name of ['image', 'other'] as const) {
              const seen = isInner(ramps[name], before[n]!) ? sampleRamp(output[name], p) : undefined
              if (!seen) continue
              found++
              assert(
                distance(seen, before[n]!) < 0.1 * Math.min(...spacingOf(output[name].affine)),
                `the point from ${show(before[n])} went to ${show(p)}, where ${name} has what was at ${show(seen)}.`,
              )
            }
          }
        }
        assert(found > 0, 'some points must stay within an image.')
      },
    })
  }
  if (!definition.undo) return cases
  if (definition.changes === 'intensity') {
    cases.push({
      name: 'undoes its intensities where asked, and only there',
      check() {
        for (const seed of seeds) {
          const subject = makeSubject()
          const { output, trace } = run(make(), subject, { seed })
          assertSame({ ...invert(trace, output).output }, { ...output }, 'invert, unasked')
          const { second } = invert(trace, output, { intensity: true }).output
          const [low, high] = [Math.min(...subject.second.data), Math.max(...subject.second.data)]
          const error = Math.max(...second.data.map((x, n) => Math.abs(x - subject.second.data[n]!)))
          assert(error <= 1e-3 * (high - low), `intensities must come back to 1e-3 of their range, got ${error}.`)
        }
      },
    })
    return cases
  }
  cases.push({
    name: 'undoes itself: labels but for their rims, points to 0.05 mm',
    check() {
      for (const seed of seeds) {
        const subject = makeSubject()
        const { output, trace } = run(make(), subject, { seed })
        const back = invert(trace, output)
        for (const [n, p] of back.output.points.positions.entries()) {
          const error = distance(p, subject.points.positions[n]!)
          assert(error < 0.05, `point ${n} must come back to 0.05 mm, got ${error} mm.`)
        }
        assertUndone(back.output.label, subject.label, back.covered['label']!, output.label)
      }
    },
  })
  return cases
}

/** Throws unless covered labels agree, but where another label is nearer than two samplings can tell apart. */
function assertUndone(got: Volume, wanted: Volume, covered: Volume, between: Volume): void {
  const head = ({ shape, affine }: Grid) => JSON.stringify([shape, affine])
  assert(head(got) === head(wanted), `the label must come back on its grid ${head(wanted)}, got ${head(got)}.`)
  const diagonal = ({ affine }: Grid) => distance(spacingOf(affine), [0, 0, 0])
  const radius = 0.6 * (diagonal(wanted) + diagonal(between))
  const reach = spacingOf(wanted.affine).map((s) => Math.ceil(radius / s)) as unknown as Vec3
  let compared = 0
  for (let n = 0; n < got.data.length; n++) {
    if (covered.data[n] === 0 || !isAloneAt(wanted, n, reach)) continue
    compared++
    assert(got.data[n] === wanted.data[n], `voxel ${n} must come back as ${wanted.data[n]}, got ${got.data[n]}.`)
  }
  assert(compared > 0, 'some labels must come back.')
}

/** Whether all voxels in a box about one, within the grid, have its label. */
function isAloneAt({ data, shape: [nx, ny, nz] }: Volume, n: number, [a, b, c]: Vec3): boolean {
  const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
  for (let z = Math.max(0, k - c); z <= Math.min(nz - 1, k + c); z++)
    for (let y = Math.max(0, j - b); y <= Math.min(ny - 1, j + b); y++)
      for (let x = Math.max(0, i - a); x <= Math.min(nx - 1, i + a); x++)
        if (data[x + nx * (y + ny * z)] !== data[n]) return false
  return true
}

/** Points within a grid, between its voxels. */
function innerPoints({ shape, affine }: Grid): readonly Vec3[] {
  const all: Vec3[] = []
  for (let k = 2.6; k < shape[2]; k += 2.6)
    for (let j = 2.8; j < shape[1]; j += 3.7)
      for (let i = 2.7; i < shape[0]; i += 3.2) all.push(transformPoint(affine, [i, j, k]))
  return all.filter((p) => isInner({ shape, affine }, p))
}

/** Whether a world point is so far within a grid that its neighbours after a motion come from within too. */
function isInner({ shape, affine }: Grid, p: Vec3): boolean {
  return transformPoint(inverse(affine), p).every((x, axis) => x >= 2.5 && x <= shape[axis]! - 3.5)
}

/** What a ramp has at a world point, trilinearly; undefined beyond its voxels. */
function sampleRamp(ramp: Volume, p: Vec3): Vec3 | undefined {
  const [x, y, z] = transformPoint(inverse(ramp.affine), p)
  const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)]
  const [nx, ny, nz] = ramp.shape
  if (i < 0 || j < 0 || k < 0 || i + 1 >= nx || j + 1 >= ny || k + 1 >= nz) return undefined
  const sum: [number, number, number] = [0, 0, 0]
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2]
    const weight = (a ? x - i : 1 - x + i) * (b ? y - j : 1 - y + j) * (c ? z - k : 1 - z + k)
    const n = i + a + nx * (j + b + ny * (k + c))
    for (const axis of [0, 1, 2] as const) sum[axis] += weight * ramp.data[n + axis * voxelsOf(ramp.shape)]!
  }
  return sum
}

const distance = (p: Vec3, q: Vec3): number =>
  Math.sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]))
