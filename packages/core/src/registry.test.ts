import { describe, expect, test } from 'vitest'
import { createRegistry } from './registry.ts'
import { Add, adds, Shift } from './testing/toys.ts'
import { define } from './transform.ts'

test('a registry knows the combinators and what its plugins bring, sorted by name', () => {
  const registry = createRegistry([Shift], [Add])
  expect(registry.factories.map(({ definition }) => definition.name)).toEqual([
    'core/Compose',
    'core/OneOf',
    'core/RandomApply',
    'core/SomeOf',
    'test/Add',
    'test/Shift',
  ])
  expect(registry.get('test/Add')).toBe(Add)
})

test('it knows nothing else, and no registry knows of another', () => {
  const registry = createRegistry([Add])
  for (const name of ['test/Shift', 'Add', 'test/add', 'toString', '__proto__', ''])
    expect(registry.get(name)).toBeUndefined()
  expect(createRegistry().get('test/Add')).toBeUndefined()
})

test('one transform may come with two plugins', () => {
  expect(createRegistry([Add], [Add, Shift]).get('test/Add')).toBe(Add)
})

describe('a wrong plugin is refused:', () => {
  const refuse = (plugin: unknown) => expect(() => createRegistry(plugin as never))
  test('two transforms of one name', () => {
    expect(() => createRegistry([Add], [define(adds)])).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: test/Add: two transforms are named test/Add.]`,
    )
    refuse([define({ ...adds, name: 'core/Compose' })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: core/Compose: two transforms are named core/Compose.]`,
    )
  })
  test('what is no list', () => {
    refuse(Add).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin must be a list of transforms, got [object Function].]`,
    )
    refuse({ default: [Add] }).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin must be a list of transforms, got {"default":["[object Function]"]}.]`,
    )
    refuse(undefined).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin must be a list of transforms, got undefined.]`,
    )
  })
  test('what is no transform', () => {
    refuse([Add({ by: 1 }), Shift]).not.toThrow()
    refuse([undefined]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin's transforms must be named package/Factory, got undefined.]`,
    )
    refuse([() => 1]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin's transforms must be named package/Factory, got undefined.]`,
    )
  })
  test('a name without its package', () => {
    refuse([define({ ...adds, name: 'Add' })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin's transforms must be named package/Factory, got "Add".]`,
    )
    refuse([define({ ...adds, name: 'test/Add/More' })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin's transforms must be named package/Factory, got "test/Add/More".]`,
    )
    refuse([define({ ...adds, name: 'test/Add more' })]).toThrowErrorMatchingInlineSnapshot(
      `[VoxaugError: a plugin's transforms must be named package/Factory, got "test/Add more".]`,
    )
  })
})
