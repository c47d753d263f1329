import { describe, expect, it } from 'vitest'
import goldens from '../goldens/formats.json' with { type: 'json' }
import { fromBase64, gzipped } from '../test-file.ts'
import { expectGolden, type Golden } from './golden.ts'
import { readVolume } from './web.ts'

const all = Object.entries(goldens as Record<string, Golden>).filter(([, { beside }]) => beside === undefined)

describe('files of nibabel, pynrrd and SimpleITK, as those read them', () => {
  it.each(all)('%s', async (_, golden) => {
    const file = fromBase64(golden.file)
    expectGolden(await readVolume(file), golden)
    expectGolden(await readVolume(new Blob([file]).stream()), golden)
  })

  it('in gzip too', async () => {
    for (const [, golden] of all) {
      const file = fromBase64(golden.file)
      if (file[0] !== 0x1f && !isPacked(file)) expectGolden(await readVolume(await gzipped(file)), golden)
    }
    expect(all.length).toBeGreaterThan(9)
  })
})

/** Whether the voxels are compressed by themselves. */
const isPacked = (file: Uint8Array): boolean => {
  const text = new TextDecoder('latin1').decode(file.subarray(0, 600))
  return text.includes('encoding: gzip') || text.includes('CompressedData = True')
}
