import type { Json, PipelineJson, StepJson } from '@voxaug/core'
import type { TransformInfo } from '../engine/catalog.ts'
import { nextKey, type StepNode } from './steps.ts'

/** What is known of transforms, by name. */
export type Catalog = ReadonlyMap<string, TransformInfo>

/** The option that holds the weights of a combinator's steps. */
const weightsOf = (info: TransformInfo | undefined): string | undefined =>
  Object.entries(info?.options ?? {}).find(([, { type }]) => type === 'weights')?.[0]

/** A pipeline, and which step of the page stands at each path that an error may name. */
export interface Emitted {
  readonly json: PipelineJson
  readonly keys: ReadonlyMap<string, number>
}

/** The steps as pipeline JSON: those switched off are left out, and combinators that thereby hold too few, unless `all` are asked for. */
export function emit(nodes: readonly StepNode[], catalog: Catalog, all = false): Emitted {
  const keys = new Map<string, number>()
  const list = (some: readonly StepNode[], owner: string, path: string): StepJson[] => {
    const steps: StepJson[] = []
    for (const node of some.filter(({ on }) => all || on)) {
      const own = `${path && `${path} > `}${owner}[${steps.length}]`
      const json = step(node, own)
      if (!json) continue
      keys.set(own, node.key)
      steps.push(json)
    }
    return steps
  }
  const step = (node: StepNode, path: string): StepJson | undefined => {
    const info = catalog.get(node.transform)
    const options: Record<string, Json | readonly StepJson[]> = { ...node.options }
    if (info?.steps) {
      const steps = list(node.children ?? [], shortName(node.transform), path)
      if (!all && steps.length < (info.options[info.steps]?.least ?? 0)) return undefined
      options[info.steps] = steps
      const weights = weightsOf(info)
      const emitted = (node.children ?? []).filter((child) => all || isEmitted(child, catalog))
      if (weights && emitted.some(({ weight }) => weight !== undefined))
        options[weights] = emitted.map(({ weight = 1 }) => weight)
    }
    return {
      transform: node.transform,
      ...(node.id !== undefined && { id: node.id }),
      ...(Object.keys(options).length > 0 && { options: options as NonNullable<StepJson['options']> }),
    }
  }
  return { json: { voxaug: 1, pipeline: list(nodes, 'Compose', '') }, keys }
}

/** Whether a step is in the pipeline: on, and full where it is a combinator. */
function isEmitted(node: StepNode, catalog: Catalog): boolean {
  if (!node.on) return false
  const info = catalog.get(node.transform)
  if (!info?.steps) return true
  const held = (node.children ?? []).filter((child) => isEmitted(child, catalog))
  return held.length >= (info.options[info.steps]?.least ?? 0)
}

/** A combinator that holds too few steps to run. */
export const isEmpty = (node: StepNode, catalog: Catalog): boolean => node.on && !isEmitted(node, catalog)

/** The name without its package. */
export const shortName = (transform: string): string => transform.replace(/^.*\//, '')

/** Places of steps in a pipeline, by their indices: `0`, `2.1`. */
export interface Marked {
  /** Those switched off. */
  readonly off?: ReadonlySet<string> | undefined
  /** Those that stand in for steps that a combinator lacks: they are left out. */
  readonly standIns?: ReadonlySet<string> | undefined
}

/** Steps of a pipeline that was checked, as the page keeps them. */
export function nodesFrom(
  steps: readonly StepJson[],
  catalog: Catalog,
  { off, standIns }: Marked = {},
): readonly StepNode[] {
  const read = (json: StepJson, place: string): StepNode => {
    const info = catalog.get(json.transform)
    const options: Record<string, Json | readonly StepJson[]> = { ...json.options }
    const held = info?.steps ? ((options[info.steps] ?? []) as readonly StepJson[]) : undefined
    const weights = weightsOf(info)
    const given = weights ? (options[weights] as readonly number[] | undefined) : undefined
    if (info?.steps) delete options[info.steps]
    if (weights) delete options[weights]
    const children = held?.flatMap((child, n) => {
      if (standIns?.has(`${place}.${n}`)) return []
      const node = read(child, `${place}.${n}`)
      return [given ? { ...node, weight: given[n] } : node]
    })
    return {
      key: nextKey(),
      transform: json.transform,
      on: !off?.has(place),
      id: json.id,
      options: options as StepNode['options'],
      children,
    }
  }
  return steps.map((json, n) => read(json, String(n)))
}

/** The places of the steps that are switched off. */
export const placesOff = (nodes: readonly StepNode[], path = ''): readonly string[] =>
  nodes.flatMap((node, n) => [...(node.on ? [] : [`${path}${n}`]), ...placesOff(node.children ?? [], `${path}${n}.`)])
