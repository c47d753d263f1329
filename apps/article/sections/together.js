import { drawn } from '../page.js'
import { drawing, program, runOn } from '../runs.js'

const sheet = { views: ['axial'], columns: 6, panelPx: 150 }

export default async function together(scans) {
  const { augment, source } = await program('together')
  const sheets = scans.map((scan) => ({
    scan,
    variants: Array.from({ length: 12 }, (_, copy) => runOn(augment, scan.subject, scan.key, copy)),
  }))
  const titled = (variants, rowOf) => variants.map(({ output }, n) => ({ title: `${n + 1}`, ...rowOf(output) }))
  return {
    id: 'together',
    title: 'All of it together',
    text: [
      'Steps are written one after another and run as few times as can be: flip, elastic deformation, affine and crop are one resampling of just the voxels that are kept, and the intensity steps one more pass over memory. Each voxel is interpolated once.',
      'Seed, key and copy decide what is drawn; the same ones give the same voxels on any machine, and this page the same bytes. A trace can be replayed on another scan, and inverted to bring a prediction back.',
    ],
    code: source,
    content: [
      ...sheets.flatMap(({ scan, variants }) => [
        drawing(
          titled(variants, ({ image }) => ({ image })),
          sheet,
          `Twelve variants of the ${scan.name}, axial, each with its own window.`,
        ),
        drawing(
          titled(variants, ({ image, label }) => ({ image, label })),
          sheet,
          'The same with their label maps.',
        ),
      ]),
      drawn(sheets.map(({ scan, variants: [{ trace }] }) => ({ name: `${scan.name}, variant 1`, trace }))),
    ],
  }
}
