import { centerIndex, orientationOf, transformPoint } from '@voxaug/core'
import { drawn, table } from '../page.js'
import { drawing, oneColumn, program, runOn } from '../runs.js'

const rounded = (x) => Number(x.toFixed(3))

export default async function coordinates(scans) {
  const [epi, anatomy] = scans
  const { otherWay, ontoEpi, source } = await program('coordinates')
  const stored = runOn(otherWay, anatomy.subject.image, 'anatomy')
  const both = { anatomy: anatomy.subject.image, label: anatomy.subject.label, epi: epi.subject.image }
  const onEpi = runOn(ontoEpi, both, 'anatomy')
  const center = transformPoint(both.epi.affine, centerIndex(both.epi))
  return {
    id: 'coordinates',
    title: 'Coordinates, affines, orientation',
    text: [
      'An affine takes a voxel’s index to millimetres in the scanner’s space, here always RAS: right, anterior, superior. The EPI’s was tilted, so that its rows mix two world axes.',
      'voxaug carries the affine through each step, and files get it back. `Reorient` reorders axes without touching a value, as nibabel’s canonical orientation does (both scans are RAS already; the anatomy is stored as PSR here to show it). `ResampleTo` brings one scan onto another’s grid through the world, and takes labels along by the vote of their neighbours.',
    ],
    code: source,
    content: [
      table(
        ['', ...scans.map(({ name }) => name)],
        [
          ['shape', ...scans.map(({ subject: { image } }) => image.shape.join(' × '))],
          ['orientation', ...scans.map(({ subject: { image } }) => orientationOf(image.affine))],
          ...[0, 1, 2, 3].map((row) => [
            row === 0 ? 'affine' : '',
            ...scans.map(({ subject: { image } }) => `\`${inColumns(image.affine.slice(4 * row, 4 * row + 4))}\``),
          ]),
          [
            'world position of the centre, mm',
            ...scans.map(({ subject: { image } }) =>
              transformPoint(image.affine, centerIndex(image)).map(rounded).join(', '),
            ),
          ],
        ],
      ),
      drawing(
        [{ title: 'anatomy, stored as PSR: planes of the array', image: stored.output }],
        { ...oneColumn, planes: 'voxels' },
        'Stored the other way round, the array’s own planes are turned and mirrored; the letters say how.',
      ),
      drawing(
        [{ title: 'anatomy, stored as PSR: anatomical planes', image: stored.output }],
        oneColumn,
        'Anatomical planes of the same array: as for the original.',
      ),
      drawn([stored, onEpi].map(({ trace }) => ({ name: 'anatomy', trace }))),
      drawing(
        [
          { title: 'EPI', image: both.epi },
          { title: 'anatomy on its own grid, at the same place', image: both.anatomy, label: both.label },
          { title: "anatomy on the EPI's grid", image: onEpi.output.anatomy, label: onEpi.output.label },
        ],
        { ...oneColumn, at: { worldMm: center } },
        'Slices through the EPI’s centre in the world. On the EPI’s tilted grid, the anatomy shows the same structures in the same places.',
      ),
    ],
  }
}

const inColumns = (numbers) => numbers.map((x) => x.toFixed(3).padStart(8, '\u00a0')).join(' ')
