import { batch } from '@preact/signals'
import type { StepJson } from '@voxaug/core'
import { catalog, doc, history } from './document.ts'
import { engine } from './engine.ts'
import { hashOf, linkFrom } from './link.ts'
import { bringLook, type Look, look } from './look.ts'
import { notice, tellError, valueIn } from './notice.ts'
import { emit, type Marked, nodesFrom, placesOff } from './pipeline.ts'
import { withStandIns } from './stand-ins.ts'
import { allSteps } from './steps.ts'

let saved = ''

/** The part of the address behind the #, as the page stands. */
function currentHash(): string {
  const { steps, seed } = doc.value
  return hashOf(emit(steps, catalog.value, true).json.pipeline, seed, placesOff(steps), look.value)
}

/** A link to the page as it stands. */
export const linkToThis = (): string => location.href.replace(/#.*$/, '') + currentHash()

/** Puts the state into the address; a broken pipeline never gets there. */
export function saveLink(): void {
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
  if (nodes && allSteps(nodes).length > mostSteps) refuse(`more than ${mostSteps} steps are too many for a page.`)
  if (!nodes || allSteps(nodes).length > mostSteps) {
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
