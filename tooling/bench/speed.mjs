// speed.mjs ROUNDS [PYTHON]: times in one process, contenders taking turns, the best of several rounds, as one line of JSON. What
// counts are ratios within the run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Compose, run } from '@voxaug/core'
import { ElasticDeformation, ElasticNoise } from '@voxaug/elastic'
import { Affine, Crop, Flip, Pad, Reorient, Resize, Rotate } from '@voxaug/geometry'
import { Blur, ClipPercentile, ClipRange, RescaleIntensity, ZScore } from '@voxaug/intensity'
import { resample } from '@voxaug/kernels'
import { startPeer } from './peer.mjs'
import { plainAffine } from './plain.mjs'
import { bend, box, head, indexMapOf, latticeOf, scene, shape, straight, turn, voxels } from './scene.mjs'

const image = scene()
const source = image.data
const upright = straight(source)
const scan = head()
const touched = new Float32Array(voxels)
const indexMap = indexMapOf(image)

/** The pass of an affine alone, into memory that was touched before. */
function passAlone() {
  const stages = [{ matrix: indexMap.slice(0, 12), box: shape, fill: 0 }]
  resample({ source, stages, window: { base: [0, 0, 0], step: [1, 1, 1], shape }, interpolation: 'linear' }, touched)
}

const timed = (work) => () => {
  const start = performance.now()
  work()
  return performance.now() - start
}
const output = (transform, on = image) => run(transform, on, { seed: 3 }).output
const ours = (transform, on = image) => timed(() => output(transform, on))

const turned = (interpolation) => Affine({ ...turn, interpolation })
const rotated = (interpolation) => Rotate({ degrees: [0, 0, 12], fill: 0, interpolation })
const zoomed = (factor, interpolation = 'linear') =>
  Resize({ factor, align: 'corners', antialias: false, interpolation, fill: 0 })
const cheap = [
  ClipRange({ min: 1, max: 140 }),
  RescaleIntensity({ from: [0, 150], to: [-1, 1] }),
  ClipRange({ min: -0.9, max: 0.9 }),
  RescaleIntensity({ from: [-1, 1], to: [0, 1000] }),
  ClipRange({ min: 20, max: 900 }),
]

/** What is measured here. Those with a peer have a contender of that name in peer.py, and a result that agrees with it. */
const withPeer = {
  'affine nearest': [turned('nearest')],
  'affine linear': [turned('linear')],
  'affine cubic': [turned('cubic')],
  'rotate nearest': [rotated('nearest'), upright],
  'rotate linear': [rotated('linear'), upright],
  'rotate cubic': [rotated('cubic'), upright],
  'zoom down': [zoomed(0.6), upright],
  'zoom up': [zoomed(1.3), upright],
  'zoom up cubic': [zoomed(1.3, 'cubic'), upright],
  elastic: [ElasticDeformation(bend)],
  'percentile clip': [ClipPercentile({ lower: 1, upper: 99 }), scan],
  'percentile clip of noise': [ClipPercentile({ lower: 1, upper: 99 })],
  'z-score': [ZScore(), scan],
  'z-score nonzero': [ZScore({ over: 'nonzero' }), scan],
  gaussian: [Blur({ sigmaMm: 2 }), upright],
}

const contenders = {
  slice: timed(() => source.slice()),
  sliceOfCrop: timed(() => source.slice(0, 128 ** 3)),
  passAlone: timed(passAlone),
  plain: timed(() => plainAffine(source, shape, indexMap, 0)),
  flipX: ours(Flip({ axes: ['x'] })),
  flipZ: ours(Flip({ axes: ['z'] })),
  reorient: ours(Reorient({ to: 'SAR' })),
  crop: ours(Crop(box)),
  pad: ours(Pad({ voxels: 8, fill: 'reflect' })),
  affineCrop: ours(Compose([Affine(turn), Crop(box)])),
  elasticLastCrop: ours(Compose([Affine(turn), ElasticDeformation(bend), Crop(box)])),
  elasticFirstCrop: ours(Compose([ElasticDeformation(bend), Affine(turn), Crop(box)])),
  elasticNoise: ours(ElasticNoise({ alpha: 4, sigmaVoxels: 35, fill: 0 }), upright),
  oneStep: ours(cheap[1]),
  fiveSteps: ours(Compose(cheap)),
  ...Object.fromEntries(Object.entries(withPeer).map(([name, [transform, on]]) => [name, ours(transform, on)])),
}

/** Throws unless the plain loop and ours give the same picture: only then is it fair to compare their times. */
function agreeWithPlain() {
  const { data } = output(Affine(turn))
  const plain = plainAffine(source, shape, indexMap, 0)
  const apart = data.reduce((count, value, n) => count + (Math.abs(value - plain[n]) > 0.02 ? 1 : 0), 0)
  // On the very border of the half voxel, rounding decides between the edge and the fill.
  if (apart > voxels / 1e5) throw new Error(`the plain loop and voxaug differ in ${apart} voxels`)
}

/** Throws unless a peer's result is ours, but for rims: there others blend with the fill, and nearest rounds other halves. */
async function agreeWithPeer(peer, folder) {
  for (const [name, [transform, on]] of Object.entries(withPeer)) {
    const file = join(folder, 'result')
    await peer.check(name, file)
    const theirs = new Float32Array(readFileSync(file).buffer)
    const { data } = output(transform, on)
    if (theirs.length !== data.length) throw new Error(`${name}: ${data.length} voxels, and ${theirs.length}`)
    let least = Infinity
    let most = -Infinity
    for (const x of theirs) {
      if (x < least) least = x
      if (x > most) most = x
    }
    const room = 1e-4 * (most - least)
    const apart = data.reduce((count, value, n) => count + (Math.abs(value - theirs[n]) > room ? 1 : 0), 0)
    if (apart > data.length / 25)
      throw new Error(`${name}: ours and the peer’s differ in ${apart} voxels of ${data.length}`)
  }
}

/** Every contender's best time, in ms, and the peers', if `python` names an interpreter with scipy. */
async function measure(rounds, python) {
  agreeWithPlain()
  const best = Object.fromEntries(Object.keys(contenders).map((name) => [name, Infinity]))
  const peers = {}
  const folder = mkdtempSync(join(tmpdir(), 'voxaug-bench-'))
  const file = join(folder, 'head')
  writeFileSync(file, scan.data)
  const drawn = run(ElasticDeformation(bend), image, { seed: 3, compute: false }).trace.steps[0].params
  const setup = { shape, head: file, indexMap, lattice: latticeOf(image, drawn) }
  const peer = python && (await startPeer(python, setup))
  try {
    if (peer) await agreeWithPeer(peer, folder)
    for (let round = 0; round < rounds; round++) {
      for (const [name, contender] of Object.entries(contenders)) {
        best[name] = Math.min(best[name], contender())
        // Some take seconds: three times is enough.
        if (peer && withPeer[name] && round < 3) peers[name] = Math.min(peers[name] ?? Infinity, await peer.time(name))
      }
      if (peer && round === 0) peers['article elastic'] = await peer.time('article elastic')
    }
  } finally {
    peer?.stop()
    rmSync(folder, { recursive: true })
  }
  return { ms: best, peers, versions: peer?.versions }
}

const [rounds, python] = process.argv.slice(2)
console.log(JSON.stringify(await measure(Number(rounds), python)))
