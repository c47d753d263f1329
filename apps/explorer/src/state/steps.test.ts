import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allSteps,
  childrenOf,
  copyStep,
  findStep,
  insertStep,
  moveStep,
  nextKey,
  placeOf,
  removeStep,
  type StepNode,
  updateStep,
} from './steps.ts'

const step = (key: number, children?: readonly StepNode[]): StepNode => ({
  key,
  transform: `test/Step${key}`,
  on: true,
  options: { amount: key / 4 },
  ...(children && { children }),
})

/** Keys; those within a combinator in a list behind its own. */
type Outline = readonly (number | Outline)[]
const outline = (nodes: readonly StepNode[]): Outline =>
  nodes.flatMap((node): Outline => (node.children ? [node.key, outline(node.children)] : [node.key]))

// No two lists of it are alike.
const tree = [step(1), step(2, [step(3), step(4, [step(5)]), step(6, [])]), step(7)]
const asItWas = [1, 2, [3, 4, [5], 6, []], 7]

describe('finding', () => {
  test('a step is found at any depth, and none for a key that is not there', () => {
    for (const key of [1, 2, 3, 4, 5, 6, 7]) expect(findStep(tree, key)?.transform).toBe(`test/Step${key}`)
    expect(findStep(tree, 8)).toBeUndefined()
  })

  test('a place is the combinator and the index in it', () => {
    expect(placeOf(tree, 7)).toEqual({ parent: undefined, index: 2 })
    expect(placeOf(tree, 4)).toEqual({ parent: 2, index: 1 })
    expect(placeOf(tree, 5)).toEqual({ parent: 4, index: 0 })
    expect(placeOf(tree, 8)).toBeUndefined()
  })

  test('the steps of a combinator are those right in it', () => {
    expect(childrenOf(tree, undefined)).toBe(tree)
    expect(childrenOf(tree, 2).map(({ key }) => key)).toEqual([3, 4, 6])
    expect(childrenOf(tree, 3)).toEqual([])
    expect(childrenOf(tree, 8)).toEqual([])
  })

  test('all steps come in the order in which they are written', () => {
    expect(allSteps(tree).map(({ key }) => key)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('changing', () => {
  test('one step is changed, and those beside it stay the same objects', () => {
    const changed = updateStep(tree, 5, (node) => ({ ...node, on: false }))
    expect(allSteps(changed).flatMap(({ on, key }) => (on ? [] : [key]))).toEqual([5])
    expect(changed[0]).toBe(tree[0])
    expect(changed[1]!.children![0]).toBe(tree[1]!.children![0])
    expect(tree[1]!.children![1]!.children![0]!.on).toBe(true)
  })

  test('a step is put before another, at the end, and into a combinator that holds nothing', () => {
    expect(outline(insertStep(tree, { parent: undefined, index: 1 }, step(8)))).toEqual([
      1,
      8,
      2,
      [3, 4, [5], 6, []],
      7,
    ])
    expect(outline(insertStep(tree, { parent: 2, index: 3 }, step(8)))).toEqual([1, 2, [3, 4, [5], 6, [], 8], 7])
    expect(outline(insertStep(tree, { parent: 4, index: 0 }, step(8)))).toEqual([1, 2, [3, 4, [8, 5], 6, []], 7])
    expect(outline(insertStep(tree, { parent: 6, index: 0 }, step(8)))).toEqual([1, 2, [3, 4, [5], 6, [8]], 7])
    expect(outline(tree)).toEqual(asItWas)
  })

  test('a step is removed with all that it holds', () => {
    expect(outline(removeStep(tree, 1))).toEqual([2, [3, 4, [5], 6, []], 7])
    expect(outline(removeStep(tree, 4))).toEqual([1, 2, [3, 6, []], 7])
    expect(outline(removeStep(tree, 5))).toEqual([1, 2, [3, 4, [], 6, []], 7])
    expect(outline(removeStep(tree, 8))).toEqual(asItWas)
  })

  test('a copy is alike but for the keys, all of which are new', () => {
    const original = { ...copyStep(tree[1]!), id: 'a', weight: 3 }
    const copy = copyStep(original)
    expect(new Set(allSteps([original, copy]).map(({ key }) => key)).size).toBe(10)
    const plain = (node: StepNode): unknown => ({ ...node, key: 0, children: node.children?.map(plain) })
    expect(copy.id).toBeUndefined()
    expect(plain(copy)).toEqual(plain({ ...original, id: undefined }))
    expect(copyStep(tree[0]!).children).toBeUndefined()
  })

  test('no key comes twice', () => {
    const keys = Array.from({ length: 9 }, nextKey)
    expect(new Set(keys).size).toBe(9)
  })
})

describe('moving', () => {
  const moved = (key: number, parent: number | undefined, index: number) =>
    outline(moveStep(tree, key, { parent, index }))

  test('within a list, the index is that of the step to stand before, as the list was', () => {
    expect(moved(1, undefined, 3)).toEqual([2, [3, 4, [5], 6, []], 7, 1])
    expect(moved(1, undefined, 2)).toEqual([2, [3, 4, [5], 6, []], 1, 7])
    expect(moved(7, undefined, 0)).toEqual([7, 1, 2, [3, 4, [5], 6, []]])
    expect(moved(3, 2, 2)).toEqual([1, 2, [4, [5], 3, 6, []], 7])
    expect(moved(6, 2, 0)).toEqual([1, 2, [6, [], 3, 4, [5]], 7])
  })

  test('before itself and right behind itself are where it is', () => {
    for (const index of [0, 1]) expect(moved(1, undefined, index)).toEqual(asItWas)
    for (const index of [1, 2]) expect(moved(4, 2, index)).toEqual(asItWas)
  })

  test('into a combinator, out of one, and from one to another', () => {
    expect(moved(7, 4, 1)).toEqual([1, 2, [3, 4, [5, 7], 6, []]])
    expect(moved(1, 6, 0)).toEqual([2, [3, 4, [5], 6, [1]], 7])
    expect(moved(5, undefined, 1)).toEqual([1, 5, 2, [3, 4, [], 6, []], 7])
    expect(moved(4, undefined, 3)).toEqual([1, 2, [3, 6, []], 7, 4, [5]])
    expect(moved(3, 4, 1)).toEqual([1, 2, [4, [5, 3], 6, []], 7])
    expect(moved(5, 2, 0)).toEqual([1, 2, [5, 3, 4, [], 6, []], 7])
  })

  test('never into itself or into what it holds: the tree stays as it was', () => {
    for (const parent of [2, 4, 5, 6]) expect(moveStep(tree, 2, { parent, index: 0 })).toBe(tree)
    expect(moveStep(tree, 4, { parent: 4, index: 1 })).toBe(tree)
  })

  test('a step or a combinator that is gone moves nothing', () => {
    expect(moveStep(tree, 8, { parent: 2, index: 0 })).toBe(tree)
    expect(moveStep(tree, 1, { parent: 8, index: 0 })).toBe(tree)
  })
})

describe('any tree', () => {
  /** Trees with the keys 1, 2, … in the order written. */
  const anyTree = fc
    .letrec<{ node: { children?: unknown }; nodes: { children?: unknown }[] }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constant({}),
        fc.record({ children: fc.array(tie('node'), { maxLength: 4 }) }),
      ),
      nodes: fc.array(tie('node'), { minLength: 1, maxLength: 5 }),
    }))
    .nodes.map((plan) => {
      let last = 0
      const build = (one: { children?: unknown }): StepNode => {
        const key = ++last
        return step(key, (one.children as readonly { children?: unknown }[] | undefined)?.map(build))
      }
      return plan.map(build)
    })

  test('no sequence of moves loses a step or doubles one', () => {
    const move = fc.record({
      key: fc.nat({ max: 20 }),
      parent: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
      index: fc.nat({ max: 6 }),
    })
    fc.assert(
      fc.property(anyTree, fc.array(move, { maxLength: 12 }), (start, moves) => {
        const keys = allSteps(start).map(({ key }) => key)
        let now: readonly StepNode[] = start
        for (const { key, ...to } of moves) now = moveStep(now, key, to)
        expect(
          allSteps(now)
            .map(({ key }) => key)
            .sort((a, b) => a - b),
        ).toEqual(keys)
      }),
    )
  })

  test('a step that is moved before another stands right before it, with what it holds', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), fc.nat(), (start, a, b) => {
        const keys = allSteps(start).map(({ key }) => key)
        const [key, before] = [keys[a % keys.length]!, keys[b % keys.length]!]
        const node = findStep(start, key)!
        fc.pre(!allSteps([node]).some((one) => one.key === before))
        const to = placeOf(start, before)!
        const now = moveStep(start, key, to)
        const siblings = childrenOf(now, to.parent).map((one) => one.key)
        expect(siblings[siblings.indexOf(key) + 1]).toBe(before)
        expect(siblings).toContain(key)
        expect(findStep(now, key)).toEqual(node)
        // The others keep their order.
        expect(outline(removeStep(now, key))).toEqual(outline(removeStep(start, key)))
      }),
    )
  })

  test('what is inserted and removed again leaves the tree as it was', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), fc.nat({ max: 5 }), (start, at, index) => {
        const holders = [undefined, ...allSteps(start).flatMap(({ key, children }) => (children ? [key] : []))]
        const place = { parent: holders[at % holders.length], index }
        const more = insertStep(start, place, step(99))
        expect(placeOf(more, 99)?.parent).toBe(place.parent)
        expect(removeStep(more, 99)).toEqual(start)
      }),
    )
  })
})
