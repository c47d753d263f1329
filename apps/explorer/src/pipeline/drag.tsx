import { signal } from '@preact/signals'
import { doc, hasRoom, move } from '../state/document.ts'
import { findStep, type Place } from '../state/steps.ts'

/** The step that is being dragged. */
export const dragged = signal<number | undefined>(undefined)

/** A place between steps that takes one which is dropped there. */
export function DropLine({ at }: { readonly at: Place }) {
  const key = dragged.value
  if (key === undefined || isWithin(key, at.parent) || !hasRoom(at.parent, key)) return null
  return (
    <div
      class="drop-line"
      onDragEnter={({ currentTarget }) => currentTarget.classList.add('over')}
      onDragLeave={({ currentTarget }) => currentTarget.classList.remove('over')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        dragged.value = undefined
        move(key, at)
      }}
    />
  )
}

/** Whether a place is in the step itself. */
function isWithin(key: number, parent: number | undefined): boolean {
  if (parent === undefined) return false
  const node = findStep(doc.value.steps, key)
  return parent === key || findStep(node?.children ?? [], parent) !== undefined
}
