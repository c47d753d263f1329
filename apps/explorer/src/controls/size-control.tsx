import type { ControlProps } from './control.ts'
import { NumberField } from './number-field.tsx'

const axes = ['x', 'y', 'z'] as const

/** Three whole numbers of voxels; an empty field leaves its axis whole, where that is allowed. */
export function SizeControl({ info, value, onChange, label }: ControlProps) {
  const now = Array.isArray(value) && value.length === 3 ? (value as readonly (number | null)[]) : [64, 64, 64]
  return (
    <div class="row">
      {axes.map((axis, n) => (
        <NumberField
          key={axis}
          isWhole
          value={now[n] ?? undefined}
          label={`${label}, ${axis}`}
          placeholder={info.nullable ? 'all' : axis}
          onChange={(x) => (x !== undefined || info.nullable) && onChange([...now.with(n, x ?? null)])}
        />
      ))}
    </div>
  )
}
