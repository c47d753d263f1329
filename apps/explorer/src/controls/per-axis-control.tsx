import type { Json, PerAxis, Range } from '@voxaug/core'
import type { ControlProps } from './control.ts'
import { RangeControl } from './range-control.tsx'

const axes = ['x', 'y', 'z'] as const

/** One amount for all axes, or one for each. */
export function PerAxisControl({ value, onChange, label, info, ...rest }: ControlProps) {
  const given = (value ?? info.default ?? 0) as PerAxis
  const isEach = Array.isArray(given) && given.length === 3
  return (
    <div class="stack">
      <label class="check small">
        <input
          type="checkbox"
          checked={isEach}
          onChange={() => onChange((isEach ? (given as readonly Json[])[0]! : [given, given, given]) as Json)}
        />
        {info.shared ? 'each axis by itself' : 'a range for each axis'}
      </label>
      {isEach ? (
        axes.map((axis, n) => (
          <div class="axis" key={axis}>
            <span class="axis-name">{axis}</span>
            <RangeControl
              {...rest}
              info={info}
              label={`${label}, ${axis}`}
              value={(given as readonly Range[])[n] as Json}
              onChange={(one) => onChange((given as readonly Json[]).with(n, one) as Json)}
            />
          </div>
        ))
      ) : (
        <RangeControl {...rest} info={info} label={label} value={given as Json} onChange={onChange} />
      )}
    </div>
  )
}
