import type { Command, OptionSpec } from './arguments.ts'

const force: OptionSpec = { help: 'Replace files that exist.' }
const plugin: OptionSpec = {
  value: '<module or path>',
  repeatable: true,
  help: 'An ES module that exports a list of transforms, as default or as plugin.',
}

/** The commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'apply',
    summary: 'Augment images and label maps together, as a pipeline says.',
    usage: '--image <file> --label <file> --pipeline <file> [options]',
    positionals: [],
    options: {
      image: {
        value: '[name=]<file>',
        repeatable: true,
        help: 'An image (NIfTI, MGH, NRRD or MetaImage), called image in the pipeline unless named.',
      },
      label: {
        value: '[name=]<file>',
        repeatable: true,
        help: 'A label map, which moves along; called label unless named.',
      },
      pipeline: { value: '<file>', required: true, help: 'The steps, as JSON; see voxaug schema.' },
      plugin,
      seed: { value: '<n>', default: '0', help: 'The same seed and key give the same voxels, anywhere.' },
      key: { value: '<text>', help: 'Names the subject; the stem of the first file unless given.' },
      copies: { value: '<n>', default: '1', help: 'How many variants to make.' },
      out: { value: '<folder>', default: '.', help: 'Where to write; made if it is not there.' },
      dtype: { value: '<type>', default: 'float32', help: 'Type of the images written: int16, uint8, float32 …' },
      force,
    },
    examples: [
      'voxaug apply --image t1.nii.gz --label seg.nii.gz --pipeline p.json --copies 4 --out augmented',
      'voxaug apply --image t1=a.nii.gz --image t2=b.nii.gz --pipeline p.json --seed 7 --key sub-01',
    ],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'preview',
    summary: 'Draw a volume in three planes, before above after.',
    usage: 'IN [OUT] --out <figure.png> [options]',
    positionals: [
      { name: 'IN', help: 'A volume: NIfTI, MGH, NRRD or MetaImage.' },
      { name: 'OUT', help: 'Another, drawn below.', optional: true },
    ],
    options: {
      out: { value: '<figure.png>', required: true, help: 'The picture to write.' },
      label: {
        value: '<file>',
        repeatable: true,
        help: 'A label map to lay over IN; given again, over OUT.',
      },
      force,
    },
    examples: [
      'voxaug preview t1.nii.gz --out t1.png',
      'voxaug preview t1.nii.gz augmented/t1_aug0.nii.gz --label seg.nii.gz --label augmented/seg_aug0.nii.gz --out figure.png',
    ],
    load: async () => (await import('./preview.ts')).preview,
  },
  {
    name: 'info',
    summary: 'Read a volume, verify it, and say what it holds.',
    usage: 'FILE [--json] [--header]',
    positionals: [{ name: 'FILE', help: 'NIfTI, MGH, NRRD or MetaImage, or either file of a pair, .hdr or .img.' }],
    options: {
      json: { help: 'Print JSON.' },
      header: { help: 'Read the header alone, and verify no voxels.' },
    },
    examples: ['voxaug info t1.nii.gz', 'voxaug info t1.nii.gz --json'],
    load: async () => (await import('./info.ts')).info,
  },
  {
    name: 'list',
    summary: 'List the transforms, by package.',
    usage: '[--plugin <module or path>]',
    positionals: [],
    options: { plugin },
    examples: ['voxaug list', 'voxaug list --plugin ./my-transforms.js'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'describe',
    summary: 'Explain a transform and its options.',
    usage: 'TRANSFORM [--plugin <module or path>]',
    positionals: [{ name: 'TRANSFORM', help: 'Its name, as in geometry/Affine.' }],
    options: { plugin },
    examples: ['voxaug describe intensity/Gamma'],
    load: async () => (await import('./describe.ts')).describe,
  },
  {
    name: 'schema',
    summary: 'Print the JSON Schema of pipelines, for editors.',
    usage: '[--plugin <module or path>]',
    positionals: [],
    options: { plugin },
    examples: ['voxaug schema > pipeline.schema.json'],
    load: async () => (await import('./schema.ts')).schema,
  },
]
