import { type Options, orientationOf, pipelineToJson } from '@voxaug/core'
import { codeOf, importsOf, jsonOf } from './code.ts'
import type { Docstring } from './docstring.ts'
import { type Experiment, seed, volumesOf } from './experiment.ts'
import { document, fence, plain, table } from './markdown.ts'
import { optionsTable } from './options-table.ts'
import type { Source } from './sources.ts'
import { rounded, valuesOf } from './values.ts'

/** All that a page says. */
export interface Content {
  readonly doc: Docstring
  readonly source: Source
  readonly experiment: Experiment
  readonly caption: string
  /** The options that all spatial transforms share. */
  readonly shared: Options
}

/** A transform's page. */
export function pageOf({ doc, source, experiment, caption, shared }: Content): string {
  const { definition } = experiment.transform
  const { name, alternatives } = definition
  const [folder, factory] = name.split('/') as [string, string]
  const entries = Object.entries(definition.options)
  const own = Object.fromEntries(entries.filter(([key, option]) => shared[key] !== option))
  const isSpatial = entries.length > Object.keys(own).length
  return document([
    `# ${name}`,
    plain(doc.summary),
    `![${factory}, before and after](${factory}.png)`,
    plain([caption, drawnBy(experiment)].filter(Boolean).join(' ')),
    resultOf(experiment),
    pointOf(experiment),
    '## What it does',
    fence('text', doc.formula),
    ...doc.about.map(plain),
    [
      ['Grid', doc.grid],
      ['Labels', doc.labels],
      ['Points', doc.points],
      ['Inverse', doc.inverse],
    ]
      .map(([what, text]) => `- **${what}:** ${plain(text!)}`)
      .join('\n'),
    '## Options',
    optionsTable(own),
    alternatives &&
      (alternatives.some((key) => definition.options[key]?.default !== undefined)
        ? `At most one of ${listed(alternatives)} may be given.`
        : `Exactly one of ${listed(alternatives)} must be given.`),
    amounts(own),
    isSpatial ? 'Every spatial transform takes these too:' : undefined,
    isSpatial ? optionsTable(shared) : undefined,
    'And `id`, `include` and `exclude`, as [every transform](../README.md#options-of-every-transform).',
    '## The example',
    fence('ts', exampleCode(experiment)),
    'The same as a pipeline, `pipeline.json`, and on the command line:',
    fence('json', jsonOf(pipelineToJson(experiment.transform))),
    fence('sh', commandOf(experiment)),
    doc.throws.length > 0 ? '## Errors' : undefined,
    ...doc.throws.map((text) => `${plain(text)}.`),
    '## Sources',
    ...doc.see.map((see) => `${plain(see)}.`),
    `Written in [${source.path}](../../../${source.path}), of [@voxaug/${folder}](../../../packages/${folder}/README.md). [All transforms](../README.md).`,
  ])
}

const listed = (names: readonly string[]) =>
  names
    .map((name) => `\`${name}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1')

const amounts = (options: Options): string | undefined =>
  Object.values(options).some(({ type }) => type === 'range' || type === 'perAxis')
    ? 'A number, or \\[min, max\\] to draw from: there are [other ways to draw](../README.md#amounts).'
    : undefined

/** What the seed gave, where another one would have given something else. Streams and long lists tell nobody anything. */
function drawnBy({ drawn, changes }: Experiment): string {
  const told = Object.entries(drawn).filter(([key, value]) => key !== 'stream' && JSON.stringify(value).length < 100)
  const params = told.map(([key, value]) => `\`${key}: ${short(value)}\``)
  return changes === 'steps' || params.length === 0 ? '' : `Seed ${seed} drew ${params.join(', ')}.`
}

function short(value: unknown): string {
  if (typeof value === 'number') return rounded(value)
  return Array.isArray(value) ? `[${value.map(short).join(', ')}]` : JSON.stringify(value)
}

/** In numbers, what the picture shows. */
function resultOf({ changes, before, runs: [{ output }] }: Experiment): string | undefined {
  const both = [
    ['before', before.image],
    ['after', output.image],
  ] as const
  if (changes === 'values') {
    const rows = both.map(([when, image]) => [when, image.dtype, ...valuesOf(image).map(rounded)])
    return table(['image', 'type', 'least', 'mean', 'standard deviation', 'greatest'], rows)
  }
  if (changes !== 'grid') return undefined
  const rows = both.map(([when, { dtype, shape, spacingMm, affine }]) => [
    when,
    dtype,
    shape.join(' × '),
    `${spacingMm.map(rounded).join(' × ')} mm`,
    orientationOf(affine),
  ])
  return table(['image', 'type', 'voxels', 'spacing', 'orientation'], rows)
}

/** Where the steps that move things bring a point. */
function pointOf({ changes, before, runs: [{ output }] }: Experiment): string | undefined {
  if (changes === 'values' || changes === 'steps') return undefined
  const [from, to] = [before, output].map(({ lesion }) => lesion.positions[0]!.map(tenths).join(', '))
  return from === to
    ? `The centre of the lesion, a point, stays at (${from}) mm.`
    : `The centre of the lesion, a point, goes from (${from}) to (${to}) mm.`
}

const tenths = (x: number) => x.toFixed(1).replace(/^-0\.0$/, '0.0')

function exampleCode({ transform, before, runs }: Experiment): string {
  const names = Object.keys(before).join(', ')
  const copy = runs.length > 1 ? ', copy: 0' : ''
  return [
    importsOf(transform),
    '',
    `const transform = ${codeOf(transform)}`,
    `const { output, trace } = run(transform, { ${names} }, { seed: ${seed}${copy} })`,
  ].join('\n')
}

function commandOf({ transform, before }: Experiment): string {
  const files = volumesOf(before).map(([name, { kind }]) => {
    const path = name === 'image' ? 't1.nii.gz' : name === 'label' ? 'seg.nii.gz' : `${name}=${name}.nii.gz`
    return `--${kind} ${path}`
  })
  return [
    `npx voxaug describe ${transform.definition.name}`,
    `npx voxaug apply ${files.join(' ')} --pipeline pipeline.json --seed ${seed} --out augmented`,
  ].join('\n')
}
