import { batch, computed, effect, signal } from '@preact/signals'
import type { Json, StepJson } from '@voxaug/core'
import { startOf } from '../controls/controls.ts'
import type { TransformInfo } from '../engine/catalog.ts'
import type { After, AfterLabels, Before, Probe, Recipe, Wanted } from '../engine/engine.ts'
import type { Histogram } from '../engine/histogram.ts'
import type { Window } from '../engine/picture.ts'
import type { Answer, Problem } from '../engine/problem.ts'
import type { Vec3 } from '../viewer/voxel-view.ts'
import { engine } from './engine.ts'
import { createHistory } from './history.ts'
import { latest } from './latest.ts'
import { firstLook, hashOf, type Look, linkFrom } from './link.ts'
import { type Catalog, emit, nodesFrom, placesOff } from './pipeline.ts'
import {
  copyStep,
  findStep,
  insertStep,
  moveStep,
  nextKey,
  type Place,
  placeOf,
  removeStep,
  type StepNode,
  updateStep,
} from './steps.ts'

/** What is undone and redone. */
export interface Doc {
  readonly steps: readonly StepNode[]
  readonly seed: number
}

/** Something to say that is not about a step: of a file, or a link. */
export interface Notice {
  readonly kind: 'error' | 'info'
  readonly text: string
}

const history = createHistory<Doc>({ steps: [], seed: 7 })
export const { canUndo, canRedo } = history
export const doc = history.value
export const catalog = signal<Catalog>(new Map())
export const look = signal<Look>(firstLook)
export const before = signal<Before | undefined>(undefined)
/** A run, with when the change was that it is of, and which step stood at each path then. */
export interface Shown extends After {
  readonly edited: number | undefined
  readonly keys: ReadonlyMap<string, number>
}
export const after = signal<Shown | undefined>(undefined)
export const afterLabels = signal<AfterLabels | undefined>(undefined)
/** What is wrong with the pipeline, and the step at fault. */
export const problem = signal<(Problem & { readonly key: number | undefined }) | undefined>(undefined)
export const notice = signal<Notice | undefined>(undefined)
/** What is being done that takes a while. */
export const busy = signal<string | undefined>('Opening the head …')
export const histograms = signal<readonly [Histogram | undefined, Histogram | undefined]>([undefined, undefined])
export const cursor = signal<
  { readonly mm: Vec3; readonly at: readonly [Probe | undefined, Probe | undefined] } | undefined
>(undefined)
export const channel = signal(0)
/** The windows that somebody set. */
export const windows = signal<{ readonly before?: Window | undefined; readonly after?: Window | undefined }>({})

/** The pipeline without the steps that are switched off. */
export const emitted = computed(() => emit(doc.value.steps, catalog.value))
export const recipe = computed((): Recipe => ({ json: emitted.value.json, seed: doc.value.seed }))

// Steps

/** When a step was last changed: the viewer says how long it took to show. */
let edited: number | undefined

const edit = (change: (steps: readonly StepNode[]) => readonly StepNode[], gesture?: string): void => {
  const steps = change(doc.value.steps)
  // A step that is dropped where it was.
  if (steps === doc.value.steps) return
  edited = performance.now()
  history.set({ ...doc.value, steps }, gesture)
}

/** Ends a gesture such as a slider's: the next change is undone by itself. */
export const endGesture = (): void => history.endGesture()
export const undo = (): void => history.undo()
export const redo = (): void => history.redo()
export const setSeed = (seed: number, gesture?: string): void => history.set({ ...doc.value, seed }, gesture)
export const rollDice = (): void => setSeed(crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000)

/** Entries of the subject that steps may read. */
export const entryNames = computed((): readonly string[] => {
  const now = before.value
  return now ? [...now.entries.map(({ entry }) => entry), ...now.extras] : ['image']
})

/** Those of them that are label maps. */
export const labelNames = computed((): readonly string[] =>
  (before.value?.entries ?? []).flatMap(({ entry, kind }) => (kind === 'label' ? [entry] : [])),
)

/** A new step: as its example shows well what it does, where the subject has what the example reads; a combinator begins empty. */
export function newStep({ name, steps, example, options }: TransformInfo): StepNode {
  const entries = entryNames.value
  const node = { key: nextKey(), transform: name, on: true }
  if (steps) {
    const needed = Object.entries(options).filter(([key, { required }]) => required && key !== steps)
    return {
      ...node,
      options: Object.fromEntries(needed.map(([key, option]) => [key, startOf(option, entries)])),
      children: [],
    }
  }
  const shown = Object.entries((example.options ?? {}) as Record<string, Json>).flatMap(([key, value]) => {
    const option = options[key]
    const isThere =
      option?.type === 'entry'
        ? entries.includes(value as string)
        : labelsIn(value).every((one) => entries.includes(one))
    if (isThere) return [[key, value] as const]
    return option?.required ? [[key, startOf(option, entries)] as const] : []
  })
  return { ...node, options: Object.fromEntries(shown) }
}

/** The label maps that a value names, as `{ label: 'label' }` does. */
function labelsIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own =
    !Array.isArray(value) && typeof (value as { label?: unknown }).label === 'string'
      ? [(value as { label: string }).label]
      : []
  return [...own, ...Object.values(value).flatMap(labelsIn)]
}

export const addStep = (info: TransformInfo, place?: Place): void =>
  edit((steps) => insertStep(steps, place ?? { parent: undefined, index: steps.length }, newStep(info)))
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
export const setId = (key: number, id: string | undefined): void =>
  edit((steps) => updateStep(steps, key, (node) => ({ ...node, id })), `${key} id`)
export const setWeight = (key: number, weight: number | undefined): void =>
  edit((steps) => updateStep(steps, key, (node) => ({ ...node, weight })), `${key} weight`)

export function duplicate(key: number): void {
  const place = placeOf(doc.value.steps, key)
  const node = findStep(doc.value.steps, key)
  if (place && node && hasRoom(place.parent))
    edit((steps) => insertStep(steps, { ...place, index: place.index + 1 }, copyStep(node)))
}

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

export const setLook = (change: Partial<Look>): void =>
  batch(() => {
    if (change.layout) windows.value = { before: windows.value.before }
    look.value = { ...look.value, ...change }
  })

// Runs

/** The value of an answer; a problem is told to `tell`. */
export async function valueIn<T>(asked: Promise<Answer<T>>, tell: (problem: Problem) => void): Promise<T | undefined> {
  try {
    const answer = await asked
    if ('value' in answer) return answer.value
    tell(answer.problem)
  } catch (error) {
    tell({
      code: 'unexpected',
      message: `Something went wrong: ${error instanceof Error ? error.message : String(error)}`,
      path: '',
    })
  }
  return undefined
}

export const tellError = ({ message }: Problem): void => {
  notice.value = { kind: 'error', text: message }
}

const as = computed(
  () => (({ side: 'itself', wipe: 'over before', difference: 'difference' }) as const)[look.value.layout],
)
const wantsDeformation = computed(() => look.value.grid)
const wantsLabels = computed(() => look.value.labels)
const subject = computed(() => before.value?.subject)

interface Task {
  readonly recipe: Recipe
  readonly wanted: Omit<Wanted, 'window'>
  readonly keys: ReadonlyMap<string, number>
  readonly edited: number | undefined
  readonly subject: number
}

/** Whether what is shown is not yet what the pipeline says. */
export const isRunning = signal(false)

const runLatest = latest(async (task: Task, isLast) => {
  isRunning.value = true
  await runAndShow(task, isLast)
  if (isLast()) isRunning.value = false
})

async function runAndShow({ recipe, wanted, keys, edited, subject: of }: Task, isLast: () => boolean): Promise<void> {
  const found = await valueIn(engine.run(recipe, { ...wanted, window: windows.peek().after }), (wrong) => {
    problem.value = { ...wrong, key: keys.get(wrong.path) }
  })
  // Another scan may have been opened meanwhile.
  if (subject.peek() !== of) return
  // Before the page looks at anything else of the run: what is asked first is computed first.
  const label = found && wantsLabels.peek() && isLast() ? engine.labelsAfter() : undefined
  if (found) {
    batch(() => {
      problem.value = undefined
      after.value = { ...found, edited, keys }
      if (!wantsLabels.peek()) afterLabels.value = undefined
    })
    saveLink()
  }
  if (label) afterLabels.value = await valueIn(label, tellError)
  if (!isLast()) return
  // The same place has another value now.
  if (place) probe(place)
  await tellHistograms()
}

/** Runs the pipeline again whenever what it is made of, or what is wanted of it, changes. */
export function keepRunning(): void {
  effect(() => {
    if (subject.value === undefined) return
    runLatest({
      recipe: recipe.value,
      wanted: { as: as.value, deformation: wantsDeformation.value, channel: channel.value },
      keys: emitted.value.keys,
      edited,
      subject: subject.value,
    })
    edited = undefined
  })
  effect(() => {
    const shows = wantsLabels.value
    if (after.peek()) void showLabels(shows)
  })
  // What is only looked at otherwise is in the address too.
  effect(() => {
    if (look.value && after.peek()) saveLink()
  })
}

async function showLabels(shows: boolean): Promise<void> {
  afterLabels.value = shows ? await valueIn(engine.labelsAfter(), tellError) : undefined
}

const tellHistograms = async () => {
  const found = await valueIn(engine.histograms(), tellError)
  if (found) histograms.value = found
}

const probeLatest = latest(async (mm: Vec3) => {
  if (!before.value) return
  const at = await valueIn(engine.probe(mm as [number, number, number], channel.value), tellError)
  if (at) cursor.value = { mm, at }
})
/** What somebody looks at. */
let place: Vec3 | undefined
export function probe(mm: Vec3): void {
  place = mm
  probeLatest(mm)
}

// Files

/** Puts what a file gave in place of what was there; a problem leaves that as it was. */
async function opening(what: string, asked: () => Promise<Answer<Before>>): Promise<boolean> {
  busy.value = what
  notice.value = undefined
  const found = await valueIn(asked(), tellError)
  busy.value = undefined
  if (!found) return false
  batch(() => {
    // What is shown beside it must be of it.
    if (found.subject !== subject.peek()) {
      after.value = undefined
      afterLabels.value = undefined
      problem.value = undefined
    }
    if (found.entries[0]?.file !== before.value?.entries[0]?.file) {
      windows.value = {}
      channel.value = 0
    }
    before.value = found
  })
  return true
}

export const openPhantom = (): Promise<boolean> => opening('Opening the head …', () => engine.openPhantom())
export const closeEntry = (entry: string): Promise<boolean> => opening('…', () => engine.close(entry))
export async function openFile(file: File, entry: string, kind: 'image' | 'label'): Promise<boolean> {
  return opening(`Reading ${file.name} …`, () => engine.open(file, file.name, entry, kind))
}

export async function setWindowBefore(window: Window | undefined): Promise<void> {
  windows.value = { ...windows.value, before: window }
  showBefore({ channel: channel.value, window })
}
export function setWindowAfter(given: Window | undefined): void {
  // A difference is as far from 0 on both sides.
  const half = given && (given[1] - given[0]) / 2
  const window: Window | undefined = half && as.value === 'difference' ? [-half, half] : given
  windows.value = { ...windows.value, after: window }
  paintAfter(window)
}
const paintAfter = latest(async (window: Window | undefined) => {
  const painted = await valueIn(engine.windowAfter(as.value, window), tellError)
  if (painted && after.value) after.value = { ...after.value, ...painted, edited: undefined }
})
export function setChannel(to: number): void {
  batch(() => {
    windows.value = {}
    channel.value = to
  })
  showBefore({ channel: to, window: undefined })
}
const showBefore = latest(async ({ channel, window }: { channel: number; window: Window | undefined }) => {
  const found = await valueIn(engine.showBefore(channel, window), tellError)
  if (found) before.value = found
})

// Links

let saved = ''
/** The part of the address behind the #, as the page stands. */
const currentHash = (): string => {
  const { steps, seed } = doc.value
  return hashOf(emit(steps, catalog.value, true).json.pipeline, seed, placesOff(steps, catalog.value), look.value)
}
/** A link to the page as it stands. */
export const linkToThis = (): string => location.href.replace(/#.*$/, '') + currentHash()

/** Puts the state into the address; a broken pipeline never gets there. */
function saveLink(): void {
  const hash = currentHash()
  if (hash === saved) return
  saved = hash
  saveSoon()
}
let timer: ReturnType<typeof setTimeout> | undefined
// A browser refuses addresses that change many times a second.
const saveSoon = () => {
  clearTimeout(timer)
  timer = setTimeout(() => window.history.replaceState(undefined, '', saved), 200)
}

/** Takes over the state of an address, once its pipeline is checked; else says what is wrong and leaves all as it is. */
export async function openLink(hash: string): Promise<boolean> {
  if (hash === saved) return false
  try {
    const link = linkFrom(hash)
    if (!link) return false
    return await openPipeline(link.pipeline, link.seed, link.off, link.look)
  } catch (error) {
    notice.value = { kind: 'error', text: (error as Error).message }
    keepAddress()
    return false
  }
}

/** A link that was refused leaves the address too: who loads the page again gets what they see. */
const keepAddress = () => saved !== '' && window.history.replaceState(undefined, '', saved)

/** Takes over a pipeline that somebody wrote. */
export async function openPipeline(
  json: unknown,
  seed: number,
  off: ReadonlySet<string> = new Set(),
  next: Look = look.value,
): Promise<boolean> {
  const checked = await valueIn(engine.check(json), ({ path, message }) => {
    notice.value = { kind: 'error', text: `The pipeline was refused: ${path && `${path} > `}${message}` }
  })
  if (checked && countOf(checked.pipeline) > mostSteps)
    notice.value = {
      kind: 'error',
      text: `The pipeline was refused: more than ${mostSteps} steps are too many for a page.`,
    }
  if (!checked || countOf(checked.pipeline) > mostSteps) {
    keepAddress()
    return false
  }
  batch(() => {
    notice.value = undefined
    look.value = next
    history.set({ steps: nodesFrom(checked.pipeline as readonly StepJson[], catalog.value, off), seed })
  })
  return true
}

/** More than anybody can look through. */
const mostSteps = 200
const countOf = (steps: readonly StepJson[]): number =>
  steps.reduce((sum, { options }) => sum + 1 + countOf((options?.['transforms'] ?? []) as readonly StepJson[]), 0)

// The start

/** What one sees first: a step of each kind. */
const first: readonly StepJson[] = [
  { transform: 'geometry/Affine', options: { rotationDegrees: [0, 0, [-20, 20]], scale: [0.9, 1.1] } },
  { transform: 'elastic/ElasticDeformation', options: { maxDisplacementMm: 10 } },
  { transform: 'intensity/Gamma', options: { logGamma: [-0.3, 0.3] } },
]

export async function start(): Promise<void> {
  const head = openPhantom()
  const infos = await valueIn(engine.catalog(), tellError)
  if (!infos) return
  catalog.value = new Map(infos.map((info) => [info.name, info]))
  const isOpened = await openLink(location.hash)
  history.begin(isOpened ? doc.value : { ...doc.value, steps: nodesFrom(first, catalog.value) })
  await head
}
