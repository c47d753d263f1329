import { type Mask, type Subject, sameSpace, show, type Volume, VoxaugError, voxelsOf } from '@voxaug/core'
import type { Where } from '@voxaug/kernels'

/** Some voxels of a volume: all, those that are not 0, or those where a label map is not 0. */
export type Selection = 'all' | 'nonzero' | Volume

/**
 * The voxels that a mask option means for a volume.
 * @throws VoxaugError `unknown-entry`, `mask-grid` when the label map does not lie on the volume's grid
 */
export function selectionOf(
  mask: Mask,
  volume: Volume,
  subject: Subject,
  transform: string,
  option = 'over',
): Selection {
  if (typeof mask === 'string') return mask
  const label = Object.hasOwn(subject, mask.label) ? subject[mask.label] : undefined
  const refuse = (code: string, message: string) =>
    new VoxaugError(code, message, { transform, option, received: mask })
  if (label?.kind !== 'label')
    throw refuse('unknown-entry', `${option} must name a label map of the subject, got ${show(mask.label)}.`)
  if (!sameSpace(label, volume)) {
    const brief = ({ shape, affine }: Volume) =>
      `${shape.join(' × ')} voxels at ${[3, 7, 11].map((n) => affine[n]!.toFixed(2)).join(', ')} mm`
    // Grids may differ in direction or spacing alone.
    const whole = (of: Volume) =>
      `${brief(of)} with the affine ${of.affine
        .slice(0, 12)
        .map((x) => Number(x.toFixed(4)))
        .join(', ')}`
    const [wanted, got] = brief(volume) === brief(label) ? [whole(volume), whole(label)] : [brief(volume), brief(label)]
    throw refuse('mask-grid', `${mask.label} must lie on the image's grid of ${wanted}, got ${got}.`)
  }
  return label
}

/** A selection as kernels take it: of a label map, a byte for each voxel of its first channel. */
export function whereOf(selection: Selection): 'all' | Where {
  if (typeof selection === 'string') return selection
  const size = voxelsOf(selection.shape)
  const { data } = selection
  return data instanceof Uint8Array
    ? data.subarray(0, size)
    : Uint8Array.from(data.subarray(0, size), (label) => (label === 0 ? 0 : 1))
}
