import type { ControlProps } from './control.ts'
import { extentOf } from './extent.ts'
import { RangeSlider } from './slider.tsx'
import { wordsOf } from './words.ts'

/** Two numbers, the first not above the second. */
export function IntervalControl({ name, info, value, onChange, label }: ControlProps) {
  const now =
    Array.isArray(value) && value.length === 2 ? (value as unknown as readonly [number, number]) : ([0, 1] as const)
  return (
    <RangeSlider
      value={now}
      extent={extentOf(name, info, now)}
      unit={wordsOf(name).unit}
      label={label}
      onChange={(next) => onChange([...next])}
    />
  )
}

/** How many: a whole number, or one between two. */
export function CountControl({ value, onChange, label }: ControlProps) {
  const now = (Array.isArray(value) ? value : [value ?? 1, value ?? 1]) as unknown as readonly [number, number]
  const extent = { low: 0, high: Math.max(8, ...now), isLog: false, isWhole: true }
  return (
    <RangeSlider
      value={now}
      extent={extent}
      unit=""
      label={label}
      onChange={([low, high]) => onChange(low === high ? low : [low, high])}
    />
  )
}
