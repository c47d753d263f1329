import { beforeAndAfter, program } from '../runs.js'

export default async function flip(scans) {
  const { augment, source } = await program('flip')
  const { content } = beforeAndAfter(
    scans,
    augment,
    'flipped',
    'Which axes were drawn is in the table; the colours of the label map tell.',
  )
  return {
    id: 'flip',
    title: 'Flip',
    text: [
      'Mirrors the anatomy, here across each of the three axes every second time.',
      'Axes have anatomical names, so that a pipeline does the same to a file that is stored in another order; `x`, `y` and `z` name voxel axes. Voxels are copied and not interpolated. What a label means (left, right) is for the user to swap.',
    ],
    code: source,
    content,
  }
}
