import { beforeAndAfter, program } from '../runs.js'

export default async function crop(scans) {
  const { augment, source } = await program('crop')
  const { content } = beforeAndAfter(
    scans,
    augment,
    'cropped',
    'The pieces at their true size, with their own median slices.',
  )
  return {
    id: 'crop',
    title: 'Random 3D crop',
    text: [
      'A piece of 32 × 40 × 24 voxels from a random place, as one trains on patches. The trace has the place as a fraction of the room that there is, so that it can be replayed on a scan of another size.',
      'Places go up to the very last one, which the article’s `randint` never draws. The affine of the piece says where it lies in the body; a crop at the end of a pipeline makes all steps before it cheaper, since only its voxels are computed. `at` may also be a label, or an image of weights.',
    ],
    code: source,
    content,
  }
}
