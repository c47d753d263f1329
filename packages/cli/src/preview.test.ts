import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { shiftOrigin, volume } from '@voxaug/core'
import { encodePng, figure } from '@voxaug/figure'
import { readNifti, writeNifti } from '@voxaug/io/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testFolder, voxaug } from './test-folder.ts'

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
  await voxaug('apply', '--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'flip.json')
})
afterEach(() => at.remove())

describe('voxaug preview', () => {
  it('draws one volume', async () => {
    const result = await voxaug('preview', 't1.nii.gz', '--out', 'new/figure.png')
    expect(result).toEqual({ status: 0, stdout: 'new/figure.png\n', stderr: '' })
    const image = await readNifti('t1.nii.gz')
    expect(new Uint8Array(readFileSync('new/figure.png'))).toEqual(encodePng(figure([{ title: 't1.nii.gz', image }])))
  })

  it('draws before above after, each under its label map', async () => {
    await voxaug(
      ...['preview', 't1.nii.gz', 't1_aug0.nii.gz', '--out', 'f.png'],
      ...['--label', 'seg.nii.gz', '--label', 'seg_aug0.nii.gz'],
    )
    const rows = []
    for (const k of ['', '_aug0']) {
      const label = await readNifti(`seg${k}.nii.gz`, { kind: 'label' })
      rows.push({ title: `t1${k}.nii.gz`, image: await readNifti(`t1${k}.nii.gz`), label })
    }
    expect(new Uint8Array(readFileSync('f.png'))).toEqual(encodePng(figure(rows)))
  })

  it('refuses a label map that lies nowhere on its volume', async () => {
    const label = await readNifti('seg.nii.gz', { kind: 'label' })
    const affine = shiftOrigin(label.affine, [1000, 0, 0])
    await writeNifti('away.nii.gz', volume({ data: label.data, shape: label.shape, affine, kind: 'label' }))
    const refused = await voxaug('preview', 't1.nii.gz', '--label', 'away.nii.gz', '--out', 'f.png')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(/^voxaug: away\.nii\.gz: the label map must overlap t1\.nii\.gz in the world; .*\n$/)
    expect(existsSync('f.png')).toBe(false)
  })

  it('does not overwrite without --force, and never its input', async () => {
    writeFileSync('f.png', 'mine')
    const args = ['preview', 't1.nii.gz', '--out', 'f.png']
    const refused = await voxaug(...args)
    expect(refused).toEqual({ status: 1, stdout: '', stderr: 'voxaug: f.png: exists already; --force replaces it.\n' })
    expect(readFileSync('f.png', 'utf8')).toBe('mine')
    expect((await voxaug(...args, '--force')).status).toBe(0)
    expect(readFileSync('f.png', 'utf8')).not.toBe('mine')
    const input = await voxaug('preview', 'f.png', '--out', 'f.png', '--force')
    expect(input.stderr).toBe('voxaug: f.png: is the input f.png; choose another folder with --out.\n')
  })

  it.each<[args: readonly string[], status: number, line: string]>([
    [['t1.nii.gz'], 2, '--out <figure.png> is missing; voxaug preview --help says more.'],
    [['--out', 'f.png'], 2, 'IN is missing; voxaug preview --help says more.'],
    [['t1.nii.gz', '--out', 'f.jpg'], 2, '--out: must end in .png, got f.jpg.'],
    [
      ['t1.nii.gz', '--label', 'seg.nii.gz', '--label', 'seg.nii.gz', '--out', 'f.png'],
      2,
      '--label: must be given at most once for each volume, got 2 for 1.',
    ],
    [['t1.nii.gz', 'a', 'b', '--out', 'f.png'], 2, 'b: one argument too many; voxaug preview --help says more.'],
    [['t1.nii.gz', 'no.nii', '--out', 'new/f.png'], 1, 'no.nii: no such file or folder.'],
  ])('refuses %j', async (args, status, line) => {
    const before = at.files()
    expect(await voxaug('preview', ...args)).toEqual({ status, stdout: '', stderr: `voxaug: ${line}\n` })
    expect(at.files()).toEqual(before)
  })
})
