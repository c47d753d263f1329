import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DType,
  pipelineFromJson,
  run,
  type Subject,
  type Transform,
  type Volume,
  type Warning,
} from '@voxaug/core'
import { readVolume, writeNifti } from '@voxaug/io/node'
import { overlaps } from '@voxaug/spatial'
import { apart } from './apart.ts'
import { type Given, wholeNumber } from './arguments.ts'
import { type EntrySpec, entriesOf } from './entries.ts'
import { inFile } from './fail.ts'
import type { Output } from './main.ts'
import { checkTargets, nameOutputs } from './outputs.ts'
import { placeFiles } from './place-files.ts'
import { printJson } from './print-json.ts'
import { readJson } from './read-json.ts'
import { loadRegistry } from './registry.ts'
import { usage } from './usage.ts'
import { printWarnings } from './warnings.ts'

const dtypes = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as const satisfies DType[]

/** `voxaug apply`: everything is checked before a file is written, and all files appear or none. */
export async function apply(given: Given, { stdout, stderr }: Output): Promise<void> {
  const specs = entriesOf(given)
  const copies = wholeNumber(given, 'copies', 1, 1_000_000)
  const seed = wholeNumber(given, 'seed', 0)
  const dtype = dtypes.find((one) => one === given.one('dtype'))
  if (!dtype) throw usage(`--dtype: must be one of ${dtypes.join(', ')}, got ${given.one('dtype')}.`)
  const key = given.one('key') ?? specs[0]!.stem
  const folder = given.one('out')!
  const pipelinePath = given.one('pipeline')!
  const force = given.has('force')
  const names = nameOutputs(specs, copies)
  const all = names.flatMap(({ volumes, trace }) => [...volumes, trace])
  await checkTargets(folder, all, [...specs.map(({ path }) => path), pipelinePath], force)

  const transform = await readPipeline(pipelinePath, given.all('plugin'))
  const volumes: Volume[] = []
  for (const { path, kind } of specs) volumes.push(await readVolume(path, { kind }))
  checkOverlap(specs, volumes)
  const subject: Subject = Object.fromEntries(specs.map(({ name }, n) => [name, volumes[n]!]))

  const warnings: (readonly [file: string, warnings: readonly Warning[]])[] = specs.map(({ path }, n) => [
    path,
    volumes[n]!.warnings,
  ])
  await placeFiles(folder, force, async (put) => {
    for (const [copy, copyNames] of names.entries()) {
      const { output, trace } = await inFile(pipelinePath, () => run(transform, subject, { seed, key, copy }))
      for (const [n, { name, kind }] of specs.entries()) {
        const volume = output[name] as Volume
        await put(copyNames.volumes[n]!, (path) => writeNifti(path, volume, kind === 'image' ? { dtype } : {}))
      }
      const json = await inFile(pipelinePath, () => printJson(trace))
      await put(copyNames.trace, (path) => writeFile(path, `${json}\n`))
      warnings.push([join(folder, copyNames.trace), trace.warnings])
    }
  })
  for (const [file, some] of warnings) printWarnings(stderr, file, some)
  stdout.write(all.map((name) => `${join(folder, name)}\n`).join(''))
}

async function readPipeline(path: string, plugins: readonly string[]): Promise<Transform> {
  const registry = await loadRegistry(plugins)
  const json = await readJson(path)
  return inFile(path, () => pipelineFromJson(json, registry))
}

/** Throws for a label map that lies nowhere on any image: it belongs to somebody else, or one affine is wrong. */
function checkOverlap(specs: readonly EntrySpec[], volumes: readonly Volume[]): void {
  const images = volumes.filter(({ kind }) => kind === 'image')
  if (images.length === 0) return
  for (const [n, volume] of volumes.entries()) {
    if (volume.kind === 'image' || images.some((image) => overlaps(image, volume))) continue
    const { path } = specs[volumes.indexOf(images[0]!)]!
    throw apart(specs[n]!.path, volume, path, images[0]!)
  }
}
