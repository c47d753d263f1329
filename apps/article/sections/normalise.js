import { numbersOf } from '../numbers.js'
import { drawn, table } from '../page.js'
import { drawing, program, runOn, twoColumns } from '../runs.js'

export default async function normalise(scans) {
  const { zscore, zeroToOne, source } = await program('normalise')
  const runs = scans.map((scan) => ({
    scan,
    zscore: runOn(zscore, scan.subject, scan.key),
    minMax: runOn(zeroToOne, scan.subject, scan.key),
  }))
  return {
    id: 'normalise',
    title: 'Intensity normalisation',
    text: [
      'The units of magnetic resonance mean nothing by themselves. Either the mean becomes 0 and the standard deviation 1, or the least value 0 and the greatest 1: the article’s `mean` and `max`.',
      'There the mean is that of the voxels that are not 0. These scans have no voxel that is 0, so that here it is that of a label map, which `over` names. The standard deviation is that of numpy (divided by n). Steps that work voxel by voxel share one pass over memory.',
    ],
    code: source,
    content: [
      drawn(
        runs.flatMap(({ scan, zscore, minMax }) => [zscore, minMax].map(({ trace }) => ({ name: scan.name, trace }))),
      ),
      table(
        ['over the label map', 'least', 'mean', 'standard deviation', 'greatest'],
        runs.flatMap(({ scan: { name, subject }, zscore, minMax }) => [
          [`${name}, as it was`, ...numbersOf(subject.image, subject.label)],
          [`${name}, z-score`, ...numbersOf(zscore.output.image, subject.label)],
          [`${name}, 0 to 1 (of all voxels)`, ...numbersOf(minMax.output.image, subject.label)],
        ]),
      ),
      drawing(
        [
          ...runs.map(({ scan: { name, subject } }) => ({ title: `${name}, as it was`, image: subject.image })),
          ...runs.map(({ scan, zscore }) => ({ title: `${scan.name}, z-score`, image: zscore.output.image })),
          ...runs.map(({ scan, minMax }) => ({ title: `${scan.name}, 0 to 1`, image: minMax.output.image })),
        ],
        twoColumns,
        'Each from its own 0.5th percentile, black, to its 99.5th, white: the pictures are alike, since only the numbers changed.',
      ),
    ],
  }
}
