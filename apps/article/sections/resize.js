import { drawn } from '../page.js'
import { drawing, pair, program, runOn, twoColumns } from '../runs.js'

export default async function resize(scans) {
  const { nearest, half, twice, source } = await program('resize')
  const steps = [
    [nearest, 'half as many, nearest'],
    [half, 'half as many, smoothed first'],
    [twice, 'twice as many, cubic'],
  ]
  const runs = steps.flatMap(([transform, after]) =>
    scans.map((scan) => ({
      name: `${scan.name}, ${after}`,
      scan,
      after,
      ...runOn(transform, scan.subject, scan.key),
    })),
  )
  const rowsOf = ({ name, key, subject }) => [
    ...pair(`${name}, as it was`, subject),
    ...runs.filter(({ scan }) => scan.key === key).flatMap(({ after, output }) => pair(`${name}, ${after}`, output)),
  ]
  return {
    id: 'resize',
    title: 'Resizing: fewer or more voxels',
    text: [
      'The same field of view with half as many voxels along each axis, or twice as many. The article takes the nearest voxel (`zoom` with `order=0`), which drops seven of eight and lets fine structure alias; `nearest` does that too.',
      '`Resize` smooths images before they shrink unless told not to, writes the new spacing into the affine, so that the head keeps its size in millimetres, and gives label maps no value that they did not have.',
    ],
    code: source,
    content: [
      drawn(runs),
      ...scans.map((scan) =>
        drawing(
          rowsOf(scan),
          twoColumns,
          `The ${scan.name}. All rows have one scale: the body does not change its size.`,
        ),
      ),
    ],
  }
}
