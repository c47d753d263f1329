import { isVoxaugError, show, type VoxaugError } from '../error.ts'
import { pipelineFromJson, pipelineSchema, pipelineToJson } from '../pipeline.ts'
import { run } from '../run.ts'
import { assert, assertSame } from './compare.ts'
import type { Case, Setup } from './contract.ts'

/** What a transform promises of its options, before any run. */
export function options({ factory, examples, registry, make, subject: makeSubject }: Setup): readonly Case[] {
  const { name, options } = factory.definition
  const own = Object.entries(options)
  const required = own.filter(([, option]) => option.required).map(([key]) => key)
  const refused = (given: Readonly<Record<string, unknown>>, key?: string) => {
    const error = thrownBy(() => factory.create(given))
    assert(error !== undefined, `options ${show(given)} must be refused.`)
    assert(
      isVoxaugError(error) && error.code === 'invalid-option',
      `${show(given)} must throw a VoxaugError of code invalid-option, got ${String(error)}.`,
    )
    const { transform, option, message } = error as VoxaugError
    assert(
      transform === name && message.startsWith(`${name}: `),
      `the error must begin with the transform's name, got ${message}`,
    )
    assert(key === undefined || option === key, `the error must name the option ${key}, got ${show(option)}.`)
  }
  return [
    {
      name: 'refuses options that are wrong, unknown or missing, in its own name',
      check() {
        for (const given of examples.bad) refused({ ...examples.options, ...given })
        refused({ ...examples.options, noSuchOption: 1 }, 'noSuchOption')
        refused({ ...examples.options, id: 1 }, 'id')
        refused({ ...examples.options, include: 'image' }, 'include')
        for (const [key] of own) {
          for (const wrong of [Number.NaN, () => 0, Symbol('wrong')])
            refused({ ...examples.options, [key]: wrong }, key)
        }
        for (const key of required) refused({ ...examples.options, [key]: undefined }, key)
      },
    },
    {
      name: 'has a default for each option that need not be given, and a line of help',
      check() {
        const without = own.filter(([, option]) => option.default === undefined)
        factory.create(Object.fromEntries(without.map(([key]) => [key, examples.options[key]])))
        for (const [key, option] of own) assert(option.help.length > 0, `${key} must have help.`)
        assert(factory.definition.help.length > 0, 'the transform must have help.')
      },
    },
    {
      name: 'keeps its options frozen, and apart from those it was given',
      check() {
        const given = { ...examples.options }
        const transform = factory.create(given)
        const before = show(transform.options)
        assert(transform.given !== given, 'options must be copied.')
        assertFrozen(transform, name)
        for (const key of Object.keys(given)) given[key] = 0
        assert(show(transform.options) === before, 'options must not change with what was given.')
      },
    },
    {
      name: 'goes through pipeline JSON and back, and is the same',
      check() {
        const transform = make({ id: 'one', include: ['image', 'label'] })
        const json = JSON.stringify(pipelineToJson(transform))
        const back = pipelineFromJson(JSON.parse(json), registry)
        const again = JSON.stringify(pipelineToJson(back))
        assert(again === json, `pipeline JSON must come back as ${json}, got ${again}.`)
        const [wanted, got] = [transform, back].map((one) => run(one, makeSubject(), { seed: 5 }))
        assertSame(got!.output, wanted!.output, 'after pipeline JSON')
      },
    },
    {
      name: 'has a JSON Schema that asks for what must be given',
      check() {
        const { $defs } = pipelineSchema(registry) as {
          $defs: { step: { oneOf: readonly StepSchema[] } }
        }
        const schema = $defs.step.oneOf.find(({ properties }) => properties.transform.const === name)
        assert(schema !== undefined, 'the schema must have the transform.')
        const { options } = schema.properties
        assert(
          (options.required.join() === required.join() &&
            schema.required.includes('options') === required.length > 0) ||
            factory.definition.alternatives !== undefined,
          `the schema must require ${required.join()}, got ${options.required.join()}.`,
        )
        const keys = [...own.map(([key]) => key), 'include', 'exclude']
        assert(Object.keys(options.properties).join() === keys.join(), `the schema must have ${keys.join()}.`)
      },
    },
  ]
}

interface StepSchema {
  readonly properties: {
    readonly transform: { readonly const: string }
    readonly options: { readonly properties: object; readonly required: readonly string[] }
  }
  readonly required: readonly string[]
}

function assertFrozen(value: unknown, what: string): void {
  // A definition is the factory's own, and children have been looked at when they were made.
  if (typeof value !== 'object' || value === null) return
  assert(Object.isFrozen(value), `${what} must be frozen.`)
  for (const [key, one] of Object.entries(value)) {
    if (key !== 'definition' && key !== 'children' && key !== 'transforms') assertFrozen(one, `${what}.${key}`)
  }
}

/** What some work throws; undefined where it does not. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}
