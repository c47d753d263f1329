import { isVolume, run, type Subject } from '@voxaug/core'
import { headPhantom } from '@voxaug/phantom'
import { pipelines, pipelinesNaming } from './pipelines.ts'
import { subjects } from './subjects.ts'

/** SHA-256 of all that a subject is: names, kinds, types, grids, voxels and points, in little-endian bytes. */
export async function hashOf(subject: Subject): Promise<string> {
  const parts: Uint8Array[] = []
  for (const [name, entry] of Object.entries(subject)) {
    const { positions, kind, dtype, shape, channels } = { positions: undefined, ...entry } as Record<string, unknown>
    parts.push(new TextEncoder().encode(JSON.stringify([name, kind, dtype, shape, channels])))
    parts.push(bytesOf(Float64Array.from(isVolume(entry) ? entry.affine : (positions as number[][]).flat())))
    if (isVolume(entry)) parts.push(bytesOf(entry.data))
  }
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength)

/** What is hashed: the phantom, and every pipeline on each subject. */
export const groups: readonly string[] = ['phantom', ...Object.keys(subjects)]

/** The hashes of one group, by name. */
export async function computeHashes(group: string): Promise<Record<string, string>> {
  if (group === 'phantom') return { headPhantom: await hashOf(headPhantom({ shape: [40, 48, 36], seed: 3 })) }
  const subject = subjects[group]!
  const entries = Object.keys(subject())
  const all = Object.assign({}, pipelines, ...entries.map((entry) => pipelinesNaming[entry])) as typeof pipelines
  const hashes: Record<string, string> = {}
  for (const [name, pipeline] of Object.entries(all)) {
    const { output } = run(pipeline, subject(), { seed: 20, key: `${name}, ${group}` })
    hashes[name] = await hashOf(output)
  }
  return hashes
}
