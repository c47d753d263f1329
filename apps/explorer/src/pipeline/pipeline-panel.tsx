import { NumberField } from '../controls/number-field.tsx'
import { Icon } from '../page/icons.tsx'
import { doc, endGesture, rollDice, setSeed } from '../state/document.ts'
import { problem } from '../state/runs.ts'
import { StepList } from './step-list.tsx'

/** The pipeline, and the seed that its draws come from. */
export function PipelinePanel({ onVariations }: { readonly onVariations: () => void }) {
  const { steps, seed } = doc.value
  const wrong = problem.value
  return (
    <section class="pipeline" aria-label="Pipeline">
      <div class="seed" onChange={endGesture}>
        <span aria-hidden="true">Seed</span>
        <NumberField
          isWhole
          value={seed}
          label="Seed"
          onChange={(x) => x !== undefined && Number.isSafeInteger(x) && x >= 0 && setSeed(x, 'seed')}
        />
        <button type="button" class="button" title="Another seed (R)" onClick={rollDice}>
          <Icon name="dice" /> Roll
        </button>
        <button type="button" class="button" title="What other seeds draw" onClick={onVariations}>
          <Icon name="sheet" /> 12 variations
        </button>
      </div>
      {wrong && wrong.key === undefined && (
        <p class="problem" role="alert">
          {wrong.message}
        </p>
      )}
      <StepList nodes={steps} parent={undefined} />
    </section>
  )
}
