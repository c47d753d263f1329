import { useSignal } from '@preact/signals'
import type { Json } from '@voxaug/core'
import { NumberField } from '../controls/number-field.tsx'
import type { TransformInfo } from '../engine/catalog.ts'
import { Icon } from '../page/icons.tsx'
import { catalog, doc, duplicate, endGesture, hasRoom, move, removeOne, setWeight, toggle } from '../state/document.ts'
import { isEmpty, shortName } from '../state/pipeline.ts'
import { after, problem } from '../state/runs.ts'
import { childrenOf, placeOf, type StepNode } from '../state/steps.ts'
import { DropLine, dragged } from './drag.tsx'
import { OptionFields } from './option-fields.tsx'
import { StepList } from './step-list.tsx'

/** One step: its name, whether it is on, its options, and the steps within it. */
export function StepCard({ node, weighted }: { readonly node: StepNode; readonly weighted: boolean }) {
  const isOpen = useSignal(true)
  const info = catalog.value.get(node.transform)
  if (!info) return null
  const wrong = problem.value?.key === node.key ? problem.value : undefined
  const name = shortName(node.transform)
  return (
    <li class={`step ${node.on ? '' : 'off'} ${wrong ? 'wrong' : ''}`} data-step={node.transform} data-key={node.key}>
      <DropLine at={placeOf(doc.value.steps, node.key)!} />
      <div
        class="step-head"
        draggable
        onDragStart={(event) => {
          event.stopPropagation()
          event.dataTransfer?.setData('text/plain', name)
          if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
          // Not at once: a page that changes under the pointer ends the drag.
          requestAnimationFrame(() => {
            dragged.value = node.key
          })
        }}
        onDragEnd={() => {
          dragged.value = undefined
        }}
        onKeyDown={(event) => event.altKey && moveByKey(event, node)}
      >
        <Icon name="grip" class="icon grip" />
        <button
          type="button"
          class="fold"
          aria-expanded={isOpen.value}
          title={info.help}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon name={isOpen.value ? 'down' : 'open'} />
          <span class="step-name">{name}</span>
          <span class="package">{node.transform.replace(/\/.*$/, '')}</span>
        </button>
        <div class="step-tools">
          <button
            type="button"
            class="tool"
            aria-label={`Move ${name} up`}
            title="Move up (Alt+↑)"
            onClick={() => shift(node, -1)}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            class="tool"
            aria-label={`Move ${name} down`}
            title="Move down (Alt+↓)"
            onClick={() => shift(node, 1)}
          >
            <Icon name="down" />
          </button>
          <button
            type="button"
            class="tool"
            aria-label={`Duplicate ${name}`}
            title="Duplicate"
            disabled={!hasRoom(placeOf(doc.value.steps, node.key)!.parent)}
            onClick={() => duplicate(node.key)}
          >
            <Icon name="copy" />
          </button>
          <button type="button" class="tool" aria-label={`Remove ${name}`} title="Remove" onClick={() => remove(node)}>
            <Icon name="remove" />
          </button>
          <input
            type="checkbox"
            class="switch"
            checked={node.on}
            aria-label={`${name} is on`}
            title="On or off"
            onChange={() => toggle(node.key)}
          />
        </div>
      </div>
      {wrong && (
        <p class="problem" role="alert">
          {wrong.message}
        </p>
      )}
      {isOpen.value && (
        // The change of an input ends its gesture: what follows is undone by itself.
        <div class="step-body" onChange={endGesture}>
          {weighted && (
            <div class="field">
              <span class="field-name">Weight</span>
              <NumberField
                value={node.weight}
                placeholder="1"
                label={`${name}, weight`}
                onChange={(weight) => setWeight(node.key, weight)}
              />
            </div>
          )}
          <OptionFields node={node} info={info} />
          {info.steps && <Held node={node} info={info} />}
          <Drawn node={node} />
        </div>
      )}
    </li>
  )
}

/** The steps of a combinator. */
function Held({ node, info }: { readonly node: StepNode; readonly info: TransformInfo }) {
  const most = info.options[info.steps!]?.most ?? Infinity
  const weighted = Object.values(info.options).some(({ type }) => type === 'weights')
  return (
    <>
      {isEmpty(node, catalog.value) && <p class="hint">Holds no step yet, and is left out until it does.</p>}
      <StepList nodes={node.children ?? []} parent={node.key} most={most} weighted={weighted} />
    </>
  )
}

/** What the last run drew for a step. */
function Drawn({ node }: { readonly node: StepNode }) {
  const found = after.value?.drawn.filter(({ path }) => after.value?.keys.get(path) === node.key) ?? []
  if (!node.on || found.length === 0) return null
  const text = found.map(({ params }) => summary(params)).filter((one) => one !== '')
  return text.length === 0 ? null : (
    <p class="drawn" title="What this seed drew">
      {text.join('; ')}
    </p>
  )
}

/** Parameters in one line; what is long is left out. */
function summary(params: Readonly<Record<string, Json>>): string {
  return Object.entries(params)
    .map(([key, value]) => [key, brief(value)] as const)
    .filter(([, text]) => text.length > 0 && text.length < 48)
    .map(([key, text]) => `${key} ${text}`)
    .join(', ')
}

function brief(value: Json): string {
  // Larger than any amount: the name of a stream.
  if (typeof value === 'number') return Math.abs(value) < 1e6 ? String(Number(value.toPrecision(3))) : ''
  if (Array.isArray(value)) {
    const each = value.map(brief)
    return each.includes('') ? '' : `[${each.join(', ')}]`
  }
  return typeof value === 'object' && value !== null ? '' : String(value)
}

/** Takes a step away; the focus goes to the next one, or to what adds another. */
function remove({ key }: StepNode): void {
  const place = placeOf(doc.value.steps, key)!
  const siblings = childrenOf(doc.value.steps, place.parent)
  const next = siblings[place.index + 1] ?? siblings[place.index - 1]
  removeOne(key)
  if (next) focusStep(next.key)
  else requestAnimationFrame(() => document.querySelector<HTMLElement>('.pipeline > .steps > .picker .add')?.focus())
}

/** Moves a step among its siblings; at either end, out of its combinator. */
function shift({ key }: StepNode, by: 1 | -1): void {
  const { steps } = doc.value
  const place = placeOf(steps, key)!
  const siblings = childrenOf(steps, place.parent)
  const index = place.index + by
  if (index >= 0 && index < siblings.length) move(key, { parent: place.parent, index: by > 0 ? index + 1 : index })
  else if (place.parent !== undefined) {
    const outer = placeOf(steps, place.parent)!
    move(key, { parent: outer.parent, index: by > 0 ? outer.index + 1 : outer.index })
  }
}

/** Alt with an arrow moves the step: up and down among its siblings, right into the combinator above it, left out of its own. */
function moveByKey(event: KeyboardEvent, node: StepNode): void {
  const { steps } = doc.value
  const place = placeOf(steps, node.key)!
  const above = childrenOf(steps, place.parent)[place.index - 1]
  if (event.key === 'ArrowUp') shift(node, -1)
  else if (event.key === 'ArrowDown') shift(node, 1)
  else if (event.key === 'ArrowRight' && above?.children)
    move(node.key, { parent: above.key, index: above.children.length })
  else if (event.key === 'ArrowLeft' && place.parent !== undefined) {
    const outer = placeOf(steps, place.parent)!
    move(node.key, { parent: outer.parent, index: outer.index + 1 })
  } else if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
  // Left would be the browser's way back.
  event.preventDefault()
  focusStep(node.key)
}

/** A step that is moved into another list is made anew there: the focus follows it. */
const focusStep = (key: number) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-key="${key}"] .fold`)?.focus())
