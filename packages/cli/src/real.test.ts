import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readNifti } from '@voxaug/io/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { testFolder, voxaug } from './test-folder.ts'

const data = process.env['VOXAUG_DATA']

// Starting processes and whole scans take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
})
afterEach(() => at.remove())

describe.runIf(data)('on real scans (left out where VOXAUG_DATA is not set)', () => {
  const scans = data ? readdirSync(data).filter((name) => /\.nii(\.gz)?$/.test(name)) : []

  it.each(scans)('voxaug info verifies %s', async (name) => {
    const { status, stdout } = await voxaug('info', join(data!, name), '--json')
    expect(status).toBe(0)
    const { shape, spacingMm } = await readNifti(join(data!, name))
    expect(JSON.parse(stdout)).toMatchObject({ shape, spacingMm })
  })

  it('voxaug apply and preview keep a lesion on its scan', async () => {
    const [image, label] = [join(data!, 'FLAIR.nii.gz'), join(data!, 'lesion.nii.gz')]
    const { status } = await voxaug('apply', '--image', image, '--label', label, '--pipeline', 'flip.json')
    expect(status).toBe(0)
    const flipped = await readNifti('lesion_aug0.nii.gz', { kind: 'label' })
    const before = await readNifti(label, { kind: 'label' })
    expect(flipped.affine).toEqual((await readNifti('FLAIR_aug0.nii.gz')).affine)
    const [nx, ny, nz] = flipped.shape
    const mirrored = before.data.map((_, n) => {
      const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / nx / ny)]
      return before.data[nx - 1 - i + nx * (j + ny * (nz - 1 - k))]!
    })
    expect(flipped.data).toEqual(mirrored)
    const drawn = await voxaug('preview', image, 'FLAIR_aug0.nii.gz', '--label', label, '--out', 'f.png')
    expect(drawn).toEqual({ status: 0, stdout: 'f.png\n', stderr: '' })
  })
})
