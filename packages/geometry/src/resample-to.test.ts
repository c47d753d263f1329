import { Compose, invert, run, type Volume, volume } from '@voxaug/core'
import { asymmetricSubject, countPasses } from '@voxaug/core/testing'
import { expect, test } from 'vitest'
import { Affine, ResampleTo } from './index.ts'

const grid = ({ shape, affine }: Volume) => ({ shape, affine })

test('every volume has the named one’s grid, which stays the same object', () => {
  const subject = asymmetricSubject()
  const { output } = run(ResampleTo({ entry: 'label' }), subject, { seed: 1 })
  expect(output.label).toBe(subject.label)
  expect(grid(output.image)).toEqual(grid(subject.label))
  expect(grid(output.second)).toEqual(grid(subject.label))
  expect(output.points).toEqual(subject.points)
})

test('a label map lies on its image’s grid then, and a mask may select by it', () => {
  const subject = asymmetricSubject()
  const { output } = run(ResampleTo({ entry: 'image', labelInterpolation: 'vote' }), subject, { seed: 1 })
  expect(grid(output.label)).toEqual(grid(subject.image))
  expect(new Set(output.label.data)).toEqual(new Set(subject.label.data))
})

test('it is the grid as it stands then, and joins the steps before in one pass', () => {
  const subject = asymmetricSubject()
  const steps = Compose([Affine({ rotationDegrees: 10 }), ResampleTo({ entry: 'label' })])
  expect(countPasses(() => run(steps, subject, { seed: 1 }))).toEqual({ spatial: 3 })
})

test('what comes back needs nothing of the name', () => {
  const subject = asymmetricSubject()
  const { output, trace } = run(ResampleTo({ entry: 'label' }), subject, { seed: 1 })
  expect(grid(invert(trace, { image: output.image }).output.image)).toEqual(grid(subject.image))
})

test.each([
  ['nothing', 'seg'],
  ['points', 'points'],
  ['a name of objects', 'constructor'],
])('%s is refused', (_, entry) => {
  const message = `there must be a volume named "${entry}"; there are image, second, label.`
  expect(() => run(ResampleTo({ entry }), asymmetricSubject())).toThrow(`geometry/ResampleTo: ${message}`)
})

test('a volume far away leaves nothing but the fill', () => {
  const image = volume({
    data: Int16Array.from({ length: 60 }, (_, n) => n + 3),
    shape: [3, 4, 5],
    spacingMm: [1, 1, 1],
  })
  const far = volume({
    data: new Uint8Array(8),
    shape: [2, 2, 2],
    affine: [1, 0, 0, 500, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  })
  const { output } = run(ResampleTo({ entry: 'far' }), { image, far }, { seed: 1 })
  expect([...output.image.data]).toEqual(new Array(8).fill(3))
})
