import { type Points, points, replay, type Subject, type Trace, type Vec3, type Volume } from '@voxaug/core'
import { expect } from 'vitest'
import { expectValues, type GridJson, make, registry, type Sample, settingsOf } from './volumes.ts'

// The other side of displacements.py.

/** A deformation by parameters that are given, volumes made by formula and points after it. */
export interface Golden {
  readonly name: string
  readonly transform: string
  readonly params: object
  readonly before: GridJson
  readonly samples: readonly Sample[]
  readonly points: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[]
}

/** A subject after the deformation, with further parameters. */
function deformed({ transform, params }: Golden, more: object, subject: Subject): Subject {
  const step = { path: '', transform, params: { ...params, ...more }, grids: {} }
  const trace: Trace = { voxaug: 1, seed: 0, key: '', copy: 0, passes: {}, warnings: [], steps: [step] }
  return replay(trace, subject, { registry }).output
}

/** Expects a sample's values of a golden, beside other entries. */
export function expectDeformed(golden: Golden, sample: Sample, others: Subject = {}): void {
  const subject = { frame: make('image', golden.before), [sample.of]: make(sample.of, golden.before), ...others }
  expectValues(deformed(golden, settingsOf(sample), subject)[sample.of] as Volume, sample, 0.5)
}

/** Expects each point of a golden where it goes. */
export function expectPushed(golden: Golden, others: Subject = {}): void {
  const from = points(golden.points.map((one) => one.from))
  const { positions } = deformed(golden, {}, { image: make('image', golden.before), from, ...others })['from'] as Points
  expect(positions.length).toBe(golden.points.length)
  for (const [n, p] of positions.entries()) {
    const to = golden.points[n]!.to as unknown as Vec3
    // Followed until 1e-6 mm is missing, where the field is at most some times as steep as the way.
    for (const axis of [0, 1, 2] as const) expect(Math.abs(p[axis] - to[axis])).toBeLessThan(1e-5)
  }
}
