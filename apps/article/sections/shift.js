import { beforeAndAfter, program } from '../runs.js'

export default async function shift(scans) {
  const { augment, source } = await program('shift')
  const { content } = beforeAndAfter(
    scans,
    augment,
    'shifted',
    'What comes in from outside is the least value of the image, and label 0.',
  )
  return {
    id: 'shift',
    title: 'Shift',
    text: [
      'Moves the anatomy along each axis by up to a fifth of the image to either side: a width of 40 %, as the article has it (`max_percentage=0.4` is halved there to each side, and goes by the first axis for all three).',
      "A shift may also be given in voxels or in millimetres, and need not be whole. Edges can be continued in place of the fill: `fill: 'edge'`, `'reflect'`, `'mirror'` or `'wrap'`.",
    ],
    code: source,
    content,
  }
}
