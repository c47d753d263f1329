import { shiftOrigin, type Vec3, type Volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import goldens from '../goldens/formats.json' with { type: 'json' }
import { fromBase64, gzipped } from '../test-file.ts'
import { expectGolden, type Golden } from './golden.ts'
import { readVolume, readVolumeHeader } from './web.ts'

const all = Object.entries(goldens as Record<string, Golden>).filter(([, { beside }]) => beside === undefined)

describe('files of nibabel, pynrrd and SimpleITK, as those read them', () => {
  it.each(all)('%s', async (_, golden) => {
    const file = fromBase64(golden.file)
    expectGolden(await readVolume(file), golden)
    expectGolden(await readVolume(new Blob([file]).stream()), golden)
  })

  it.each(all)('%s: the header alone, and regions', async (_, golden) => {
    const file = fromBase64(golden.file)
    const whole = await readVolume(file)
    const { shape, channels, affine, spacingMm, warnings } = whole
    const header = await readVolumeHeader(new Blob([file]))
    expect(header).toMatchObject({ shape, channels, affine, spacingMm, warnings })
    expect(header.format.replace(/NIfTI-.*/, 'NIfTI')).toBe(golden.format)
    const start = shape.map((n) => (n > 1 ? 1 : 0)) as unknown as Vec3
    const regions: Vec3[] = [
      shape,
      [shape[0] - start[0], 1, 1],
      [1, shape[1] - start[1], 1],
      [1, 1, shape[2] - start[2]],
    ]
    for (const size of regions) {
      const from: Vec3 = size === shape ? [0, 0, 0] : start
      const part = await readVolume(file, { region: { start: from, size } })
      expect(part).toMatchObject({ shape: size, channels, affine: shiftOrigin(affine, from) })
      expect(Array.from(part.data)).toEqual(Array.from(cut(whole, from, size)))
    }
    await expect(readVolume(file, { region: { start, size: shape } })).rejects.toMatchObject(
      shape.some((n) => n > 1) ? { code: 'invalid-option', option: 'region' } : {},
    )
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

/** The voxels of a region, cut from those of the whole. */
function cut({ data, shape: [nx, ny, nz], channels }: Volume, [i, j, k]: Vec3, [sx, sy, sz]: Vec3): number[] {
  const voxels: number[] = []
  for (let c = 0; c < channels; c++)
    for (let z = k; z < k + sz; z++)
      for (let y = j; y < j + sy; y++)
        for (let x = i; x < i + sx; x++) voxels.push(data[x + nx * (y + ny * (z + nz * c))]!)
  return voxels
}
