import { number, run, volume } from '@voxaug/core'
import { asymmetricSubject, contract } from '@voxaug/core/testing'
import { describe, expect, test } from 'vitest'
import { defineIntensity, enqueue } from './index.ts'

/** What somebody else may write: two queued steps, and an inverse by other parameters. */
const Window = defineIntensity({
  name: 'example/Window',
  help: 'Clips about a centre.',
  options: { center: number({ help: 'Centre.' }), width: number({ default: 50, bounds: [0, 1e6], help: 'Width.' }) },
  sample: ({ center, width }) => ({ min: center - width / 2, max: center + width / 2 }),
  apply: (image, { min, max }, { path, entry }) => {
    const transform = `example/Window of ${entry}`
    return enqueue(image, { transform, path, step: { step: 'clip', min, max } })
  },
})

describe('a transform that somebody else wrote keeps the contract:', () => {
  const examples = { options: { center: 10 }, random: false, identity: { center: 0, width: 1e6 }, bad: [{ width: -1 }] }
  for (const { name, check } of contract(Window, examples)) test(name, check)
})

test('it is applied to images alone, each by its name', () => {
  const { image, second, label, points } = asymmetricSubject()
  const { output } = run(Window({ center: 0, width: 1 }), { image, second, label, points })
  expect(Math.max(...output.image.data)).toBe(0.5)
  expect(output.label).toBe(label)
  expect(output.points).toBe(points)
})

test('a label map alone is left alone', () => {
  const label = volume({ data: Uint8Array.of(1, 2), shape: [2, 1, 1], kind: 'label' })
  expect(run(Window({ center: 0, width: 1 }), label).output).toBe(label)
})
