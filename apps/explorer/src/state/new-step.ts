import type { Json } from '@voxaug/core'
import { startOf } from '../controls/controls.ts'
import type { TransformInfo } from '../engine/catalog.ts'
import { nextKey, type StepNode } from './steps.ts'

/** A new step: as its example shows well what it does, where the subject has the entries that the example reads; a combinator begins empty. */
export function newStep({ name, steps, example, options }: TransformInfo, entries: readonly string[]): StepNode {
  const node = { key: nextKey(), transform: name, on: true }
  if (steps) {
    const needed = Object.entries(options).filter(([key, { required }]) => required && key !== steps)
    return {
      ...node,
      options: Object.fromEntries(needed.map(([key, option]) => [key, startOf(option, entries)])),
      children: [],
    }
  }
  const shown = Object.entries((example.options ?? {}) as Record<string, Json>).flatMap(([key, value]) => {
    const option = options[key]
    const isThere =
      option?.type === 'entry'
        ? entries.includes(value as string)
        : labelsIn(value).every((one) => entries.includes(one))
    if (isThere) return [[key, value] as const]
    return option?.required ? [[key, startOf(option, entries)] as const] : []
  })
  return { ...node, options: Object.fromEntries(shown) }
}

/** The label maps that a value names, as `{ label: 'label' }` does. */
function labelsIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own =
    !Array.isArray(value) && typeof (value as { label?: unknown }).label === 'string'
      ? [(value as { label: string }).label]
      : []
  return [...own, ...Object.values(value).flatMap(labelsIn)]
}
