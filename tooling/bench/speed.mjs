// Times in one process, contenders taking turns, the best of several rounds; what counts are ratios within the run.
import { Compose, inverse, multiply, run } from '@voxaug/core'
import { ElasticDeformation } from '@voxaug/elastic'
import { Affine, Crop, Flip } from '@voxaug/geometry'
import { sampleRows } from '@voxaug/kernels'
import { plainAffine } from './plain.mjs'
import { bend, box, scene, shape, turn, voxels } from './scene.mjs'

const image = scene()
const source = image.data
const touched = new Float32Array(voxels)

/** The affine's map from output index to source index, for the contenders that know nothing of worlds. */
const indexMap = (() => {
  const { trace } = run(Affine(turn), image, { seed: 0, compute: false })
  const [cx, cy, cz] = [0, 1, 2].map((row) => {
    const c = shape.map((n) => (n - 1) / 2)
    return (
      image.affine[4 * row] * c[0] +
      image.affine[4 * row + 1] * c[1] +
      image.affine[4 * row + 2] * c[2] +
      image.affine[4 * row + 3]
    )
  })
  const radians = (trace.steps[0].params.rotationDegrees[2] * Math.PI) / 180
  const [c, s] = [Math.cos(radians) * 1.1, Math.sin(radians) * 1.1]
  const push = [c, -s, 0, cx - c * cx + s * cy, s, c, 0, cy - s * cx - c * cy, 0, 0, 1.1, cz - 1.1 * cz, 0, 0, 0, 1]
  return multiply(inverse(image.affine), multiply(inverse(push), image.affine))
})()

/** The kernel alone, in place: from the first slab's end to the last's, scaled to all slabs. */
function kernelAlone() {
  let first = 0
  let last = 0
  let slabs = 0
  const stages = [{ matrix: indexMap.slice(0, 12), box: shape, fill: 0 }]
  sampleRows({ source, stages, window: { base: [0, 0, 0], step: [1, 1, 1], shape }, interpolation: 'linear' }, () => {
    last = performance.now()
    first ||= last
    slabs++
  })
  return ((last - first) * slabs) / (slabs - 1)
}

const timed = (work) => () => {
  const start = performance.now()
  work()
  return performance.now() - start
}
const ours = (transform, seed = 3) => timed(() => run(transform, image, { seed }))

const contenders = {
  set: timed(() => touched.set(source)),
  slice: timed(() => source.slice()),
  sliceOfCrop: timed(() => source.slice(0, 128 ** 3)),
  kernel: kernelAlone,
  affine: ours(Affine(turn)),
  plain: timed(() => plainAffine(source, shape, indexMap, 0)),
  flipX: ours(Flip({ axes: ['x'] })),
  flipZ: ours(Flip({ axes: ['z'] })),
  crop: ours(Crop(box)),
  affineCrop: ours(Compose([Affine(turn), Crop(box)])),
  elasticLastCrop: ours(Compose([Affine(turn), ElasticDeformation(bend), Crop(box)])),
  elasticFirstCrop: ours(Compose([ElasticDeformation(bend), Affine(turn), Crop(box)])),
  elastic: ours(ElasticDeformation(bend)),
}

/** Throws unless the plain loop and ours give the same picture: only then is it fair to compare their times. */
function agree() {
  const { data } = run(Affine(turn), image, { seed: 3 }).output
  const plain = plainAffine(source, shape, indexMap, 0)
  const apart = data.reduce((count, value, n) => count + (Math.abs(value - plain[n]) > 0.02 ? 1 : 0), 0)
  // On the very border of the half voxel, rounding decides between the edge and the fill.
  if (apart > voxels / 1e5) throw new Error(`the plain loop and voxaug differ in ${apart} voxels`)
}

/** Every contender's best time, in ms. */
export function measure(rounds) {
  agree()
  const best = Object.fromEntries(Object.keys(contenders).map((name) => [name, Number.POSITIVE_INFINITY]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) best[name] = Math.min(best[name], contender())
  }
  return best
}
