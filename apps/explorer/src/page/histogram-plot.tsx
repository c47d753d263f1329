import { short } from '../controls/words.ts'
import type { Histogram } from '../engine/histogram.ts'
import type { Window } from '../engine/picture.ts'

const [wide, high] = [256, 56]

/** How often values occur, on a logarithmic scale: the background would hide all else. What the window leaves out is dimmed. */
export function HistogramPlot({
  title,
  histogram,
  window,
}: {
  readonly title: string
  readonly histogram: Histogram | undefined
  readonly window: Window | undefined
}) {
  if (!histogram) return null
  const { min, max, counts } = histogram
  const heights = Array.from(counts, (n) => Math.log1p(n))
  const most = Math.max(...heights) || 1
  const step = wide / counts.length
  const path = heights.map((h, n) => `H${(n * step).toFixed(1)}V${(high - (h / most) * high).toFixed(1)}`).join('')
  const x = (value: number) => Math.min(wide, Math.max(0, ((value - min) / (max - min || 1)) * wide))
  return (
    <figure class="plot">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${wide} ${high}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram ${title.toLowerCase()}, ${short(min)} to ${short(max)}`}
      >
        <path d={`M0 ${high}${path}H${wide}V${high}z`} />
        {window && (
          <>
            <rect class="beyond" x={0} y={0} width={x(window[0])} height={high} />
            <rect class="beyond" x={x(window[1])} y={0} width={wide - x(window[1])} height={high} />
          </>
        )}
      </svg>
      <div class="ends">
        <span>{short(Number(min.toPrecision(3)))}</span>
        <span>{short(Number(max.toPrecision(3)))}</span>
      </div>
    </figure>
  )
}
