import { Compose } from './combinators.ts'
import { locating, show, VoxaugError } from './error.ts'
import { type JsonSchema, recordSchema } from './option.ts'
import type { Registry } from './registry.ts'
import { isBareCompose, type Json, type Transform } from './transform.ts'

/** A pipeline as data. */
export interface PipelineJson {
  readonly voxaug: 1
  readonly pipeline: readonly StepJson[]
}

/** One step as data; combinators nest theirs under `options.transforms`. */
export interface StepJson {
  readonly transform: string
  readonly id?: string
  readonly options?: { readonly [key: string]: Json | readonly StepJson[] }
}

const deepest = 32
const longest = 10_000

/**
 * A transform as data, with the options as they were given; `pipelineFromJson` gives the same transform back.
 * A Compose without options of its own becomes the list of its steps.
 */
export function pipelineToJson(transform: Transform): PipelineJson {
  return { voxaug: 1, pipeline: (isBareCompose(transform) ? transform.children : [transform]).map(stepToJson) }
}

function stepToJson({ definition, given, common, children }: Transform): StepJson {
  const { id, ...entries } = common
  const options: Record<string, unknown> = { ...given }
  if ('transforms' in given) options['transforms'] = children.map(stepToJson)
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) options[key] = value
  return {
    transform: definition.name,
    ...(id !== undefined && { id }),
    ...(Object.keys(options).length > 0 && { options: options as NonNullable<StepJson['options']> }),
  }
}

/**
 * Makes the transform that a pipeline read from JSON describes: a Compose of its steps.
 * @throws VoxaugError with the path before the message: `invalid-pipeline` for a wrong shape or an unknown key,
 * `unknown-transform`, `invalid-option`
 */
export function pipelineFromJson(json: unknown, registry: Registry): Transform {
  if (!isRecord(json) || json['voxaug'] !== 1 || !Array.isArray(json['pipeline'])) {
    throw invalid('a pipeline must be {"voxaug": 1, "pipeline": [ … ]}', json)
  }
  refuseUnknownKeys(json, ['voxaug', 'pipeline', '$schema'])
  let count = 0
  const parse = (step: unknown, depth: number): Transform => {
    if (depth > deepest) throw invalid(`steps must nest at most ${deepest} deep`, depth)
    if (++count > longest) throw invalid(`a pipeline must have at most ${longest} steps`, count)
    if (!isRecord(step) || typeof step['transform'] !== 'string')
      throw invalid('a step must be {"transform": "package/Factory", …}', step)
    refuseUnknownKeys(step, ['transform', 'id', 'options'])
    const { transform: name, id, options = {} } = step
    const factory = registry.get(name)
    if (!factory)
      throw new VoxaugError('unknown-transform', `there is no transform ${show(name)}${nearest(name, registry)}.`, {
        received: name,
      })
    if (!isRecord(options))
      throw new VoxaugError('invalid-option', `options must be a record, got ${show(options)}.`, {
        transform: name,
        received: options,
      })
    if (Object.hasOwn(options, 'id'))
      throw new VoxaugError('invalid-option', 'id stands beside options, not in them.', {
        transform: name,
        option: 'id',
      })
    const given: Record<string, unknown> = { ...options }
    if (Object.hasOwn(factory.definition.options, 'transforms') && Array.isArray(given['transforms'])) {
      given['transforms'] = given['transforms'].map((child, n) =>
        locating(`${name.replace(/^.*\//, '')}[${n}]`, () => parse(child, depth + 1)),
      )
    }
    return factory.create(id === undefined ? given : { ...given, id })
  }
  return Compose(json['pipeline'].map((step, n) => locating(`Compose[${n}]`, () => parse(step, 1))))
}

/** The JSON Schema (2020-12) of pipelines over a registry's transforms: for editors, and for checking before sending. */
export function pipelineSchema(registry: Registry): JsonSchema {
  const common = {
    include: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'The only entries to act on.' },
    exclude: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Entries to leave alone.' },
  }
  const step = registry.factories.map(({ definition }) => {
    const { alternatives } = definition
    const isNeeded = alternatives?.every((key) => definition.options[key]!.default === undefined)
    const each = alternatives?.map((key) => ({ required: [key] })) ?? []
    const own = recordSchema(definition.options)
    return {
      type: 'object',
      description: definition.help,
      properties: {
        transform: { const: definition.name },
        id: { type: 'string', minLength: 1 },
        options: {
          ...own,
          properties: { ...(own['properties'] as object), ...common },
          ...(alternatives && { oneOf: isNeeded ? each : [...each, { not: { anyOf: each } }] }),
        },
      },
      required: own.required.length > 0 || isNeeded ? ['transform', 'options'] : ['transform'],
      additionalProperties: false,
    }
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'voxaug pipeline',
    type: 'object',
    properties: {
      voxaug: { const: 1 },
      $schema: { type: 'string' },
      pipeline: { type: 'array', items: { $ref: '#/$defs/step' } },
    },
    required: ['voxaug', 'pipeline'],
    additionalProperties: false,
    $defs: { step: { oneOf: step } },
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (message: string, received: unknown) =>
  new VoxaugError('invalid-pipeline', `${message}, got ${show(received)}.`, { received })

function refuseUnknownKeys(record: Readonly<Record<string, unknown>>, keys: readonly string[]): void {
  const unknown = Object.keys(record).find((key) => !keys.includes(key))
  if (unknown !== undefined)
    throw invalid(`there is no key ${show(unknown)} here; there are ${keys.join(', ')}`, unknown)
}

/** A hint for a name that another package has, or that is spelt in other letters. */
function nearest(name: string, registry: Registry): string {
  const plain = (one: string) => one.replace(/^.*\//, '').toLowerCase()
  const found = registry.factories.find(({ definition }) => plain(definition.name) === plain(name))
  return found ? ` (did you mean ${found.definition.name}?)` : ''
}
