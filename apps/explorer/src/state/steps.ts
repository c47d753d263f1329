import type { Json } from '@voxaug/core'

/** A step as the page keeps it: what pipeline JSON has of it, and whether it is on. */
export interface StepNode {
  /** Tells it from others on this page, wherever it is moved. */
  readonly key: number
  readonly transform: string
  readonly on: boolean
  readonly id?: string | undefined
  readonly options: Readonly<Record<string, Json>>
  /** How likely it is, beside its siblings, where they are drawn by weights. */
  readonly weight?: number | undefined
  /** The steps that a combinator holds. */
  readonly children?: readonly StepNode[] | undefined
}

/** Where a step stands: in which combinator (none for the pipeline itself), and before which other. */
export interface Place {
  readonly parent: number | undefined
  readonly index: number
}

type Nodes = readonly StepNode[]

let last = 0

/** A key that no other step has. */
export const nextKey = (): number => ++last

/** The step of that key. */
export function findStep(nodes: Nodes, key: number): StepNode | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : findStep(node.children ?? [], key)
    if (found) return found
  }
  return undefined
}

/** Where a step stands. */
export function placeOf(nodes: Nodes, key: number, parent?: number): Place | undefined {
  const index = nodes.findIndex((node) => node.key === key)
  if (index >= 0) return { parent, index }
  for (const node of nodes) {
    const found = placeOf(node.children ?? [], key, node.key)
    if (found) return found
  }
  return undefined
}

/** The steps of a combinator, or of the pipeline. */
export const childrenOf = (nodes: Nodes, parent: number | undefined): Nodes =>
  parent === undefined ? nodes : (findStep(nodes, parent)?.children ?? [])

/** The tree with one step changed. */
export const updateStep = (nodes: Nodes, key: number, change: (node: StepNode) => StepNode): Nodes =>
  nodes.map((node) => {
    if (node.key === key) return change(node)
    return node.children ? { ...node, children: updateStep(node.children, key, change) } : node
  })

export const removeStep = (nodes: Nodes, key: number): Nodes =>
  nodes
    .filter((node) => node.key !== key)
    .map((node) => (node.children ? { ...node, children: removeStep(node.children, key) } : node))

export function insertStep(nodes: Nodes, { parent, index }: Place, node: StepNode): Nodes {
  if (parent === undefined) return nodes.toSpliced(index, 0, node)
  return updateStep(nodes, parent, (one) => ({ ...one, children: (one.children ?? []).toSpliced(index, 0, node) }))
}

/** The tree with a step elsewhere; as it was where that would put the step into itself, or into a combinator that is gone. */
export function moveStep(nodes: Nodes, key: number, to: Place): Nodes {
  const node = findStep(nodes, key)
  const from = placeOf(nodes, key)
  if (!node || !from) return nodes
  if (to.parent !== undefined && (!findStep(nodes, to.parent) || findStep([node], to.parent))) return nodes
  // Before itself, or before the next: where it is.
  if (from.parent === to.parent && (to.index === from.index || to.index === from.index + 1)) return nodes
  const shifted = from.parent === to.parent && from.index < to.index ? to.index - 1 : to.index
  return insertStep(removeStep(nodes, key), { parent: to.parent, index: shifted }, node)
}

/** A copy under other keys. */
export const copyStep = (node: StepNode): StepNode => ({
  ...node,
  key: nextKey(),
  // Two of one name would draw the same.
  id: undefined,
  children: node.children?.map(copyStep),
})

/** Every step, in the order in which they are written. */
export const allSteps = (nodes: Nodes): Nodes => nodes.flatMap((node) => [node, ...allSteps(node.children ?? [])])
