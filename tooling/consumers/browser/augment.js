import { Compose, OneOf, points, run, volume } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { encodePng, figure } from '@voxaug/figure'
import { Affine, Crop, Flip } from '@voxaug/geometry'
import { Gamma, Noise, ZScore } from '@voxaug/intensity'
import { readNifti, writeNifti } from '@voxaug/io'

/** Makes a volume, augments it, writes it as NIfTI and reads it back; gives what was computed as text. */
export async function augment() {
  const shape = [25, 22, 19]
  const length = shape[0] * shape[1] * shape[2]
  const image = volume({
    data: Int16Array.from({ length }, (_, n) => (n * 7919) % 1009),
    shape,
    spacingMm: [1, 1.5, 2],
  })
  const label = volume({
    data: Uint8Array.from({ length }, (_, n) => (n >> 6) % 3),
    shape,
    spacingMm: [1, 1.5, 2],
    kind: 'label',
  })
  const pipeline = Compose([
    Flip({ axes: ['x'] }),
    OneOf([Compose([ElasticDeformation({ maxDisplacementMm: 3 }), Affine({ rotationDegrees: [-15, 15] })])]),
    Crop({ shape: [12, 13, 14], at: 'random' }),
    Gamma({}),
    Noise({ std: 3 }),
    ZScore({}),
  ])
  const { output, trace } = run(pipeline, { image, label, marks: points([[1, 2, 3]]) }, { seed: 7, key: 'page' })
  const again = await readNifti(await writeNifti(output.image))
  if (!same(again.data, output.image.data)) throw new Error('NIfTI gave other voxels back')
  const { data: pixels } = figure(
    [
      { image, label },
      { image: output.image, label: output.label },
    ],
    { panelPx: 60 },
  )
  if (encodePng({ width: 1, height: 1, data: pixels.slice(0, 4) })[1] !== 0x50) throw new Error('no PNG')
  const parts = [pixels, output.image.data, output.label.data, Float64Array.from(output.marks.positions.flat())]
  const hashes = await Promise.all(parts.map((part) => crypto.subtle.digest('SHA-256', part)))
  return JSON.stringify([hashes.map((hash) => [...new Uint8Array(hash)]), trace.passes])
}

const same = (a, b) => a.length === b.length && a.every((value, n) => value === b[n])
