import * as core from '@voxaug/core'
import {
  type PipelineJson,
  pipelineFromJson,
  pipelineToJson,
  type StepJson,
  type Subject,
  type Transform,
} from '@voxaug/core'
import * as elastic from '@voxaug/elastic'
import * as geometry from '@voxaug/geometry'
import * as intensity from '@voxaug/intensity'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogOf } from '../engine/catalog.ts'
import { anySteps, catalog, registry } from '../engine/test-catalog.ts'
import { commandOf, type InputFile, jsonOf, type Recipe, typescriptOf } from './code.ts'

const scan: InputFile = { entry: 'image', kind: 'image', file: 'scan.nii.gz', output: 'scan_aug0.nii.gz' }
const json = (pipeline: readonly StepJson[]): PipelineJson => ({ voxaug: 1, pipeline })
const recipe = (pipeline: readonly StepJson[], rest: Partial<Recipe> = {}): Recipe => ({
  json: json(pipeline),
  seed: 7,
  files: [scan],
  key: 'scan',
  ...rest,
})

/** A program's last names for what it made, and the files that it read and wrote. */
interface Ran {
  readonly augment: Transform
  readonly options: unknown
  readonly subject: Subject
  readonly read: readonly (readonly unknown[])[]
  readonly written: readonly (readonly unknown[])[]
}

/** Runs a program as it stands, with the real factories; its files are pretended, and so is `run` unless given. */
async function evaluated(
  code: string,
  { run, others = {} }: { readonly run?: typeof core.run; readonly others?: Readonly<Record<string, object>> } = {},
): Promise<Ran> {
  const [read, written]: [unknown[][], unknown[][]] = [[], []]
  const ran: Record<string, unknown> = {}
  const modules: Readonly<Record<string, object>> = {
    '@voxaug/core': {
      ...core,
      run(augment: Transform, subject: Subject, options: core.RunOptions) {
        Object.assign(ran, { augment, subject, options })
        return run ? run(augment, subject, options) : { output: { ...subject }, trace: undefined }
      },
    },
    '@voxaug/geometry': geometry,
    '@voxaug/elastic': elastic,
    '@voxaug/intensity': intensity,
    '@voxaug/io/node': {
      readVolume: async (...args: unknown[]) => {
        read.push(args)
        return image(read.length)
      },
      writeVolume: async (...args: unknown[]) => void written.push(args),
    },
    ...others,
  }
  const body = code.replaceAll(
    /^import \{ (.*) \} from '(.*)'$/gm,
    (_, names: string, from: string) => `const { ${names.replaceAll(' as ', ': ')} } = modules['${from}']`,
  )
  expect(body).not.toMatch(/^import/m)
  const Program = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor
  await (new Program('modules', `'use strict'\n${body}`)(modules) as Promise<void>)
  return { ...(ran as unknown as Pick<Ran, 'augment' | 'subject' | 'options'>), read, written }
}

const image = (n: number) =>
  core.volume({ data: Float32Array.from({ length: 60 }, (_, at) => at * at + n), shape: [3, 4, 5] })

const nested: readonly StepJson[] = [
  { transform: 'geometry/Rotate', id: "it's", options: { degrees: [0, 0, [-20.5, 20]] } },
  { transform: 'intensity/Gamma' },
  {
    transform: 'core/RandomApply',
    options: {
      transforms: [
        {
          transform: 'core/OneOf',
          options: {
            transforms: [
              { transform: 'intensity/Blur', options: { sigmaMm: { logUniform: [0.5, 4] } } },
              { transform: 'core/Compose', options: { transforms: [] } },
            ],
            weights: [2, 1],
          },
        },
      ],
      probability: 0.25,
    },
  },
]

describe('TypeScript', () => {
  test('reads like code that somebody wrote', () => {
    const files = [
      scan,
      { entry: 'label', kind: 'label', file: "o'brien \\ seg.mgz", output: "o'brien \\ seg_aug0.nii.gz" } as const,
    ]
    expect(typescriptOf(recipe(nested, { files, seed: 12, key: 'scan' }), catalog)).toMatchInlineSnapshot(`
      "import { Compose, OneOf, RandomApply, run } from '@voxaug/core'
      import { Rotate } from '@voxaug/geometry'
      import { Blur, Gamma } from '@voxaug/intensity'
      import { readVolume, writeVolume } from '@voxaug/io/node'

      const augment = Compose([
        Rotate({ degrees: [0, 0, [-20.5, 20]], id: 'it\\'s' }),
        Gamma(),
        RandomApply(OneOf([
          Blur({ sigmaMm: { logUniform: [0.5, 4] } }),
          Compose([]),
        ], { weights: [2, 1] }), { probability: 0.25 }),
      ])

      const subject = {
        image: await readVolume('scan.nii.gz'),
        label: await readVolume('o\\'brien \\\\ seg.mgz', { kind: 'label' }),
      }
      const { output, trace } = run(augment, subject, { seed: 12, key: 'scan' })
      await writeVolume('scan_aug0.nii.gz', output.image)
      await writeVolume('o\\'brien \\\\ seg_aug0.nii.gz', output.label)
      "
    `)
  })

  test('of no step is an empty Compose', async () => {
    const { augment } = await evaluated(typescriptOf(recipe([]), catalog))
    expect(pipelineToJson(augment)).toEqual(json([]))
  })

  test('makes the transform that the JSON describes, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const wanted = pipelineToJson(pipelineFromJson(json(steps), registry))
        const { augment } = await evaluated(typescriptOf(recipe(wanted.pipeline), catalog))
        expect(pipelineToJson(augment)).toEqual(wanted)
      }),
    )
  })

  test('has the example of every transform', async () => {
    const steps = [...catalog.values()].map(({ example }) => example)
    const { augment } = await evaluated(typescriptOf(recipe(steps), catalog))
    expect(pipelineToJson(augment)).toEqual(json(steps))
  })

  test('reads the files, runs with the seed and the key, and writes each entry', async () => {
    const files = [
      scan,
      { entry: 'label', kind: 'label', file: 'seg.MGZ', output: 'seg_aug0.nii.gz' },
      { entry: 'a pet', kind: 'image', file: 'pet.img.gz', output: 'pet_aug0.nii.gz' },
    ] as const
    const { read, written, options, subject } = await evaluated(typescriptOf(recipe([], { files, seed: 12 }), catalog))
    expect(read).toEqual([['scan.nii.gz'], ['seg.MGZ', { kind: 'label' }], ['pet.img.gz']])
    expect(Object.keys(subject)).toEqual(['image', 'label', 'a pet'])
    expect(options).toEqual({ seed: 12, key: 'scan' })
    expect(written).toEqual([
      ['scan_aug0.nii.gz', subject['image']],
      ['seg_aug0.nii.gz', subject['label']],
      ['pet_aug0.nii.gz', subject['a pet']],
    ])
  })

  test('computes the same voxels as the pipeline', async () => {
    const { written } = await evaluated(typescriptOf(recipe(nested, { seed: 3 }), catalog), { run: core.run })
    const { output } = core.run(pipelineFromJson(json(nested), registry), { image: image(1) }, { seed: 3, key: 'scan' })
    expect((written[0]![1] as core.Volume).data).toEqual(output.image.data)
    expect(output.image.data).not.toEqual(image(1).data)
  })

  test('quotes names of files, keys and ids, whatever is in them', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '\n', '$', '{', '`', ' ', '\u2028', 'é') }),
    )
    await fc.assert(
      fc.asyncProperty(text, text, text, async (file, key, id) => {
        fc.pre(id !== '')
        const steps = [{ transform: 'geometry/Flip', id, options: { axes: ['y'], include: [`${key}.`] } }]
        const code = typescriptOf(recipe(steps, { files: [{ ...scan, file }], key }), catalog)
        const { augment, read, options } = await evaluated(code)
        expect(pipelineToJson(augment)).toEqual(json(steps))
        expect(read).toEqual([[file]])
        expect(options).toEqual({ seed: 7, key })
      }),
    )
  })

  test('of transforms that share a short name imports each from its own module', async () => {
    const flipOf = (name: string) =>
      core.define({
        name,
        help: '',
        options: {},
        changes: 'intensity',
        sample: () => ({}),
        apply: (selected) => selected,
      })
    const others = { '@other/flips': { Flip: flipOf('other/Flip') }, flips: { Flip: flipOf('third/Flip') } }
    const infos = catalogOf(Object.entries(others).map(([module, { Flip }]) => ({ module, plugin: [Flip] })))
    const steps = [
      { transform: 'geometry/Flip', options: { axes: ['x'] } },
      { transform: 'other/Flip' },
      { transform: 'third/Flip' },
      { transform: 'geometry/Flip', options: { axes: ['y'] } },
      { transform: 'other/Flip', id: 'again' },
    ]
    const code = typescriptOf(recipe(steps), new Map([...catalog, ...infos.map((info) => [info.name, info] as const)]))
    const { augment } = await evaluated(code, { others })
    expect(pipelineToJson(augment)).toEqual(json(steps))
    expect(code.split('\n\nconst subject')[0]).toMatchInlineSnapshot(`
      "import { Compose, run } from '@voxaug/core'
      import { Flip } from '@voxaug/geometry'
      import { Flip as Flip2 } from '@other/flips'
      import { Flip as Flip3 } from 'flips'
      import { readVolume, writeVolume } from '@voxaug/io/node'

      const augment = Compose([
        Flip({ axes: ['x'] }),
        Flip2(),
        Flip3(),
        Flip({ axes: ['y'] }),
        Flip2({ id: 'again' }),
      ])"
    `)
  })
})

describe('the command', () => {
  test('names the files, the pipeline and the seed', () => {
    expect(
      commandOf(
        recipe([], {
          seed: 12,
          files: [scan, { entry: 'label', kind: 'label', file: 'seg.mgz', output: 'seg_aug0.nii.gz' }],
        }),
      ),
    ).toBe('npx voxaug apply --image scan.nii.gz --label seg.mgz --pipeline pipeline.json --seed 12 --out augmented')
  })

  test('names an entry that is not called after its kind', () => {
    const files: readonly InputFile[] = [
      scan,
      { entry: 'pet', kind: 'image', file: 'a pet.nii.gz', output: 'a pet_aug0.nii.gz' },
    ]
    expect(commandOf(recipe([], { files }))).toContain("--image scan.nii.gz --image 'pet=a pet.nii.gz' --pipeline")
  })

  test('names the entry of a file that would be taken for a name or an option', () => {
    const of = (file: string) =>
      /--image (.*) --pipeline/.exec(commandOf(recipe([], { files: [{ ...scan, file }] })))![1]
    expect(of('sub=01.nii.gz')).toBe('image=sub=01.nii.gz')
    expect(of('-x.nii')).toBe('image=-x.nii')
    expect(of('sub-01.nii.gz')).toBe('sub-01.nii.gz')
    expect(of('1=2.nii')).toBe('1=2.nii')
  })
})

describe('JSON', () => {
  test('has short lists on one line', () => {
    expect(jsonOf(json(nested.slice(0, 2)))).toMatchInlineSnapshot(`
      "{
        "voxaug": 1,
        "pipeline": [
          {
            "transform": "geometry/Rotate",
            "id": "it's",
            "options": {
              "degrees": [
                0,
                0,
                [-20.5, 20]
              ]
            }
          },
          {
            "transform": "intensity/Gamma"
          }
        ]
      }
      "
    `)
  })

  test('is the pipeline, whatever it is', () => {
    fc.assert(
      fc.property(anySteps, fc.jsonValue(), (steps, value) => {
        const whole = { ...json(steps), value } as unknown as PipelineJson
        expect(JSON.stringify(JSON.parse(jsonOf(whole)))).toBe(JSON.stringify(whole))
      }),
    )
  })
})
