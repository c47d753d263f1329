import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandOf } from './code.ts'

/** The words that a shell makes of a command. */
function wordsOf(command: string): readonly string[] {
  const { stdout, status, stderr } = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return stdout.split('\0').slice(0, -1)
}

const command = (file: string, entry = 'image') =>
  commandOf({
    json: { voxaug: 1, pipeline: [] },
    seed: 7,
    files: [{ entry, kind: 'image', file, output: '' }],
    key: '',
  })

test('a shell makes one word of a plain name, and one of each name with what it would act on', () => {
  for (const file of [
    'scan.nii.gz',
    "o'brien.nii",
    'a b.nii',
    '$HOME.nii',
    '`date`.nii',
    '*.nii',
    '~',
    '#1',
    'a;b',
    '!',
  ])
    expect(wordsOf(command(file))).toEqual([
      'npx',
      'voxaug',
      'apply',
      '--image',
      file,
      '--pipeline',
      'pipeline.json',
      '--seed',
      '7',
      '--out',
      'augmented',
    ])
})

test('a shell gives back any name of a file, in one word behind its entry', () => {
  const letter = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$',
    '`',
    ' ',
    '\n',
    '\t',
    '*',
    '?',
    '!',
    '~',
    '-',
    '=',
    '&',
    '(',
    'é',
    'a',
  )
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: letter }), fc.string()), (file) => {
      expect(wordsOf(command(file, 'pet')).slice(3, 6)).toEqual(['--image', `pet=${file}`, '--pipeline'])
    }),
  )
})
