import { decodeSize, picture } from '../page.js'
import { program } from '../runs.js'

export default async function show(scans) {
  const { showMidSlices, source } = await program('show')
  const png = showMidSlices(scans.map(({ name, subject: { image } }) => ({ title: name, image })))
  const sizes = scans.map(
    ({ name, subject: { image } }) =>
      `the ${name} has ${image.shape.join(' × ')} voxels of ${image.spacingMm.map((s) => Number(s.toFixed(2))).join(' × ')} mm`,
  )
  const caption = `The two scans, at one scale: ${sizes.join('; ')}.`
  return {
    id: 'show',
    title: 'Two-dimensional planes',
    text: [
      'The median slices of the array along its three axes, each with its second axis upwards: the article’s `show_mid_slice`. Proportions are those of the body, whatever the spacing, and the letters at the edges are read from the affine, so that nobody has to know how a file is stored.',
      'All other figures on this page show anatomical planes (voxaug’s default), which look the same in whatever order and direction the axes are stored.',
    ],
    code: source,
    content: [picture({ png, ...decodeSize(png), caption })],
  }
}
