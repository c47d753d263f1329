// What the types must accept, and what they must refuse: compiled, never run.
import {
  Compose,
  choice,
  createRegistry,
  isVoxaugError,
  normal,
  OneOf,
  type Plugin,
  type Points,
  pipelineFromJson,
  points,
  RandomApply,
  run,
  SomeOf,
  type Trace,
  type Transform,
  type Volume,
  volume,
} from '@voxaug/core'
import { contract } from '@voxaug/core/testing'
import { readDicomSeries } from '@voxaug/dicom'
import { ElasticDeformation } from '@voxaug/elastic'
import elastic from '@voxaug/elastic/plugin'
import { Affine, Crop, Flip } from '@voxaug/geometry'
import geometry from '@voxaug/geometry/plugin'
import { ClipRange, Gamma, Noise, ZScore } from '@voxaug/intensity'
import intensity from '@voxaug/intensity/plugin'
import { readNifti, readVolumeHeader, type VolumeHeader } from '@voxaug/io'
import type { readNifti as readFile } from '@voxaug/io/node'
import type { headPhantom } from '@voxaug/phantom'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._: Same<A, B> extends true ? [] : ['the types differ']): void => {}

// Options: their names, units and forms.
export const pipeline: Transform = Compose([
  Flip({ axes: ['left-right', 'x'], probability: 0.5 }),
  Affine({ rotationDegrees: [-15, 15], scale: [[0.9, 1.1], 1, normal(1, 0.1)], fill: 'mean', include: ['image'] }),
  Affine(),
  Crop({ shape: [128, null, 128], at: 'random', id: 'patch' }),
  OneOf([Gamma({ logGamma: choice(-0.3, 0.3) }), Noise({ std: [0, 25] })], { weights: [2, 1] }),
  SomeOf([ClipRange({ min: 0, max: 1 }), ZScore({ over: { label: 'label' } })], { count: [0, 2] }),
  RandomApply(ElasticDeformation({ maxDisplacementMm: 7.5 }), { probability: 0.3 }),
])
// @ts-expect-error there is no such axis
Flip({ axes: ['upside-down'] })
// @ts-expect-error axes has no default
Flip()
// @ts-expect-error std has no default
Noise({})
// @ts-expect-error the unit is part of the name
Affine({ rotation: 15 })
// @ts-expect-error a range has two ends
Affine({ rotationDegrees: [1, 2, 3, 4] })
// @ts-expect-error a number is no word
Affine({ interpolation: 3 })
// @ts-expect-error no such interpolation
Affine({ interpolation: 'lanczos' })
// @ts-expect-error a probability is a number
RandomApply(Flip({ axes: ['x'] }), { probability: 'often' })
// @ts-expect-error steps stand in a list
Compose(Flip({ axes: ['x'] }))
// @ts-expect-error an option of another transform
Gamma({ std: 3 })
// @ts-expect-error a mask names its label map
ZScore({ over: { mask: 'label' } })

// A subject keeps its keys and types; a bare volume stays one.
const image = volume({ data: new Int16Array(60), shape: [3, 4, 5] })
const { output, trace } = run(pipeline, { image, marks: points([[1, 2, 3]]) }, { seed: 1, key: 'a' })
same<typeof output.image, Volume>()
same<typeof output.marks, Points>()
same<typeof trace, Trace>()
same<ReturnType<typeof run<Volume>>['output'], Volume>()
same<Awaited<ReturnType<typeof readFile>>['kind'], Volume['kind']>()
same<ReturnType<typeof headPhantom>['label'], Volume>()
// @ts-expect-error there is no such entry
output.label
// @ts-expect-error results are not for writing to
output.image.shape[0] = 1
// @ts-expect-error a seed is a number
run(pipeline, image, { seed: 'a' })
// @ts-expect-error voxels are in a typed array
volume({ data: [1, 2, 3], shape: [3, 1, 1] })

// Plugins and names in data.
const plugins: readonly Plugin[] = [geometry, elastic, intensity]
export const fromData: Transform = pipelineFromJson({ voxaug: 1, pipeline: [] }, createRegistry(...plugins))
export const cases: number = contract(Affine, { options: {}, random: false, bad: [] }).length
export const read: Promise<Volume> = readNifti(new Uint8Array())
export const header: Promise<VolumeHeader> = readVolumeHeader(new Uint8Array())
export const series: Promise<readonly Volume[]> = readDicomSeries([new Uint8Array()])
export const code = (error: unknown): string => (isVoxaugError(error) ? error.code : 'other')
