import { Blob } from 'node:buffer'
import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti } from './node.ts'
import { damaged, endlessMembers, gzipCases } from './test-gzip.ts'

const cases = await gzipCases()

describe.each([
  ['memory', (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ['a stream', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream() as ReadableStream<Uint8Array>],
])('gzip by node:zlib, from %s', (_, source) => {
  it.each(Object.entries(cases))('with %s', async (_, [bytes, holds]) => {
    const outcome = await readNifti(source(new Uint8Array(bytes))).then(
      (volume) => volume.data,
      (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : error),
    )
    expect(outcome).toEqual(holds ? holds.subarray(352) : damaged)
  })
})

it('a stream that goes on with empty members for ever is refused', async () => {
  await expect(readNifti(endlessMembers())).rejects.toThrow(damaged.replace('invalid-gzip: ', ''))
})
