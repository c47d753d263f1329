import { endsOf, numbersOf } from '../numbers.js'
import { drawn, table } from '../page.js'
import { drawing, program, runOn, twoColumns } from '../runs.js'

export default async function clipping(scans) {
  const { clip, source } = await program('clip')
  const runs = scans.map((scan) => ({ name: scan.name, scan, ...runOn(clip, scan.subject, scan.key) }))
  return {
    id: 'clip',
    title: 'Clipping outliers',
    text: [
      'Values below the 5th and above the 95th percentile are cut off, as in the article’s `percentile_clip`.',
      'Percentiles are numpy’s, exact for any number of voxels, and may be taken over the voxels that are not 0 or over a label map (`over`). The input is left alone, where the article’s function writes into it.',
    ],
    code: source,
    content: [
      drawn(runs),
      table(
        ['', 'least', 'mean', 'standard deviation', 'greatest'],
        runs.flatMap(({ scan, output }) => [
          [`${scan.name}, as it was`, ...numbersOf(scan.subject.image)],
          [`${scan.name}, clipped`, ...numbersOf(output.image)],
        ]),
      ),
      drawing(
        [
          ...runs.map(({ scan: { name, subject } }) => ({
            title: `${name}, as it was`,
            image: subject.image,
            window: endsOf(subject.image),
          })),
          ...runs.map(({ scan: { name, subject }, output }) => ({
            title: `${name}, clipped`,
            image: output.image,
            window: endsOf(subject.image),
          })),
          ...runs.map(({ scan: { name, subject }, output }) => ({
            title: `${name}, clipped - as it was`,
            image: output.image,
            minus: subject.image,
          })),
        ],
        twoColumns,
        'Each scan from its least value before, black, to its greatest, white; and what clipping took away (blue) or added (orange).',
      ),
    ],
  }
}
