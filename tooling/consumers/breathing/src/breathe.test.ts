import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import {
  Compose,
  createRegistry,
  invert,
  OneOf,
  pipelineFromJson,
  pipelineSchema,
  pipelineToJson,
  points,
  RandomApply,
  replay,
  run,
  type Trace,
} from '@voxaug/core'
import { asymmetricSubject, contract, countPasses } from '@voxaug/core/testing'
import { ElasticDeformation } from '@voxaug/elastic'
import elastic from '@voxaug/elastic/plugin'
import { Affine, Crop, Flip } from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { readNifti, writeNifti } from '@voxaug/io/node'
import { Breathe } from 'voxaug-breathing'
import breathing from 'voxaug-breathing/plugin'

describe('Breathe keeps the contract of every transform:', () => {
  const cases = contract(Breathe, {
    options: { depthMm: [2, 6] },
    random: true,
    identity: { depthMm: 0 },
    bad: [{ depthMm: -1 }, { depthMm: [5, 1] }, { depthCm: 1 }, { phase: 1.5 }],
  })
  for (const { name, check } of cases) test(name, check)
})

const registry = createRegistry(geometry, elastic, breathing)
const nested = (): ReturnType<typeof Compose> =>
  Compose([
    Flip({ axes: ['left-right'] }),
    Compose([
      OneOf([
        Affine({ rotationDegrees: [-15, 15], scale: [0.9, 1.1] }),
        Compose([ElasticDeformation({ maxDisplacementMm: 1 }), RandomApply(Breathe({ depthMm: 4, phase: 0.5 }))]),
      ]),
      RandomApply(Compose([Breathe({ depthMm: [1, 6] }), RandomApply(ElasticDeformation({ maxDisplacementMm: 1 }))])),
    ]),
    RandomApply(Breathe({}), { probability: 0.7 }),
    Crop({ shape: [9, 12, 8], at: 'random' }),
  ])

test('with the steps of other packages, two deep in combinators, it is one pass for each entry', () => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 20; seed += 1) {
    let trace: Trace | undefined
    const passes = countPasses(() => {
      trace = run(nested(), asymmetricSubject(), { seed }).trace
    })
    assert.deepEqual(passes, { spatial: 3 }) // image, second and label
    const each = ['image', 'second', 'label'].map((name) => trace!.passes[name]?.length)
    assert.deepEqual(each, [1, 1, 1])
    for (const { transform } of trace!.steps) seen.add(transform)
  }
  const all = ['breathing/Breathe', 'elastic/ElasticDeformation', 'geometry/Affine', 'geometry/Crop', 'geometry/Flip']
  assert.deepEqual([...seen].sort(), all)
})

test('points go down by what was asked at the inferior end, and stay at the superior end', () => {
  const { image } = asymmetricSubject()
  const heights = [-1, 1].map((end) => {
    const index = image.shape.map((n, axis) => (axis === 2 ? (end < 0 ? 0 : n - 1) : (n - 1) / 2))
    return [0, 4, 8].map((row) =>
      index.reduce((sum, i, axis) => sum + image.affine[row + axis]! * i, image.affine[row + 3]!),
    )
  })
  const { output } = run(Breathe({ depthMm: 6, phase: 0.5 }), { image, landmarks: points(heights) }, { seed: 1 })
  const [low, high] = output.landmarks.positions.map(([, , z], n) => z - heights[n]![2]!)
  assert.ok(low! < -4 && low! > -6, `the lower one went ${low} mm`)
  assert.ok(high! > -1 && high! <= 0, `the upper one went ${high} mm`)
})

test('it goes through pipeline JSON, stands in the schema, and is replayed and undone from a stored trace', () => {
  const json = JSON.parse(JSON.stringify(pipelineToJson(nested())))
  assert.deepEqual(pipelineToJson(pipelineFromJson(json, registry)), json)
  const schema = JSON.stringify(pipelineSchema(registry))
  assert.ok(schema.includes('"const":"breathing/Breathe"') && schema.includes('"depthMm"'))

  const [subject, again] = [asymmetricSubject(), asymmetricSubject()]
  const { output, trace } = run(Breathe({ depthMm: 5, phase: 0.3 }), subject, { seed: 4 })
  const stored = JSON.parse(JSON.stringify(trace)) as Trace
  assert.deepEqual(replay(stored, again, { registry }).output.image.data, output.image.data)
  const back = invert(stored, output, { registry }).output.points.positions
  for (const [n, p] of back.entries()) {
    for (const axis of [0, 1, 2] as const) assert.ok(Math.abs(p[axis] - subject.points.positions[n]![axis]) < 1e-3)
  }
})

test('voxaug apply --plugin runs it, and gives what run gives', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'voxaug-breathing-'))
  try {
    const { image, label } = asymmetricSubject()
    await writeNifti(join(folder, 't1.nii.gz'), image)
    await writeNifti(join(folder, 'seg.nii.gz'), label)
    const step = { transform: 'breathing/Breathe', options: { depthMm: [2, 6] } }
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ voxaug: 1, pipeline: [step] }))
    const [bin, plugin] = ['../node_modules/voxaug/bin/voxaug.js', 'plugin.js'].map((path) =>
      join(import.meta.dirname, path),
    )
    const files = ['--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'p.json', '--out', 'out']
    execFileSync(process.execPath, [bin!, 'apply', ...files, '--plugin', plugin!, '--seed', '5'], { cwd: folder })
    const subject = {
      image: await readNifti(join(folder, 't1.nii.gz')),
      label: await readNifti(join(folder, 'seg.nii.gz'), { kind: 'label' }),
    }
    const { output } = run(Compose([Breathe({ depthMm: [2, 6] })]), subject, { seed: 5, key: 't1' })
    const got = await readNifti(join(folder, 'out/t1_aug0.nii.gz'))
    assert.deepEqual(got.data, output.image.data)
    const trace = JSON.parse(readFileSync(join(folder, 'out/t1_aug0.json'), 'utf8')) as Trace
    assert.equal(trace.steps[0]!.transform, 'breathing/Breathe')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
