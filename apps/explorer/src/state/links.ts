import { batch } from '@preact/signals'
import type { StepJson } from '@voxaug/core'
import { catalog, type Doc, doc, history } from './document.ts'
import { engine } from './engine.ts'
import { latest } from './latest.ts'
import { hashOf, linkFrom } from './link.ts'
import { bringLook, type Look } from './look.ts'
import { notice, tellError, valueIn } from './notice.ts'
import { emit, type Marked, nodesFrom, placesOff } from './pipeline.ts'
import { withStandIns } from './stand-ins.ts'
import { allSteps } from './steps.ts'

let saved = ''

/** A link to the last state of the page that could be run. */
export const linkToThis = (): string => location.href.replace(/#.*$/, '') + saved

/** Puts a state that was run into the address. */
export const saveLink = latest(async ({ doc, look }: { readonly doc: Doc; readonly look: Look }) => {
  const { pipeline, off } = await linked(doc)
  const hash = hashOf(pipeline, doc.seed, off, look)
  if (hash === saved) return
  saved = hash
  saveSoon()
})

let last: { readonly doc: Doc; readonly pipeline: readonly StepJson[]; readonly off: readonly string[] } | undefined

/** A pipeline with the steps that are off or still empty, unless these could not be run: a link is checked as a whole. */
async function linked(doc: Doc): Promise<NonNullable<typeof last>> {
  if (last?.doc === doc) return last
  const all = emit(doc.steps, catalog.peek(), true).json
  const isSound = 'value' in (await engine.check(withStandIns(all, catalog.peek()).json))
  const { pipeline } = isSound ? all : emit(doc.steps, catalog.peek()).json
  last = { doc, pipeline, off: isSound ? placesOff(doc.steps) : [] }
  return last
}

let timer: ReturnType<typeof setTimeout> | undefined
// A browser refuses addresses that change many times a second.
const saveSoon = () => {
  clearTimeout(timer)
  timer = setTimeout(() => window.history.replaceState(undefined, '', saved), 200)
}

/** A link that was refused leaves the address too: who loads the page again gets what they see. */
const keepAddress = () => saved !== '' && window.history.replaceState(undefined, '', saved)

/** Takes over the state of an address, once its pipeline is checked; else says what is wrong and leaves all as it is. */
export async function openLink(hash: string): Promise<boolean> {
  if (hash === saved) return false
  try {
    const link = linkFrom(hash)
    if (!link) return false
    const { json, standIns } = withStandIns(link.pipeline, catalog.value)
    return await open(json, link.seed, { ...link, standIns })
  } catch (error) {
    tellError(error as Error)
    keepAddress()
    return false
  }
}

/** Takes over a pipeline that somebody wrote. */
export const openPipeline = (json: unknown): Promise<boolean> => open(json, doc.value.seed, {})

async function open(
  json: unknown,
  seed: number,
  { look: next, ...marked }: Marked & { readonly look?: Look },
): Promise<boolean> {
  const refuse = (message: string) => tellError({ message: `The pipeline was refused: ${message}` })
  const checked = await valueIn(engine.check(json), ({ path, message }) => refuse(`${path && `${path} > `}${message}`))
  const nodes = checked && nodesFrom(checked.pipeline as readonly StepJson[], catalog.value, marked)
  const isTooLong = nodes !== undefined && allSteps(nodes).length > mostSteps
  if (isTooLong) refuse(`more than ${mostSteps} steps are too many for a page.`)
  if (!nodes || isTooLong) {
    keepAddress()
    return false
  }
  batch(() => {
    notice.value = undefined
    if (next) bringLook(next)
    history.set({ steps: nodes, seed })
  })
  return true
}

/** More than anybody can look through. */
const mostSteps = 200
