import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti } from './index.ts'
import { gzipped, testFile } from './test-file.ts'
import { damaged, endlessMembers, gzipCases } from './test-gzip.ts'

const cases = await gzipCases()

const streamOf = (bytes: Uint8Array, size = 10_000) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })

/** Ways of reading: what can be had twice goes through the platform, a stream through pako. */
const ways = [
  ['from memory', (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ['from a Blob', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
  ['from a stream', (bytes: Uint8Array<ArrayBuffer>) => streamOf(bytes)],
  ['from a stream in small pieces', (bytes: Uint8Array<ArrayBuffer>) => streamOf(bytes, 997)],
] as const

describe.each(ways)('gzip %s', (_, source) => {
  it.each(Object.entries(cases))('with %s', async (_, [bytes, holds]) => {
    const outcome = await readNifti(source(new Uint8Array(bytes))).then(
      (volume) => volume.data,
      (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : error),
    )
    expect(outcome).toEqual(holds ? holds.subarray(352) : damaged)
  })

  it('lets others have a turn', async () => {
    const bytes = await gzipped(
      testFile({ fields: { dim: [3, 1024, 1024, 48] }, voxels: new Uint8Array(48 * 2 ** 20) }),
    )
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const volume = await readNifti(source(bytes))
    clearInterval(timer)
    expect(volume.data.length).toBe(48 * 2 ** 20)
    expect(turns).toBeGreaterThan(0)
  })
})

it('a stream that goes on with empty members for ever is refused', async () => {
  await expect(readNifti(endlessMembers())).rejects.toThrow(damaged.replace('invalid-gzip: ', ''))
}, 60_000)
