import { computed, signal } from '@preact/signals'
import type { Json } from '@voxaug/core'
import type { Recipe } from '../engine/answers.ts'
import type { TransformInfo } from '../engine/catalog.ts'
import { createHistory } from './history.ts'
import { newStep } from './new-step.ts'
import { type Catalog, emit } from './pipeline.ts'
import {
  copyStep,
  findStep,
  insertStep,
  moveStep,
  type Place,
  placeOf,
  removeStep,
  type StepNode,
  updateStep,
} from './steps.ts'
import { entryNames } from './subject.ts'

/** What is undone and redone. */
export interface Doc {
  readonly steps: readonly StepNode[]
  readonly seed: number
}

export const history = createHistory<Doc>({ steps: [], seed: 7 })
export const { value: doc, canUndo, canRedo, undo, redo, endGesture } = history
export const catalog = signal<Catalog>(new Map())

/** The pipeline without the steps that are switched off. */
export const emitted = computed(() => emit(doc.value.steps, catalog.value))
export const recipe = computed((): Recipe => ({ json: emitted.value.json, seed: doc.value.seed }))

export const setSeed = (seed: number, gesture?: string): void => history.set({ ...doc.value, seed }, gesture)
export const rollDice = (): void => setSeed(crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000)

let edited: number | undefined

/** When a step was last changed, told once: the viewer says how long it took to show. */
export function takeEdited(): number | undefined {
  const at = edited
  edited = undefined
  return at
}

function edit(change: (steps: readonly StepNode[]) => readonly StepNode[], gesture?: string): void {
  const steps = change(doc.value.steps)
  // A step that is dropped where it was.
  if (steps === doc.value.steps) return
  edited = performance.now()
  history.set({ ...doc.value, steps }, gesture)
}

export const addStep = (info: TransformInfo, place?: Place): void =>
  edit((steps) =>
    insertStep(steps, place ?? { parent: undefined, index: steps.length }, newStep(info, entryNames.value)),
  )

export const removeOne = (key: number): void => edit((steps) => removeStep(steps, key))

export const toggle = (key: number): void =>
  edit((steps) => updateStep(steps, key, (node) => ({ ...node, on: !node.on })))

/** Whether a combinator may hold one step more, beside the one that is moved. */
export function hasRoom(parent: number | undefined, moved?: number): boolean {
  const holder = parent === undefined ? undefined : findStep(doc.value.steps, parent)
  if (!holder) return true
  const info = catalog.value.get(holder.transform)
  const held = (holder.children ?? []).filter(({ key }) => key !== moved)
  return held.length < (info?.options[info.steps ?? '']?.most ?? Infinity)
}

export function move(key: number, to: Place): void {
  if (hasRoom(to.parent, key)) edit((steps) => moveStep(steps, key, to))
}

export function duplicate(key: number): void {
  const place = placeOf(doc.value.steps, key)
  const node = findStep(doc.value.steps, key)
  if (place && node && hasRoom(place.parent))
    edit((steps) => insertStep(steps, { ...place, index: place.index + 1 }, copyStep(node)))
}

export const setId = (key: number, id: string | undefined): void =>
  edit((steps) => updateStep(steps, key, (node) => ({ ...node, id })), `${key} id`)

export const setWeight = (key: number, weight: number | undefined): void =>
  edit((steps) => updateStep(steps, key, (node) => ({ ...node, weight })), `${key} weight`)

/** Gives an option a value; undefined takes it away, so that the default holds. */
export function setOption(key: number, name: string, value: Json | undefined, gesture = `${key} ${name}`): void {
  const change = (node: StepNode): StepNode => {
    const { [name]: _, ...others } = node.options
    return { ...node, options: value === undefined ? others : { ...node.options, [name]: value } }
  }
  edit((steps) => updateStep(steps, key, change), gesture)
}

/** One alternative in place of the others. */
export function setAlternative(key: number, names: readonly string[], name: string, value: Json): void {
  edit((steps) =>
    updateStep(steps, key, (node) => {
      const others = Object.entries(node.options).filter(([other]) => !names.includes(other))
      return { ...node, options: { ...Object.fromEntries(others), [name]: value } }
    }),
  )
}
