import { beforeAndAfter, program } from '../runs.js'

export default async function rescale(scans) {
  const { augment, source } = await program('rescale')
  const { content } = beforeAndAfter(
    scans,
    augment,
    'rescaled',
    'The factor is in the table: above 1 the anatomy gets larger. The grid stays.',
  )
  return {
    id: 'rescale',
    title: 'Rescaling: zooming in and out',
    text: [
      'The anatomy gets larger or smaller on the same grid, by a factor from 0.7 to 1.2, as in the article’s `random_zoom`.',
      'There the matrix says where to read, so that a factor below 1 enlarges, and the first voxel stays in place: the head slides towards a corner. Here a factor above 1 enlarges, about the centre of the grid, and in millimetres. What was outside is filled with the least value, not with 0: these scans have no 0.',
    ],
    code: source,
    content,
  }
}
