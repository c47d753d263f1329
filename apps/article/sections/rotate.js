import { beforeAndAfter, program } from '../runs.js'

export default async function rotate(scans) {
  const { augment, source } = await program('rotate')
  const { content } = beforeAndAfter(
    scans,
    augment,
    'rotated',
    'Image and label map turn by the same angle about the same point.',
  )
  return {
    id: 'rotate',
    title: 'Rotation',
    text: [
      "A turn by up to 30° to either side, about one of the three world axes, each as likely; `axes: 'all'` turns about all three.",
      'Angles are in the space of millimetres: a rotation stays rigid where voxels are no cubes, where turning indices would shear the head. The grid stays as it is, or grows to hold all with `expand: true`. Turns by 90° between matching axes copy voxels, bit for bit.',
    ],
    code: source,
    content,
  }
}
