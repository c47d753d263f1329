import { createRegistry, points, replay, type Trace, type Vec3, volume } from '@voxaug/core'
import { describe, expect, test } from 'vitest'
import goldens from './goldens/elastic.json' with { type: 'json' }
import plugin from './plugin.ts'

const registry = createRegistry(plugin)

// See tooling/goldens/elastic.py.
describe.each(goldens)('control points $controlPoints over $shape voxels agree with scipy:', (golden) => {
  const { shape, affine, controlPoints, displacementsMm } = golden
  const params = { controlPoints, displacementsMm }
  const step = { path: '', transform: 'elastic/ElasticDeformation', params, grids: {} }
  const trace: Trace = { voxaug: 1, seed: 0, key: '', copy: 0, passes: {}, warnings: [], steps: [step] }
  const image = volume({ data: Int16Array.from(golden.image), shape, affine })

  test('the image, wherever only its voxels are blended', () => {
    const { data } = replay(trace, image, { registry }).output
    const range = Math.max(...golden.image) - Math.min(...golden.image)
    let compared = 0
    for (const [n, inside] of golden.inside.entries()) {
      if (inside === 0) continue
      compared++
      // Weights are float32, so their products err by some 1e-7 of the range.
      expect(Math.abs(data[n]! - golden.wanted[n]!), `voxel ${n}`).toBeLessThan(1e-5 * range)
    }
    expect(compared).toBeGreaterThan(0.3 * data.length)
  })

  test('points, to 1e-5 mm', () => {
    const from = points(golden.points.map((one) => one.from))
    const { output } = replay(trace, { image, from }, { registry })
    for (const [n, p] of output.from.positions.entries()) {
      const wanted = golden.points[n]!.to as unknown as Vec3
      for (const axis of [0, 1, 2] as const) expect(Math.abs(p[axis] - wanted[axis])).toBeLessThan(1e-5)
    }
  })
})
