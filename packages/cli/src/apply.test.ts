import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRegistry, invert, pipelineFromJson, replay, run, type Trace, volume } from '@voxaug/core'
import geometry from '@voxaug/geometry/plugin'
import intensity from '@voxaug/intensity/plugin'
import { readNifti, writeNifti, writeVolume } from '@voxaug/io/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { affine, image, inflated, label, testFolder, voxaug } from './test-folder.ts'

const registry = createRegistry(geometry, intensity)
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
})
afterEach(() => at.remove())

describe('voxaug apply', () => {
  it('writes what it read when the pipeline is empty, images as float32 and label maps as they are', async () => {
    const { status, stdout, stderr } = await voxaug(
      ...['apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'nothing.json', '--out', 'new/out'],
    )
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toBe('new/out/t1_aug0.nii.gz\nnew/out/seg_aug0.nii.gz\nnew/out/t1_aug0.json\n')
    const t1 = await readNifti('new/out/t1_aug0.nii.gz')
    expect(t1.data).toEqual(Float32Array.from(image.data))
    expect(t1.affine).toEqual(affine)
    const seg = await readNifti('new/out/seg_aug0.nii.gz', { kind: 'label' })
    expect(seg.data).toEqual(label.data)
    expect(at.files().filter((name) => name.startsWith('new'))).toEqual([
      ...['new/', 'new/out/', 'new/out/seg_aug0.nii.gz', 'new/out/t1_aug0.json', 'new/out/t1_aug0.nii.gz'],
    ])
  })

  it('gives what run gives for the seed, the key and the copy', async () => {
    await voxaug(
      ...['apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'augment.json'],
      ...['--seed', '7', '--key', '007', '--copies', '3'],
    )
    const transform = pipelineFromJson(json('augment.json'), registry)
    const subject = {
      image: await readNifti('t1.nii.gz'),
      label: await readNifti('seg.nii.gz', { kind: 'label' }),
    }
    for (const copy of [0, 1, 2]) {
      const { output, trace } = run(transform, subject, { seed: 7, key: '007', copy })
      expect((await readNifti(`t1_aug${copy}.nii.gz`)).data).toEqual(output.image.data)
      expect((await readNifti(`seg_aug${copy}.nii.gz`, { kind: 'label' })).data).toEqual(output.label.data)
      expect(json(`t1_aug${copy}.json`)).toEqual(JSON.parse(JSON.stringify(trace)))
    }
  })

  it('takes the first stem for the key, and gives other voxels for another key, seed or copy', async () => {
    const one = async (out: string, ...more: readonly string[]) => {
      const { status } = await voxaug(
        'apply',
        '--image',
        't1.nii.gz',
        '--pipeline',
        'augment.json',
        '--out',
        out,
        ...more,
      )
      expect(status).toBe(0)
      return inflated(`${out}/t1_aug0.nii.gz`).toString('base64')
    }
    const plain = await one('a')
    expect(await one('b')).toBe(plain)
    expect(await one('c', '--key', 't1', '--seed', '0')).toBe(plain)
    expect(await one('d', '--copies', '2')).toBe(plain)
    expect(await one('e', '--key', 't2')).not.toBe(plain)
    expect(await one('f', '--seed', '1')).not.toBe(plain)
    expect(inflated('d/t1_aug1.nii.gz').toString('base64')).not.toBe(plain)
  })

  it('numbers copies from 0, as wide as the last', async () => {
    const { stdout } = await voxaug('apply', '--image', 't1.nii.gz', '--pipeline', 'nothing.json', '--copies', '12')
    const names = Array.from({ length: 12 }, (_, k) => `t1_aug${String(k).padStart(2, '0')}`)
    expect(stdout).toBe(names.map((name) => `${name}.nii.gz\n${name}.json\n`).join(''))
    const ten = await voxaug(
      'apply',
      '--image',
      'a=t1.nii.gz',
      '--pipeline',
      'nothing.json',
      '--copies',
      '10',
      '--out',
      'x',
    )
    expect(ten.stdout).toContain('x/t1_aug9.json\n')
  })

  it('names a label map whose stem is the image’s <stem>_label, wherever it lies and however it ends', async () => {
    mkdirSync('labels')
    await writeNifti('labels/t1.nii', label)
    const { stdout } = await voxaug(
      ...['apply', '--label', 'labels/t1.nii', '--image', 't1.nii.gz', '--pipeline', 'flip.json'],
    )
    expect(stdout).toBe('t1_aug0.nii.gz\nt1_label_aug0.nii.gz\nt1_aug0.json\n')
    expect((await readNifti('t1_label_aug0.nii.gz')).dtype).toBe('uint8')
  })

  it('takes several of a kind by name, and label maps alone', async () => {
    await writeNifti('flair.nii', image)
    await voxaug(
      ...[
        'apply',
        '--image',
        't1=t1.nii.gz',
        '--image',
        'flair=./flair.nii',
        '--pipeline',
        'augment.json',
        '--out',
        'o',
      ],
    )
    expect(Object.keys((json('o/t1_aug0.json') as Trace).steps[0]!.grids)).toEqual(['t1', 'flair'])
    const alone = await voxaug('apply', '--label', 'seg.nii.gz', '--pipeline', 'flip.json')
    expect(alone.stdout).toBe('seg_aug0.nii.gz\nseg_aug0.json\n')
  })

  it.each(['mgz', 'nrrd', 'mha'])(
    'reads what readVolume reads: .%s, whose ending is no part of the stem',
    async (ending) => {
      await writeVolume(`brain.${ending}`, image)
      await writeVolume(`parts.${ending}`, label)
      const { status, stdout, stderr } = await voxaug(
        ...[
          'apply',
          '--image',
          `brain.${ending}`,
          '--label',
          `parts.${ending}`,
          '--pipeline',
          'nothing.json',
          '--out',
          'o',
        ],
      )
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toBe('o/brain_aug0.nii.gz\no/parts_aug0.nii.gz\no/brain_aug0.json\n')
      expect((await readNifti('o/brain_aug0.nii.gz')).data).toEqual(Float32Array.from(image.data))
      expect((await readNifti('o/parts_aug0.nii.gz', { kind: 'label' })).data).toEqual(label.data)
    },
  )

  it('takes a path with = behind a folder for a path', async () => {
    await writeNifti('a=b.nii.gz', image)
    const { stdout } = await voxaug('apply', '--image', './a=b.nii.gz', '--pipeline', 'nothing.json')
    expect(stdout).toBe('a=b_aug0.nii.gz\na=b_aug0.json\n')
  })

  it('rounds and saturates into --dtype, label maps left alone', async () => {
    await voxaug(
      ...['apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'nothing.json', '--dtype', 'uint8'],
    )
    const { data, dtype } = await readNifti('t1_aug0.nii.gz')
    expect(dtype).toBe('uint8')
    expect(data).toEqual(Uint8Array.from(Uint8ClampedArray.from(image.data)))
    await voxaug('apply', '--label', 'seg.nii.gz', '--pipeline', 'nothing.json', '--dtype', 'float64', '--out', 'o')
    expect((await readNifti('o/seg_aug0.nii.gz')).dtype).toBe('uint8')
  })

  it('writes a trace that replays and inverts when it is read back', async () => {
    await voxaug('apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'augment.json')
    const trace = json('t1_aug0.json') as Trace
    const again = replay(trace, { image, label }, { registry })
    expect((await readNifti('t1_aug0.nii.gz')).data).toEqual(again.output.image.data)
    await voxaug('apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'flip.json', '--out', 'o')
    const flipped = await readNifti('o/seg_aug0.nii.gz', { kind: 'label' })
    expect(flipped.data).not.toEqual(label.data)
    const { output } = invert(json('o/t1_aug0.json') as Trace, { label: flipped }, { registry })
    expect(output.label.data).toEqual(label.data)
  })

  it('prints the warnings of files and of the trace, and is done', async () => {
    const bytes = inflated('t1.nii.gz')
    // bitpix, which nobody needs, says 8 of an int16.
    bytes.writeInt16LE(8, 72)
    writeFileSync('odd.nii', bytes)
    const { status, stderr } = await voxaug('apply', '--image', 'odd.nii', '--pipeline', 'fold.json')
    expect(status).toBe(0)
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^voxaug: odd\.nii: warning: bitpix .*8/),
      'voxaug: odd_aug0.json: warning: Compose[0]: the displacement folds space in places; points and inverses will refuse it.',
      '',
    ])
  })

  it('replaces files with --force, and only then', async () => {
    const args = ['apply', '--image', 't1.nii.gz', '--pipeline', 'augment.json']
    await voxaug(...args)
    const first = inflated('t1_aug0.nii.gz')
    const refused = await voxaug(...args, '--seed', '1')
    expect(refused).toEqual({
      status: 1,
      stdout: '',
      stderr: 'voxaug: t1_aug0.nii.gz: exists already; --force replaces it.\n',
    })
    expect(inflated('t1_aug0.nii.gz')).toEqual(first)
    const forced = await voxaug(...args, '--seed', '1', '--force')
    expect(forced.stdout).toBe('t1_aug0.nii.gz\nt1_aug0.json\n')
    expect(inflated('t1_aug0.nii.gz')).not.toEqual(first)
  })
})

const apply = (...more: readonly string[]) => ['apply', '--image', 't1.nii.gz', '--pipeline', 'flip.json', ...more]

const away = volume({
  data: label.data,
  shape: label.shape,
  affine: affine.map((x, n) => (n === 3 ? x + 40 : x)),
  kind: 'label',
})
const nan = volume({ data: Float32Array.from(image.data).fill(Number.NaN, 100, 101), shape: image.shape, affine })

describe('voxaug apply, where the input is bad, exits 1 with one line and writes nothing:', () => {
  it.each<[what: string, args: readonly string[], line: string, prepare?: () => unknown]>([
    ['no image', ['apply', '--image', 'no.nii.gz', '--pipeline', 'flip.json'], 'no.nii.gz: no such file or folder.'],
    ['no pipeline', ['apply', '--image', 't1.nii.gz', '--pipeline', 'no.json'], 'no.json: no such file or directory.'],
    [
      'a truncated image',
      ['apply', '--image', 'cut.nii', '--pipeline', 'flip.json'],
      'cut.nii: data is truncated: expected 672 bytes, got 648.',
      () => writeFileSync('cut.nii', inflated('t1.nii.gz').subarray(0, 1000)),
    ],
    [
      'a foreign image',
      ['apply', '--image', 'flip.json', '--pipeline', 'flip.json'],
      'flip.json: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 7b 22 76 6f 78 61 75 67.',
    ],
    [
      'a label map elsewhere',
      apply('--label', 'away.nii.gz'),
      'away.nii.gz: the label map must overlap t1.nii.gz in the world; its centre is at 20.8, -28.8, 23.6 mm, got 60.8, -28.8, 23.6 mm.',
      () => writeNifti('away.nii.gz', away),
    ],
    [
      'a label map of fractions',
      apply('--label', 'half.nii.gz'),
      'half.nii.gz: a label map must hold whole numbers, got 0.5 at voxel (0, 0, 0).',
      () => writeNifti('half.nii.gz', volume({ data: new Float32Array(336).fill(0.5), shape: image.shape, affine })),
    ],
    [
      'an unknown transform',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 'unknown.json'],
      'unknown.json: Compose[0] > there is no transform "geometry/Bend".',
    ],
    [
      'an option out of order',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 'option.json'],
      'option.json: Compose[0] > OneOf[0] > intensity/Gamma: logGamma must be a number or [min, max] with min ≤ max, got [0.3, -0.3].',
    ],
    [
      'a crop that does not fit',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 'crop.json', '--out', 'o/p'],
      'crop.json: Compose[1] > geometry/Crop: shape must fit the frame of 6 × 7 × 8 voxels, got 9 × 9 × 9.',
    ],
    [
      'a key that no pipeline has',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 'key.json'],
      'key.json: there is no key "steps" here; there are voxaug, pipeline, $schema, got "steps".',
      () => writeFileSync('key.json', '{"voxaug": 1, "pipeline": [], "steps": []}'),
    ],
    [
      'bytes that are no text',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 't1.nii.gz'],
      't1.nii.gz: must be JSON in UTF-8, got other bytes.',
    ],
    [
      'an output that exists',
      apply('--label', 'seg.nii.gz', '--copies', '2'),
      'seg_aug1.nii.gz: exists already; --force replaces it.',
      () => writeFileSync('seg_aug1.nii.gz', ''),
    ],
    [
      'an output that is a link to nowhere',
      apply(),
      't1_aug0.json: exists already; --force replaces it.',
      () => symlinkSync('nowhere', 't1_aug0.json'),
    ],
    [
      'an output that is a folder, even with --force',
      apply('--force'),
      't1_aug0.json: is a folder.',
      () => mkdirSync('t1_aug0.json'),
    ],
    [
      'an output that is an input, even with --force',
      ['apply', '--image', 't1.nii.gz', '--image', 'b=t1_aug0.nii.gz', '--pipeline', 'flip.json', '--force'],
      't1_aug0.nii.gz: is the input t1_aug0.nii.gz; choose another folder with --out.',
      () => writeNifti('t1_aug0.nii.gz', image),
    ],
    [
      'an output that is a link to an input, even with --force',
      apply('--force'),
      't1_aug0.nii.gz: is the input t1.nii.gz; choose another folder with --out.',
      () => symlinkSync('t1.nii.gz', 't1_aug0.nii.gz'),
    ],
    ['a folder that is a file', apply('--out', 'flip.json'), 'flip.json: must be a folder, got a file.'],
    ['a folder inside a file', apply('--out', 'flip.json/o'), 'flip.json/o: not a directory.'],
    [
      'a later image that the type cannot hold',
      apply('--image', 'b=nan.nii', '--copies', '2', '--dtype', 'int16', '--out', 'o/p'),
      'o/p/nan_aug0.nii.gz: voxel (1, 2, 5) must be a value that int16 holds, got NaN.',
      () => writeNifti('nan.nii', nan),
    ],
    [
      'an entry that the pipeline names and nobody gave',
      ['apply', '--image', 't1.nii.gz', '--pipeline', 'entry.json'],
      'entry.json: Compose[0] > geometry/Flip: include and exclude must name entries of the subject (image), got "t2".',
      () =>
        writeFileSync(
          'entry.json',
          '{"voxaug": 1, "pipeline": [{"transform": "geometry/Flip", "options": {"axes": ["x"], "include": ["t2"]}}]}',
        ),
    ],
    ['a plugin that is not there', apply('--plugin', './no.js'), './no.js: no such file.'],
    [
      'control characters in a name',
      ['apply', '--image', 'a\u001b[31mb\u202e\n.nii', '--pipeline', 'flip.json', '--key', 'k'],
      'a[31mb .nii: its name cannot be the stem of a file to write.',
    ],
  ])('%s', async (what, args, line, prepare) => {
    await prepare?.()
    const before = at.files()
    const { status, stdout, stderr } = await voxaug(...args)
    expect(stderr).toBe(`voxaug: ${line}\n`)
    expect(stdout).toBe('')
    expect(status).toBe(what.startsWith('control') ? 2 : 1)
    expect(at.files()).toEqual(before)
  })

  it('JSON that is none, said by Node in words of its own', async () => {
    writeFileSync('bad.json', '{"voxaug": 1,\n "pipeline": [}')
    const { status, stderr } = await voxaug('apply', '--image', 't1.nii.gz', '--pipeline', 'bad.json')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^voxaug: bad\.json: must be JSON: [^\n]+\n$/)
  })

  it('JSON too deep or too large', async () => {
    writeFileSync('deep.json', `{"voxaug": 1, "pipeline": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`)
    const deep = await voxaug('apply', '--image', 't1.nii.gz', '--pipeline', 'deep.json')
    expect(deep.status).toBe(1)
    expect(deep.stderr).toMatch(/^voxaug: deep\.json: [^\n]+\n$/)
    writeFileSync('large.json', ' '.repeat(17_000_000))
    const large = await voxaug('apply', '--image', 't1.nii.gz', '--pipeline', 'large.json')
    expect(large.stderr).toBe('voxaug: large.json: must be at most 16777216 bytes of JSON, got more.\n')
  })
})

describe('voxaug apply, where the usage is bad, exits 2 with one line and writes nothing:', () => {
  it.each<[args: readonly string[], line: string]>([
    [['apply'], '--pipeline <file> is missing; voxaug apply --help says more.'],
    [['apply', '--pipeline', 'flip.json'], '--image or --label is missing; voxaug apply --help says more.'],
    [apply('--image', 'b.nii'), '--image: two entries are called image; name them, as in --image other=b.nii.'],
    [
      apply('--label', 'image=seg.nii.gz'),
      '--label: two entries are called image; name them, as in --label other=seg.nii.gz.',
    ],
    [apply('--image', 'b='), '--image: a file is missing behind b=.'],
    [apply('--image', 'b=x/t1.nii'), 'x/t1.nii: would be written to the same file as t1.nii.gz; rename one.'],
    [apply('--image', 'b=T1.nii'), 'T1.nii: would be written to the same file as t1.nii.gz; rename one.'],
    [apply('--image', 'b=con.nii'), 'con.nii: its name cannot be the stem of a file to write.'],
    [apply('--image', 'b=.nii.gz'), '.nii.gz: its name cannot be the stem of a file to write.'],
    [apply('--image', 'b=a\\b.nii.gz'), 'a\\b.nii.gz: its name cannot be the stem of a file to write.'],
    [apply('--seed', 'x'), '--seed: must be a whole number from 0 up, got x.'],
    [apply('--seed', '-1'), '--seed: must be a whole number from 0 up, got -1.'],
    [apply('--seed', '9007199254740993'), '--seed: must be a whole number from 0 up, got 9007199254740993.'],
    [apply('--copies', '0'), '--copies: must be a whole number from 1 to 1000000, got 0.'],
    [apply('--copies', '1.5'), '--copies: must be a whole number from 1 to 1000000, got 1.5.'],
    [
      apply('--dtype', 'int64'),
      '--dtype: must be one of int8, uint8, int16, uint16, int32, uint32, float32, float64, got int64.',
    ],
    [
      apply('--dtype', 'constructor'),
      '--dtype: must be one of int8, uint8, int16, uint16, int32, uint32, float32, float64, got constructor.',
    ],
    [apply('--out'), '--out: a value is missing: --out <folder>.'],
    [apply('--key', '--force'), '--key: a value is missing: --key <text>.'],
    [apply('--key', 'a', '--key', 'b'), '--key: must be given once.'],
    [apply('--force=yes'), '--force: takes no value, got yes.'],
    [apply('--frobnicate'), '--frobnicate: there is no such option; voxaug apply --help lists them.'],
    [apply('--__proto__=1'), '--__proto__: there is no such option; voxaug apply --help lists them.'],
    [apply('-x'), '-x: there is no such option; voxaug apply --help lists them.'],
    [apply('t1.nii.gz'), 't1.nii.gz: one argument too many; voxaug apply --help says more.'],
    [[], 'a command is missing; voxaug --help lists them.'],
    [['constructor'], 'constructor: there is no such command; voxaug --help lists them.'],
    [['--frobnicate'], '--frobnicate: there is no such option; voxaug --help lists them.'],
  ])('voxaug %j', async (args, line) => {
    const before = at.files()
    expect(await voxaug(...args)).toEqual({ status: 2, stdout: '', stderr: `voxaug: ${line}\n` })
    expect(at.files()).toEqual(before)
  })
})
