import type { ControlProps } from './control.ts'
import { NumberField } from './number-field.tsx'

/** How likely each label is: rows of a label and its weight. */
export function OddsControl({ value, onChange, label }: ControlProps) {
  const rows = Object.entries((value ?? { 1: 1 }) as Record<string, number>)
  const change = (next: readonly (readonly [string, number])[]) => onChange(Object.fromEntries(next))
  return (
    <div class="stack">
      {rows.map(([one, weight], n) => (
        <div class="row" key={n}>
          <NumberField
            isWhole
            value={Number(one)}
            label={`${label}, label ${n + 1}`}
            onChange={(x) => change(x === undefined ? rows.toSpliced(n, 1) : rows.with(n, [String(x), weight]))}
          />
          <span class="unit">weight</span>
          <NumberField
            value={weight}
            label={`${label}, weight ${n + 1}`}
            onChange={(x) => x !== undefined && change(rows.with(n, [one, x]))}
          />
        </div>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => change([...rows, [String(1 + Math.max(0, ...rows.map(([one]) => Number(one)))), 1]])}
      >
        + another label
      </button>
    </div>
  )
}
