import type { Json } from '@voxaug/core'
import type { ControlProps } from './control.ts'
import { NumberField } from './number-field.tsx'

const identity = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]

/** The three rows of an affine that are free. */
export function MatrixControl({ value, onChange, label }: ControlProps) {
  const flat = Array.isArray(value) ? (value.flat() as readonly number[]) : identity.flat()
  const rows = flat.length === 16 ? [0, 4, 8, 12].map((at) => flat.slice(at, at + 4)) : identity
  return (
    <div class="matrix">
      {rows
        .slice(0, 3)
        .map((row, r) =>
          row.map((x, c) => (
            <NumberField
              key={`${r} ${c}`}
              value={x}
              label={`${label}, row ${r + 1}, column ${c + 1}`}
              onChange={(next) => next !== undefined && onChange(rows.with(r, row.with(c, next)) as unknown as Json)}
            />
          )),
        )}
    </div>
  )
}
