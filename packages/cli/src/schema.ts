import { pipelineSchema } from '@voxaug/core'
import type { Given } from './arguments.ts'
import type { Output } from './main.ts'
import { printJson } from './print-json.ts'
import { loadRegistry } from './registry.ts'

/** `voxaug schema`: the JSON Schema of pipelines over all transforms. */
export async function schema(given: Given, { stdout }: Output): Promise<void> {
  stdout.write(`${printJson(pipelineSchema(await loadRegistry(given.all('plugin'))))}\n`)
}
