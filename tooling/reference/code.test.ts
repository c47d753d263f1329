import * as core from '@voxaug/core'
import * as elastic from '@voxaug/elastic'
import * as geometry from '@voxaug/geometry'
import * as intensity from '@voxaug/intensity'
import { expect, test } from 'vitest'
import { codeOf, importsOf, jsonOf } from './code.ts'
import { registry } from './reference.ts'

const packages: Readonly<Record<string, object>> = { core, elastic, geometry, intensity }

test.each(registry.factories.map(({ definition }) => definition.name))(
  'the code shown for %s makes the pipeline shown',
  (name) => {
    const step = { transform: name, options: registry.get(name)!.definition.example ?? {} }
    const transform = core.pipelineFromJson({ voxaug: 1, pipeline: [step] }, registry).children[0]!
    const names: Record<string, unknown> = {}
    for (const [, some, from] of importsOf(transform).matchAll(/^import \{ (.*) \} from '@voxaug\/(.*)'$/gm)) {
      for (const one of some!.split(', ')) names[one] = (packages[from!] as Record<string, unknown>)[one]
    }
    const made = new Function(...Object.keys(names), `return ${codeOf(transform)}`)(...Object.values(names))
    expect(core.pipelineToJson(made)).toEqual(core.pipelineToJson(transform))
  },
)

test('JSON stays in one line as long as it fits', () => {
  const long = 'x'.repeat(60)
  expect(jsonOf({ a: [1, 2], b: {} })).toBe('{ "a": [1, 2], "b": {} }')
  expect(jsonOf({ a: long, b: [long] })).toBe(`{\n  "a": "${long}",\n  "b": ["${long}"]\n}`)
})
