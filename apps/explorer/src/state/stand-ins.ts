import type { StepJson } from '@voxaug/core'
import type { Link } from './link.ts'
import type { Catalog } from './pipeline.ts'

const standIn: StepJson = { transform: 'core/Compose', options: { transforms: [] } }

/** As many as an option may count on, such as how many of the steps are drawn. */
const plenty = 16

/** More than a pipeline may have: the check refuses that. */
const enough = 10_000

/** Deeper than pipelines nest: the check refuses what lies there. */
const deepest = 100

/**
 * A pipeline in which combinators that hold too few steps are filled up, so that it can be checked as a whole, and the places of what
 * stands in there. Anybody may have written it: whatever is not as a step is, is left to the check.
 */
export function withStandIns(
  { pipeline, ...others }: Link['pipeline'],
  catalog: Catalog,
): { readonly json: Link['pipeline']; readonly standIns: ReadonlySet<string> } {
  const standIns = new Set<string>()
  const fill = (step: unknown, place: string, depth: number): unknown => {
    if (!isObject(step)) return step
    const info = catalog.get(step['transform'] as string)
    const { options = {} } = step
    if (!info?.steps || !isObject(options) || depth > deepest || standIns.size > enough) return step
    const { [info.steps]: held = [] } = options
    if (!Array.isArray(held)) return step
    const { least = 0, most = Infinity } = info.options[info.steps] ?? {}
    const count = held.length < least ? Math.min(most, Math.max(least, plenty)) - held.length : 0
    const added = new Array<StepJson>(count).fill(standIn)
    for (const n of added.keys()) standIns.add(`${place}.${held.length + n}`)
    return {
      ...step,
      options: {
        ...options,
        [info.steps]: [...held.map((child, n) => fill(child, `${place}.${n}`, depth + 1)), ...added],
      },
    }
  }
  const filled = Array.isArray(pipeline) ? pipeline.map((step, n) => fill(step, String(n), 0)) : pipeline
  return { json: { ...others, pipeline: filled }, standIns }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
