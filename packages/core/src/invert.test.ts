import { describe, expect, test } from 'vitest'
import { Compose } from './combinators.ts'
import { invert } from './invert.ts'
import { createRegistry } from './registry.ts'
import { run } from './run.ts'
import { type Points, points, type Subject } from './subject.ts'
import { asymmetricSubject } from './testing/fixtures.ts'
import { Add, adds, Shift, shifts } from './testing/toys.ts'
import type { Trace } from './trace.ts'
import { define } from './transform.ts'
import { volume } from './volume.ts'

const subject = asymmetricSubject()
const pipeline = Compose([Shift({ by: 2 }), Add({ by: 3 }), Shift({ by: 0.5 })])
const { output, trace } = run(pipeline, subject, { seed: 1 })

test('geometry is undone in reverse, intensity stays', () => {
  const back = invert(trace, output).output
  expect(back.points).toEqual(subject.points)
  expect(back.label).toEqual(subject.label)
  expect(back.image.affine).toEqual(subject.image.affine)
  expect(back.image.data[7]).toBe(subject.image.data[7]! + 3)
})

test('the last step is undone first', () => {
  const stretched = (selected: Subject, by: number): Subject =>
    Object.fromEntries(
      Object.entries(selected).map(([name, one]) => [
        name,
        points((one as Points).positions.map(([x, y, z]) => [x * by, y, z])),
      ]),
    )
  const Stretch = define({
    ...shifts,
    name: 'test/Stretch',
    apply: (selected, { by }) => stretched(selected, by),
    undo: (selected, { by }) => stretched(selected, 1 / by),
  })
  const landmarks = points([[3, 4, 5]])
  const { output, trace } = run(Compose([Shift({ by: 1 }), Stretch({ by: 4 }), Shift({ by: 2 })]), { landmarks })
  expect(output.landmarks).toEqual(points([[18, 4, 5]]))
  expect(invert(trace, output).output.landmarks).toEqual(landmarks)
})

test('intensity is undone where asked', () => {
  const back = invert(trace, output, { intensity: true }).output
  expect([...back.image.data]).toEqual([...subject.image.data])
})

test('a trace read from JSON needs a registry', () => {
  const read: Trace = JSON.parse(JSON.stringify(trace))
  expect(invert(read, output, { registry: createRegistry([Add, Shift]) }).output).toEqual(invert(trace, output).output)
  expect(() => invert(read, output)).toThrowErrorMatchingInlineSnapshot(
    `[VoxaugError: a trace that was read from data needs { registry } to find test/Shift.]`,
  )
})

test('an entry that the trace does not know goes with the frame, and a bare one comes back bare', () => {
  const { kind: _, ...grid } = output.image
  const prediction = volume({ ...grid, data: new Uint8Array(output.image.data.length), kind: 'label' })
  const back = invert(trace, { prediction }).output.prediction
  expect(back.affine).toEqual(subject.image.affine)
  expect(invert(trace, prediction).output).toEqual(back)
  expect(invert(trace, points([[2.5, 0, 0]])).output).toEqual(points([[0, 0, 0]]))
  const excluding = run(Shift({ by: 1, exclude: ['points'] }), subject, { seed: 1 }).trace
  const found = { found: points([[1, 0, 0]]) }
  expect(invert(excluding, found).output.found).toEqual(points([[0, 0, 0]]))
})

test('an entry that a step left alone is left alone on the way back', () => {
  const { trace, output } = run(Shift({ by: 1, exclude: ['label', 'points'] }), subject, { seed: 1 })
  const back = invert(trace, output).output
  expect(back.label).toBe(subject.label)
  expect(back.points).toBe(subject.points)
  expect(back.image.affine).toEqual(subject.image.affine)
})

test('what is covered is a label map for each volume, on its grid', () => {
  const { covered } = invert(trace, output)
  expect(Object.keys(covered)).toEqual(['image', 'second', 'label'])
  expect(covered['label']).toMatchObject({ kind: 'label', dtype: 'uint8', channels: 1, shape: subject.label.shape })
  expect(covered['label']!.affine).toEqual(subject.label.affine)
  expect(covered['image']!.data.every((x) => x === 1)).toBe(true)
})

describe('what cannot be undone', () => {
  const { undo: _, ...oneWay } = shifts
  const { undo: __, ...adding } = adds
  const Lost = define({ ...oneWay, name: 'test/Lost' })
  const Noise = define({ ...adding, name: 'test/Noise' })
  test('is refused with its path', () => {
    const { trace, output } = run(Compose([Add(), Lost()]), subject, { seed: 1 })
    expect(() => invert(trace, output)).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[1] > test/Lost: this step cannot be undone.]`,
    )
  })
  test('is no matter if it is intensity, unless that is asked for', () => {
    const { trace, output } = run(Compose([Shift({ by: 1 }), Noise()]), subject, { seed: 1 })
    expect(invert(trace, output).output.points).toEqual(subject.points)
    expect(() => invert(trace, output, { intensity: true })).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: Compose[1] > test/Noise: this step cannot be undone.]`,
    )
  })
})
