import type { ControlProps } from './control.ts'
import { extentOf } from './extent.ts'
import { Slider } from './slider.tsx'
import { wordsOf } from './words.ts'

/** A fixed number. */
export function NumberControl({ name, info, value, onChange, label }: ControlProps) {
  const now =
    typeof value === 'number'
      ? value
      : typeof info.default === 'number'
        ? info.default
        : Math.max(0, info.bounds?.[0] ?? 0)
  return (
    <Slider
      value={now}
      extent={extentOf(name, info, now)}
      unit={wordsOf(name).unit}
      label={label}
      onChange={onChange}
    />
  )
}
