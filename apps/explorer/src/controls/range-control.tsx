import type { Json, Range } from '@voxaug/core'
import type { ControlProps } from './control.ts'
import { type Extent, extentOf, numbersIn } from './extent.ts'
import { NumberField } from './number-field.tsx'
import { RangeSlider, Slider } from './slider.tsx'
import { wordsOf } from './words.ts'

/** How an amount is drawn, and how another way begins at the same values. */
const ways = {
  fixed: { text: 'fixed', from: (low: number, high: number): Range => (low + high) / 2 },
  uniform: { text: 'between', from: (low: number, high: number): Range => [low, high] },
  normal: {
    text: 'normal',
    from: (low: number, high: number): Range => ({ normal: { mean: (low + high) / 2, std: (high - low) / 4 || 1 } }),
  },
  logUniform: {
    text: 'log-uniform',
    from: (low: number, high: number): Range => ({ logUniform: [Math.max(low, 1e-3), Math.max(high, 1e-3)] }),
  },
  choice: {
    text: 'one of',
    from: (low: number, high: number): Range => ({ choice: low === high ? [low] : [low, high] }),
  },
} as const

type Way = keyof typeof ways

function wayOf(value: Range): Way {
  if (typeof value === 'number') return 'fixed'
  if (Array.isArray(value)) return 'uniform'
  return Object.keys(value)[0] as Way
}

/** Between which values most draws lie. */
function endsOf(range: Range, [least, most]: readonly [number, number] = [-Infinity, Infinity]): [number, number] {
  if (typeof range === 'object' && 'normal' in range) {
    const { mean, std } = range.normal
    return [Math.max(least, mean - 2 * std), Math.min(most, mean + 2 * std)]
  }
  const all = numbersIn(range)
  return [Math.min(...all), Math.max(...all)]
}

/** An amount: one number, one between two, or drawn in another way. */
export function RangeControl({ name, info, value, onChange, label }: ControlProps) {
  const range = (value ?? info.default ?? 0) as Range
  const { unit } = wordsOf(name)
  const extent = extentOf(name, info, range)
  const change = (next: Range) => onChange(next as Json)
  const [low, high] = endsOf(range, info.bounds)
  const canLog = (info.bounds?.[1] ?? Infinity) > 0
  return (
    <div class="range">
      <select
        class="quiet"
        aria-label={`${label}, how it is drawn`}
        value={wayOf(range)}
        onChange={({ currentTarget }) => change(ways[currentTarget.value as Way].from(low, high))}
      >
        {(Object.keys(ways) as Way[])
          .filter((way) => canLog || way !== 'logUniform')
          .map((way) => (
            <option key={way} value={way}>
              {ways[way].text}
            </option>
          ))}
      </select>
      <Amount range={range} extent={extent} unit={unit} label={label} onChange={change} />
    </div>
  )
}

function Amount({
  range,
  extent,
  unit,
  label,
  onChange,
}: {
  readonly range: Range
  readonly extent: Extent
  readonly unit: string
  readonly label: string
  readonly onChange: (range: Range) => void
}) {
  if (typeof range === 'number') return <Slider value={range} {...{ extent, unit, label, onChange }} />
  if (Array.isArray(range))
    return <RangeSlider value={range as [number, number]} {...{ extent, unit, label, onChange }} />
  if ('logUniform' in range)
    return (
      <RangeSlider
        value={range.logUniform}
        extent={{ ...extent, low: Math.max(extent.low, 1e-3), isLog: true }}
        unit={unit}
        label={label}
        onChange={(logUniform) => onChange({ logUniform })}
      />
    )
  if ('normal' in range) {
    const { mean, std } = range.normal
    const width = extent.isLog ? extent.high : extent.high - extent.low
    return (
      <div class="stack">
        <Slider
          value={mean}
          label={`${label}, mean`}
          onChange={(x) => onChange({ normal: { mean: x, std } })}
          {...{ extent, unit }}
        />
        <Slider
          value={std}
          label={`${label}, standard deviation`}
          unit="std"
          extent={{ low: 0, high: Math.max(width, std), isLog: false, isWhole: false }}
          onChange={(x) => onChange({ normal: { mean, std: Math.max(0, x) } })}
        />
      </div>
    )
  }
  if (!('choice' in range)) return null
  const { choice } = range
  return (
    <div class="row wrap">
      {choice.map((one, n) => (
        <NumberField
          key={n}
          value={one}
          label={`${label}, choice ${n + 1}`}
          onChange={(x) =>
            onChange({
              choice: x === undefined && choice.length > 1 ? choice.toSpliced(n, 1) : choice.with(n, x ?? one),
            })
          }
        />
      ))}
      <button
        type="button"
        class="quiet"
        aria-label={`${label}, another choice`}
        onClick={() => onChange({ choice: [...choice, choice.at(-1) ?? 0] })}
      >
        +
      </button>
      <span class="unit">{unit}</span>
    </div>
  )
}
