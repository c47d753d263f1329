import { entry, type Subject, show, type Volume, VoxaugError } from '@voxaug/core'
import { statistics } from '@voxaug/kernels'
import { defineSpatial, fieldWarp } from '@voxaug/spatial'
import { mixed, planeProjection } from './mix-field.ts'

const name = 'elastic/DisplacementField'

/**
 * Deforms the anatomy by a given field of displacements, as a registration gives it.
 *
 * Formula: out(p) = in(p + d(p))
 *
 * d is in world mm (RAS), read from an image of the subject with three channels: along x, y and z. Between its voxels d is
 * trilinear; beyond its outer voxel centres it is what it is at the nearest of them. Fields of ITK are in LPS: turn the signs of
 * x and y. No step of the pipeline changes the field: it is that of the world, wherever this step stands, and an inverse finds it
 * as it was. It should not be the subject's first image, which is the frame. A frame of one voxel's thickness keeps displacements
 * within its plane. Where the field folds space the trace has the warning `folding`; points and inverses then throw.
 * Grid: unchanged. Images become float32.
 * Labels: move along, and gain no value.
 * Points: move along, to 1e-6 mm.
 * Inverse: by position, to 1e-3 voxel; the field must be an entry of what is brought back.
 * @throws VoxaugError `unknown-entry`, `invalid-field` unless there are three channels of finite numbers; `folding` for points or an
 * inverse where the field folds
 * @see SimpleITK DisplacementFieldTransform; MONAI Warp
 */
export const DisplacementField = /* @__PURE__ */ defineSpatial({
  name,
  help: 'Deforms the anatomy by a given field of displacements.',
  options: { entry: entry({ help: 'An image with three channels, the displacements along x, y and z in mm.' }) },
  example: { entry: 'field' },
  fixes: ({ entry }) => [entry],
  sample: ({ entry }) => ({ entry }),
  resolve({ entry: field }, { frame, subject }) {
    const volume = fieldOf(subject, field)
    const millimetres = millimetresOf(volume)
    const within = planeProjection(frame)
    return { warp: fieldWarp(volume, within ? mixed(millimetres, within) : millimetres) }
  },
})

function fieldOf(subject: Subject, field: string): Volume {
  const found = Object.hasOwn(subject, field) ? subject[field] : undefined
  if (found?.kind !== 'image') {
    const message = `there must be an image named ${show(field)}; there are ${Object.keys(subject).join(', ')}.`
    throw new VoxaugError('unknown-entry', message, { transform: name, option: 'entry', received: field })
  }
  if (found.channels === 3) return found
  throw new VoxaugError('invalid-field', `${field} must have three channels, got ${found.channels}.`, {
    transform: name,
    option: 'entry',
    received: found.channels,
  })
}

const known = new WeakMap<Volume, Float32Array>()

/** A field's displacements, looked at once in its life. */
function millimetresOf(volume: Volume): Float32Array {
  const kept = known.get(volume)
  if (kept) return kept
  const { data } = volume
  const { nonFinite } = statistics(data)
  if (nonFinite > 0)
    throw new VoxaugError('invalid-field', `displacements must be finite, got ${nonFinite} that are NaN or infinite.`, {
      transform: name,
    })
  const millimetres = data instanceof Float32Array ? data : Float32Array.from(data)
  known.set(volume, millimetres)
  return millimetres
}
