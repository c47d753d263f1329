import type { StepNode } from '../state/steps.ts'
import { DropLine } from './drag.tsx'
import { Picker } from './picker.tsx'
import { StepCard } from './step-card.tsx'

/** Steps, one below the other, and what adds another. */
export function StepList({
  nodes,
  parent,
  most = Infinity,
  weighted = false,
}: {
  readonly nodes: readonly StepNode[]
  readonly parent: number | undefined
  readonly most?: number
  readonly weighted?: boolean
}) {
  const end = { parent, index: nodes.length }
  return (
    <div class="steps">
      <ol>
        {nodes.map((node) => (
          <StepCard key={node.key} node={node} weighted={weighted} />
        ))}
      </ol>
      {nodes.length < most && (
        <>
          <DropLine at={end} />
          <Picker at={end} />
        </>
      )}
    </div>
  )
}
