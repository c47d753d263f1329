import { Compose, run, volume } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { Affine, Crop, Rotate } from '@voxaug/geometry'
import { Blur, Gamma, RescaleIntensity } from '@voxaug/intensity'
import { expect, test, vi } from 'vitest'
import { computeTimed } from './compute-timed.ts'

const subject = () => {
  const shape = [9, 10, 11] as const
  const image = volume({
    data: Float32Array.from({ length: 2 * 990 }, (_, n) => (n * 37) % 211),
    shape,
    channels: 2,
    affine: [2, 0.5, 0, -1, 0, 3, 0, -2, 0, 0, 4, -3, 0, 0, 0, 1],
  })
  return { image, label: volume({ data: Uint8Array.from({ length: 990 }, (_, n) => n % 4), shape, kind: 'label' }) }
}
const several = Compose([
  Rotate({ degrees: [0, 10, 25] }),
  ElasticDeformation({ maxDisplacementMm: 4 }),
  Blur({ sigmaMm: [3, 0, 2] }),
  Gamma({ logGamma: 0.3 }),
  Affine({ scale: 0.8 }),
  Crop({ shape: [7, 8, 6] }),
])

test('passes are those of the trace, in order, with their entry and the voxels of all channels', () => {
  const { output, trace } = run(several, subject(), { seed: 5, compute: false })
  const { passes } = computeTimed('image', output.image)
  expect(passes.length).toBeGreaterThan(1)
  expect(passes.map(({ entry: _, ms: __, voxels: ___, ...pass }) => pass)).toEqual(trace.passes['image'])
  for (const { entry, ms } of passes) {
    expect(entry).toBe('image')
    expect(ms).toBeGreaterThanOrEqual(0)
  }
  expect(passes.at(-1)!.voxels).toBe(2 * 7 * 8 * 6)
  expect(passes[0]!.voxels).toBe(2 * 9 * 10 * 11)
})

test('voxels are the same bits as those of a run that computes them', () => {
  const wanted = run(several, subject(), { seed: 5 }).output
  const { output } = run(several, subject(), { seed: 5, compute: false })
  for (const entry of ['image', 'label'] as const) {
    computeTimed(entry, output[entry])
    expect(output[entry].data).toEqual(wanted[entry].data)
  }
})

test('each pass has the time between its beginning and its end', () => {
  const { output } = run(Compose([Blur({ sigmaMm: 3 }), Rotate({ degrees: 10 })]), subject(), {
    seed: 5,
    compute: false,
  })
  const clock = vi.spyOn(performance, 'now')
  for (const now of [10, 15, 100, 107]) clock.mockReturnValueOnce(now)
  try {
    expect(computeTimed('image', output.image).passes.map(({ ms }) => ms)).toEqual([5, 7])
  } finally {
    clock.mockRestore()
  }
})

test('a volume whose voxels were given has no pass', () => {
  expect(computeTimed('image', subject().image)).toEqual({ passes: [], warnings: [] })
})

test('warnings are those that the run gives in its trace', () => {
  const image = volume({ data: new Float32Array(60).fill(3), shape: [3, 4, 5] })
  const rescale = RescaleIntensity({ constant: 'warn' })
  const { trace } = run(rescale, { image }, { seed: 1 })
  const later = run(rescale, { image }, { seed: 1, compute: false })
  const { warnings } = computeTimed('image', later.output.image)
  expect(trace.warnings.length).toBe(1)
  expect([...later.trace.warnings, ...warnings]).toEqual(trace.warnings)
})
