import { transformPoint } from '@voxaug/core'
import { deformationOf } from '@voxaug/figure'
import { beforeAndAfter, drawing, oneColumn, program, runOn } from '../runs.js'

export default async function elastic(scans) {
  const { faint, deform, source } = await program('elastic')
  const most = scans.map(
    ({ name, key, subject }) => `${mostMm(runOn(faint, subject, key).trace).toFixed(3)} mm for the ${name}`,
  )
  const { runs, content } = beforeAndAfter(
    scans,
    deform,
    'deformed',
    'Image and label map follow the same field; labels by the vote of their neighbours.',
  )
  return {
    id: 'elastic',
    title: 'Elastic deformation',
    text: [
      'Noise at each voxel, smoothed by a Gaussian of width sigma and multiplied by alpha, says how far to look aside: Simard’s deformation. In three dimensions smoothing leaves very little of the noise: with the article’s alpha of 4 and sigma of 35 voxels (`faint`) no point moves by more than ' +
        `${most.join(' and ')}. \`deform\` has an alpha that one can see.`,
      'voxaug takes sigma and alpha in millimetres too, makes no dense field unless asked (a lattice of control points has the same statistics), warns in the trace where a field folds, and moves image, labels and points by one field. `ElasticDeformation` says the greatest displacement of its control points directly.',
    ],
    code: source,
    content: [
      ...content,
      ...runs.map(({ scan, output, trace }) =>
        drawing(
          [
            { title: `${scan.name}, deformed; every 10 mm`, image: output.image, deformation: deformationOf(trace) },
            { title: 'the deformation alone', deformation: deformationOf(trace) },
            { title: 'deformed - as it was', image: output.image, minus: scan.subject.image },
          ],
          oneColumn,
          `The ${scan.name}: lines that were straight and 10 mm apart, where they went within each plane; and what changed.`,
        ),
      ),
    ],
  }
}

/** The longest way, in mm, from where a voxel is to where it came from. */
function mostMm(trace) {
  const { data, shape, affine } = deformationOf(trace)
  const size = data.length / 3
  let most = 0
  for (let n = 0; n < size; n++) {
    const [x, y, z] = transformPoint(affine, [
      n % shape[0],
      Math.floor(n / shape[0]) % shape[1],
      Math.floor(n / shape[0] / shape[1]),
    ])
    const way = Math.hypot(data[n] - x, data[n + size] - y, data[n + 2 * size] - z)
    if (way > most) most = way
  }
  return most
}
