import { expect, test } from 'vitest'
import { formats } from './read-any.ts'
import { stemOf } from './stem-of.ts'

test.each([
  ...['nii', 'nii.gz', 'hdr', 'hdr.gz', 'img', 'img.gz', 'mgh', 'mgz', 'mgh.gz', 'nrrd', 'nhdr', 'mha', 'mhd'],
])('a name loses its .%s, in any letters', (ending) => {
  expect(stemOf(`sub-01_T1w.${ending}`)).toBe('sub-01_T1w')
  expect(stemOf(`SUB-01.T1w.${ending.toUpperCase()}`)).toBe('SUB-01.T1w')
})

test('a name loses one ending, and no other than a volume’s', () => {
  expect(stemOf('scan.nii.nii.gz')).toBe('scan.nii')
  expect(stemOf('scan.txt')).toBe('scan.txt')
  expect(stemOf('scan.gz')).toBe('scan.gz')
  expect(stemOf('scannii')).toBe('scannii')
  expect(stemOf('.nii.gz')).toBe('')
  expect(stemOf('')).toBe('')
})

test('no ending of a format is the end of another, so that their order does not matter', () => {
  const all = formats.flatMap(({ endings, readEndings = [] }) => [...Object.keys(endings), ...readEndings])
  for (const one of all) expect(all.filter((other) => other.endsWith(one))).toEqual([one])
})
