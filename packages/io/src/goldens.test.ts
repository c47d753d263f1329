import { describe, expect, it } from 'vitest'
import synthetic from './goldens/synthetic.json' with { type: 'json' }
import { readNifti, readNiftiHeader } from './index.ts'
import { fromBase64, gzipped } from './test-file.ts'
import { expectHeader, expectVolume } from './test-golden.ts'

describe('synthetic files, as nibabel reads them', () => {
  it.each(Object.entries(synthetic))('%s', async (_, { file, ...golden }) => {
    const bytes = fromBase64(file)
    expectVolume(await readNifti(bytes), golden)
    expectHeader(await readNiftiHeader(bytes), golden)
    if (bytes[0] === 0x1f) return
    expect(await readNifti(await gzipped(bytes))).toEqual(await readNifti(bytes))
  })
})
