import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import real from './goldens/real.json' with { type: 'json' }
import synthetic from './goldens/synthetic.json' with { type: 'json' }
import * as web from './index.ts'
import { readNifti, readNiftiHeader } from './node.ts'
import { fromBase64 } from './test-file.ts'
import { expectHeader, expectVolume } from './test-golden.ts'

const data = process.env['VOXAUG_DATA']

describe('synthetic files, as nibabel reads them, in Node', () => {
  it.each(Object.entries(synthetic))('%s', async (_, { file, ...golden }) => {
    const bytes = fromBase64(file)
    expectVolume(await readNifti(bytes), golden)
    expectHeader(await readNiftiHeader(bytes), golden)
  })
})

describe.runIf(data)('real files, as nibabel reads them (left out where VOXAUG_DATA is not set)', () => {
  it('are all there', () =>
    expect(Object.keys(real)).toEqual(
      readdirSync(data!)
        .filter((name) => /\.(nii|nii\.gz|hdr|img)$/.test(name))
        .sort(),
    ))

  it.each(Object.entries(real))('%s', async (name, golden) => {
    const path = `${data}/${name}`
    for (const volume of [await readNifti(path), await web.readNifti(readFileSync(path))]) expectVolume(volume, golden)
    const header = await readNiftiHeader(path)
    expectHeader(header, golden)
    expect(header.warnings).toEqual([])
  })
})
