import { useState } from 'preact/hooks'
import type { ControlProps } from './control.ts'
import { NumberField } from './number-field.tsx'

type Rows = readonly (readonly [label: string, weight: number])[]

/** How likely each label is: rows of a label and its weight, in the order in which they were written. */
export function OddsControl({ value, onChange, label }: ControlProps) {
  const given = Object.entries((value ?? { 1: 1 }) as Record<string, number>)
  const [written, setWritten] = useState<Rows>(given)
  // A record has its own order, which is not that of the rows.
  const rows = isSame(written, given) ? written : given
  const change = (next: Rows) => {
    const labels = next.map(([one]) => one)
    // Two rows of one label would become one.
    if (new Set(labels).size < labels.length) return
    setWritten(next)
    onChange(Object.fromEntries(next))
  }
  return (
    <div class="stack">
      {rows.map(([one, weight], n) => (
        <div class="row" key={n}>
          <NumberField
            isWhole
            whenDone
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

const isSame = (a: Rows, b: Rows) => {
  const weights = new Map(a)
  return a.length === b.length && b.every(([label, weight]) => weights.get(label) === weight)
}
