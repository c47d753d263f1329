import { short } from '../controls/words.ts'
import type { Probe } from '../engine/answers.ts'
import { cursor } from '../state/cursor.ts'
import { look } from '../state/look.ts'
import { after, afterLabels, histograms } from '../state/runs.ts'
import { before } from '../state/subject.ts'
import { HistogramPlot } from './histogram-plot.tsx'

/** Below the images: what lies under the cursor, how values are spread, and what the run cost. */
export function Status() {
  return (
    <section class="status" aria-label="Values and times">
      <Cursor />
      <div class="plots">
        <HistogramPlot title="Before" histogram={histograms.value[0]} window={before.value?.window} />
        <HistogramPlot
          title="After"
          histogram={histograms.value[1]}
          window={look.value.layout === 'difference' ? undefined : after.value?.window}
        />
      </div>
      <Passes />
    </section>
  )
}

function Cursor() {
  const now = cursor.value
  const [from, to] = now?.at ?? []
  return (
    <table class="cursor">
      <caption>Under the cursor</caption>
      <tbody>
        <tr>
          <th scope="row">mm</th>
          <td colspan={2}>{now ? now.mm.map((x) => x.toFixed(1)).join(', ') : '–'}</td>
        </tr>
        <Row name="voxel" values={[from, to].map((one) => one?.voxel.join(', '))} />
        <Row name="value" values={[from, to].map(valueIn)} />
        <Row
          name="label"
          values={[from, to].map((one) => (one?.label === undefined ? undefined : String(one.label)))}
        />
      </tbody>
    </table>
  )
}

const valueIn = (one: Probe | undefined) =>
  one?.value === undefined ? undefined : short(Number(one.value.toPrecision(4)))

function Row({
  name,
  values: [from, to],
}: {
  readonly name: string
  readonly values: readonly (string | undefined)[]
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{from ?? '–'}</td>
      <td>{to ?? '–'}</td>
    </tr>
  )
}

function Passes() {
  const now = after.value
  if (!now) return null
  const { image, warnings, reducedTo } = now
  const passes = [...now.passes, ...(afterLabels.value?.passes ?? [])]
  const ms = passes.reduce((sum, pass) => sum + pass.ms, 0)
  const voxels = passes.reduce((sum, pass) => sum + pass.voxels, 0)
  const all = [...(before.value?.warnings ?? []), ...warnings]
  return (
    <div class="passes">
      <p>
        <b>After</b> {image.shape.join(' × ')}, {image.spacingMm.map((x) => Number(x.toFixed(2))).join(' × ')} mm,{' '}
        {image.orientation}, {image.dtype}
        {reducedTo && <em> shown reduced to {reducedTo.join(' × ')}: the whole is too large for the viewer</em>}
      </p>
      {passes.length === 0 ? (
        <p>No pass over the voxels: nothing changes them.</p>
      ) : (
        <>
          <p class="rate">
            <output data-testid="ms">{ms.toFixed(0)}</output> ms in {passes.length}{' '}
            {passes.length === 1 ? 'pass' : 'passes'}, {((voxels / ms) * 1e-3).toFixed(0)} million voxels a second
          </p>
          <ul>
            {passes.map((pass, n) => (
              <li key={n} title={pass.path}>
                <span>
                  {pass.entry}: {pass.why}
                </span>
                <span>{pass.ms.toFixed(1)} ms</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {all.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {all.map(({ path, message }, n) => (
            <li key={n}>
              {path && `${path}: `}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
