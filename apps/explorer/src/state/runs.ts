import { batch, computed, effect, signal } from '@preact/signals'
import type { After, AfterLabels, Recipe, Wanted } from '../engine/answers.ts'
import type { Histogram } from '../engine/histogram.ts'
import type { Window } from '../engine/picture.ts'
import type { Problem } from '../engine/problem.ts'
import { probeAgain } from './cursor.ts'
import { type Doc, doc, emitted, recipe, takeEdited } from './document.ts'
import { engine } from './engine.ts'
import { latest } from './latest.ts'
import { saveLink } from './links.ts'
import { look, part } from './look.ts'
import { tellError, valueIn } from './notice.ts'
import { before, channel, subject } from './subject.ts'

/** A run, with when the change was that it is of, and which step stood at each path then. */
export interface Shown extends After {
  readonly edited: number | undefined
  readonly keys: ReadonlyMap<string, number>
}

export const after = signal<Shown | undefined>(undefined)
export const afterLabels = signal<AfterLabels | undefined>(undefined)
/** What is wrong with the pipeline, and the step at fault. */
export const problem = signal<(Problem & { readonly key: number | undefined }) | undefined>(undefined)
export const histograms = signal<readonly [Histogram | undefined, Histogram | undefined]>([undefined, undefined])
/** Whether what is shown is not yet what the pipeline says. */
export const isRunning = signal(false)

const layouts = { side: 'itself', wipe: 'over before', difference: 'difference' } as const
const as = computed(() => layouts[look.value.layout])
const wantsDeformation = part('grid')
const wantsLabels = part('labels')
const windowBefore = part('windowBefore')
const windowAfter = part('windowAfter')

/** The last pipeline that worked: the one that a link is to. */
const worked = signal<Doc | undefined>(undefined)

interface Task {
  readonly doc: Doc
  readonly recipe: Recipe
  readonly wanted: Omit<Wanted, 'window'>
  readonly keys: ReadonlyMap<string, number>
  readonly edited: number | undefined
  readonly subject: number
}

const runLatest = latest(async (task: Task, isLast) => {
  isRunning.value = true
  await runAndShow(task, isLast)
  if (isLast()) isRunning.value = false
})

async function runAndShow(task: Task, isLast: () => boolean): Promise<void> {
  const { recipe, wanted, keys, edited } = task
  let wrong: Problem | undefined
  const found = await valueIn(engine.run(recipe, { ...wanted, window: windowAfter.peek() }), (told) => {
    wrong = told
  })
  // Another scan may have been opened meanwhile.
  if (subject.peek() !== task.subject) return
  if (wrong) problem.value = { ...wrong, key: keys.get(wrong.path) }
  // Before the page looks at anything else of the run: what is asked first is computed first.
  const label = found && wantsLabels.peek() && isLast() ? engine.labelsAfter() : undefined
  if (found) {
    batch(() => {
      problem.value = undefined
      after.value = { ...found, edited, keys }
      if (!wantsLabels.peek()) afterLabels.value = undefined
      worked.value = task.doc
    })
  }
  if (label) await showLabels(label)
  if (!isLast()) return
  probeAgain()
  const counted = await valueIn(engine.histograms(), tellError)
  if (counted) histograms.value = counted
}

interface SeenBefore {
  readonly subject: number
  readonly channel: number
  readonly window: Window | undefined
}

const showBefore = latest(async ({ subject: of, channel, window }: SeenBefore) => {
  const found = await valueIn(engine.showBefore(channel, window), tellError)
  // Another scan may have been opened meanwhile, and be what was found.
  if (found?.subject === of && subject.peek() === of) before.value = found
})

const paintAfter = latest(async (window: Window | undefined) => {
  const painted = await valueIn(engine.windowAfter(as.peek(), window), tellError)
  if (painted && after.value) after.value = { ...after.value, ...painted, edited: undefined }
})

async function showLabels(asked: ReturnType<typeof engine.labelsAfter>): Promise<void> {
  const found = await valueIn(asked, tellError)
  // They may have been switched off meanwhile.
  if (wantsLabels.peek()) afterLabels.value = found
}

/** Computes and shows again whatever changes. */
export function keepRunning(): void {
  let shown: number | undefined
  effect(() => {
    const wanted = { channel: channel.value, window: windowBefore.value }
    const now = subject.value
    if (now === undefined) return
    if (now !== shown) {
      // What is shown beside it must be of it.
      batch(() => {
        after.value = undefined
        afterLabels.value = undefined
        problem.value = undefined
      })
    }
    const isAsOpened = now !== shown && wanted.channel === 0 && !wanted.window
    shown = now
    if (!isAsOpened) showBefore({ ...wanted, subject: now })
  })
  effect(() => {
    if (subject.value === undefined) return
    runLatest({
      doc: doc.value,
      recipe: recipe.value,
      wanted: { as: as.value, deformation: wantsDeformation.value, channel: channel.value },
      keys: emitted.value.keys,
      edited: takeEdited(),
      subject: subject.value,
    })
  })
  effect(() => {
    const window = windowAfter.value
    if (after.peek()) paintAfter(window)
  })
  effect(() => {
    if (!wantsLabels.value) afterLabels.value = undefined
    else if (after.peek()) void showLabels(engine.labelsAfter())
  })
  effect(() => {
    if (worked.value) saveLink({ doc: worked.value, look: look.value })
  })
}
