import type { Json } from '@voxaug/core'
import type { ControlProps } from './control.ts'
import { NumberField } from './number-field.tsx'

const axes = ['x', 'y', 'z'] as const
type Side = number | readonly [number, number]

/** Whole numbers of voxels before and behind, along each axis. */
export function MarginsControl({ value, onChange, label }: ControlProps) {
  const sides = (Array.isArray(value) ? value : [value ?? 0, value ?? 0, value ?? 0]) as readonly Side[]
  const pairs = sides.map((side) => (typeof side === 'number' ? [side, side] : [...side]))
  const change = (next: readonly (readonly number[])[]) =>
    onChange(next.map(([before, behind]) => (before === behind ? before! : [before!, behind!])) as Json)
  return (
    <div class="margins">
      {axes.map((axis, n) => (
        <div class="row" key={axis}>
          <span class="axis-name">{axis}</span>
          {(['before', 'behind'] as const).map((end, m) => (
            <NumberField
              key={end}
              isWhole
              value={pairs[n]?.[m]}
              label={`${label}, ${end} ${axis}`}
              onChange={(x) => x !== undefined && change(pairs.with(n, pairs[n]!.with(m, x)))}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
