import { useRef } from 'preact/hooks'
import { type Extent, tickOf, ticks, valueAt } from './extent.ts'
import { NumberField } from './number-field.tsx'

/** A slider's ends, which stay where they are while it is dragged: a value that comes back from beyond would draw them along. */
function useHeld(extent: Extent) {
  const held = useRef<Extent | undefined>(undefined)
  return {
    extent: held.current ?? extent,
    hold: {
      onPointerDown: () => {
        held.current = extent
      },
      onPointerUp: () => {
        held.current = undefined
      },
      onPointerCancel: () => {
        held.current = undefined
      },
    },
  }
}

/** A slider with one thumb, and its number beside it. */
export function Slider({
  extent: natural,
  value,
  onChange,
  label,
  unit,
}: {
  readonly extent: Extent
  readonly value: number
  readonly onChange: (value: number) => void
  readonly label: string
  readonly unit: string
}) {
  const { extent, hold } = useHeld(natural)
  const tick = tickOf(extent, value)
  // The bar begins at what changes nothing: 0, or a factor of 1.
  const neutral = extent.isLog ? 1 : 0
  const zero = extent.low < neutral && extent.high > neutral ? tickOf(extent, neutral) : 0
  return (
    <div class="slider">
      <div class="track" style={{ '--from': Math.min(zero, tick) / ticks, '--to': Math.max(zero, tick) / ticks }}>
        <input
          type="range"
          {...hold}
          min={0}
          max={ticks}
          value={tick}
          aria-label={label}
          aria-valuetext={`${value} ${unit}`}
          onInput={({ currentTarget }) => onChange(valueAt(extent, Number(currentTarget.value)))}
        />
      </div>
      <NumberField
        value={value}
        label={label}
        isWhole={extent.isWhole}
        onChange={(x) => x !== undefined && onChange(x)}
      />
      <span class="unit">{unit}</span>
    </div>
  )
}

/** A slider with two thumbs, the lower and the upper end of what is drawn, and their numbers. */
export function RangeSlider({
  extent: natural,
  value: [low, high],
  onChange,
  label,
  unit,
}: {
  readonly extent: Extent
  readonly value: readonly [number, number]
  readonly onChange: (value: readonly [number, number]) => void
  readonly label: string
  readonly unit: string
}) {
  const { extent, hold } = useHeld(natural)
  const [from, to] = [tickOf(extent, low), tickOf(extent, high)]
  return (
    <div class="slider two">
      <NumberField
        value={low}
        label={`${label}, from`}
        isWhole={extent.isWhole}
        onChange={(x) => x !== undefined && onChange([x, Math.max(x, high)])}
      />
      <div class="track" style={{ '--from': from / ticks, '--to': to / ticks }}>
        <input
          type="range"
          {...hold}
          min={0}
          max={ticks}
          value={from}
          aria-label={`${label}, from`}
          aria-valuetext={`${low} ${unit}`}
          onInput={({ currentTarget }) => {
            const x = valueAt(extent, Number(currentTarget.value))
            onChange([Math.min(x, high), high])
            currentTarget.value = String(Math.min(to, Number(currentTarget.value)))
          }}
        />
        <input
          type="range"
          {...hold}
          min={0}
          max={ticks}
          value={to}
          aria-label={`${label}, to`}
          aria-valuetext={`${high} ${unit}`}
          onInput={({ currentTarget }) => {
            const x = valueAt(extent, Number(currentTarget.value))
            onChange([low, Math.max(x, low)])
            currentTarget.value = String(Math.max(from, Number(currentTarget.value)))
          }}
        />
      </div>
      <NumberField
        value={high}
        label={`${label}, to`}
        isWhole={extent.isWhole}
        onChange={(x) => x !== undefined && onChange([Math.min(low, x), x])}
      />
      <span class="unit">{unit}</span>
    </div>
  )
}
