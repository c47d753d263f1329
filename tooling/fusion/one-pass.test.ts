import {
  Compose,
  createRegistry,
  OneOf,
  pipelineFromJson,
  pipelineToJson,
  RandomApply,
  run,
  SomeOf,
} from '@voxaug/core'
import { asymmetricSubject, countPasses } from '@voxaug/core/testing'
import { ElasticDeformation } from '@voxaug/elastic'
import elastic from '@voxaug/elastic/plugin'
import { Affine, Crop, Flip } from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { ClipRange, Gamma } from '@voxaug/intensity'
import { affineWarp, defineSpatial } from '@voxaug/spatial'
import { describe, expect, test } from 'vitest'

// What no package may import on its own: steps of several, in one pass.

const Sink = defineSpatial({
  name: 'third/Sink',
  help: 'Moves the anatomy downwards by half a millimetre.',
  options: {},
  sample: () => ({}),
  resolve: () => ({
    warp: affineWarp([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, -0.5],
      [0, 0, 0, 1],
    ]),
  }),
})

const bend = () => ElasticDeformation({ maxDisplacementMm: 1.5 })
const spatial = () => [
  Flip({ axes: ['left-right'] }),
  OneOf([Affine({ rotationDegrees: [-15, 15] }), bend()]),
  RandomApply(bend(), { probability: 1 }),
  Sink(),
  Crop({ shape: [12, 14, 10], at: 'random' }),
]

describe('one pass over each entry', () => {
  const nested = {
    flat: Compose(spatial()),
    'one deep': Compose([Compose(spatial())]),
    'two deep': Compose([RandomApply(Compose([SomeOf([Compose(spatial())], { count: 1 })]), { probability: 1 })]),
  }
  test.each(Object.entries(nested))('%s', (_, pipeline) => {
    for (let seed = 0; seed < 8; seed++) {
      const { image, second, label } = asymmetricSubject()
      const subject = { image, second, label }
      // Two images and a label map.
      expect(countPasses(() => run(pipeline, subject, { seed }))).toEqual({ spatial: 3 })
      const { passes } = run(pipeline, subject, { seed }).trace
      for (const name of ['image', 'second', 'label']) expect(passes[name]).toHaveLength(1)
    }
  })

  test('a pipeline from JSON too', () => {
    const registry = createRegistry(geometry, elastic, [Sink])
    const pipeline = pipelineFromJson(JSON.parse(JSON.stringify(pipelineToJson(nested['two deep']))), registry)
    expect(countPasses(() => run(pipeline, { image: asymmetricSubject().image }, { seed: 3 }))).toEqual({ spatial: 1 })
  })
})

test('a spatial step after intensity steps begins anew, and the trace says why', () => {
  const pipeline = Compose([
    Affine({ rotationDegrees: 5 }),
    Gamma({ logGamma: 0.2 }),
    ClipRange({ min: -50, max: 500 }),
    Affine({ rotationDegrees: 7 }),
    Crop({ shape: [12, 14, 10] }),
  ])
  const { image, label } = asymmetricSubject()
  expect(countPasses(() => run(pipeline, { image, label }, { seed: 1 }))).toEqual({ spatial: 3, intensity: 1 })
  expect(run(pipeline, { image, label }, { seed: 1 }).trace.passes).toEqual({
    image: [
      { by: 'spatial', path: 'Compose[0]', why: 'the first spatial step' },
      { by: 'intensity', path: 'Compose[1]', why: 'intensity steps' },
      { by: 'spatial', path: 'Compose[3]', why: 'voxels were computed by intensity steps' },
    ],
    label: [{ by: 'spatial', path: 'Compose[0]', why: 'the first spatial step' }],
  })
})
