import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { volume } from '@voxaug/core'
import { writeNifti, writeVolume } from '@voxaug/io/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { affine, image, inflated, testFolder, voxaug } from './test-folder.ts'

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
})
afterEach(() => at.remove())

describe('voxaug info', () => {
  it('says what a file holds', async () => {
    const { status, stdout, stderr } = await voxaug('info', 't1.nii.gz')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatchInlineSnapshot(`
      "t1.nii.gz
        format       NIfTI-1, little-endian
        shape        6 × 7 × 8 voxels
        spacing      1.22066 × 2.01494 × 2.77489 mm
        size         7.32393 × 14.1046 × 22.1991 mm
        orientation  LAS
        dtype        int16
        values       -300 … 705
        affine       from sform
          -1.2  0.3   0.4    21.5
           0.2  1.9  -0.5  -33.25
           0.1  0.6   2.7  12.125
             0    0     0       1
      "
    `)
  })

  it('says the same of what comes through a pipe, and refuses what is wrong there', async () => {
    const through = async (file: string, bytes: Uint8Array) => {
      execFileSync('mkfifo', [file])
      const [told] = await Promise.all([voxaug('info', file), writeFile(file, bytes)])
      return told
    }
    const told = await voxaug('info', 't1.nii.gz')
    const whole = readFileSync('t1.nii.gz')
    expect(await through('pipe', whole)).toEqual({ ...told, stdout: told.stdout.replace('t1.nii.gz', 'pipe') })
    const { status, stderr } = await through('short', whole.subarray(0, -30))
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^voxaug: the gzip stream is damaged.*\n$/)])
  })

  it('says how voxels are scaled, how many channels there are, and which values are not finite', async () => {
    const data = new Float32Array(672).map((_, n) => n / 8)
    data[5] = Number.NaN
    await writeNifti('two.nii', volume({ data, shape: image.shape, affine, channels: 2 }))
    expect((await voxaug('info', 'two.nii')).stdout).toMatchInlineSnapshot(`
      "two.nii
        format       NIfTI-1, little-endian
        shape        6 × 7 × 8 voxels, 2 channels
        spacing      1.22066 × 2.01494 × 2.77489 mm
        size         7.32393 × 14.1046 × 22.1991 mm
        orientation  LAS
        dtype        float32
        values       0 … 83.875; NaN or infinite: 1
        affine       from sform
          -1.2  0.3   0.4    21.5
           0.2  1.9  -0.5  -33.25
           0.1  0.6   2.7  12.125
             0    0     0       1
      "
    `)
    const bytes = inflated('t1.nii.gz')
    bytes.writeFloatLE(0.5, 112)
    bytes.writeFloatLE(-3, 116)
    writeFileSync('scaled.nii', bytes)
    expect((await voxaug('info', 'scaled.nii')).stdout).toContain(
      'int16, value = stored × 0.5 - 3\n  values       -153 … 349.5\n',
    )
  })

  it('says it of MGH, NRRD and MetaImage too', async () => {
    for (const name of ['a.mgz', 'a.nrrd', 'a.mha']) await writeVolume(name, image, { dtype: 'int16' })
    expect((await voxaug('info', 'a.nrrd')).stdout).toMatchInlineSnapshot(`
      "a.nrrd
        format       NRRD, little-endian
        shape        6 × 7 × 8 voxels
        spacing      1.22066 × 2.01494 × 2.77489 mm
        size         7.32393 × 14.1046 × 22.1991 mm
        orientation  LAS
        dtype        int16
        values       -300 … 705
        affine       to RAS+ millimetres
          -1.2  0.3   0.4    21.5
           0.2  1.9  -0.5  -33.25
           0.1  0.6   2.7  12.125
             0    0     0       1
      "
    `)
    const shapes = ['a.mgz', 'a.mha'].map(async (name) => {
      const { status, stdout, stderr } = await voxaug('info', name, '--json')
      expect([status, stderr]).toEqual([0, ''])
      const { format, shape, orientation } = JSON.parse(stdout) as Record<string, unknown>
      return [format, shape, orientation]
    })
    expect(await Promise.all(shapes)).toEqual([
      ['MGH', [6, 7, 8], 'LAS'],
      ['MetaImage', [6, 7, 8], 'LAS'],
    ])
  })

  it('prints exactly these keys with --json', async () => {
    const { status, stdout, stderr } = await voxaug('info', 't1.nii.gz', '--json')
    expect([status, stderr]).toEqual([0, ''])
    const spacing = [0, 1, 2].map((n) => Math.hypot(affine[n]!, affine[n + 4]!, affine[n + 8]!))
    expect(JSON.parse(stdout)).toEqual({
      file: 't1.nii.gz',
      format: 'NIfTI-1',
      shape: [6, 7, 8],
      channels: 1,
      dtype: 'int16',
      affine: [affine.slice(0, 4), affine.slice(4, 8), affine.slice(8, 12), [0, 0, 0, 1]],
      orientation: 'LAS',
      spacingMm: spacing.map((mm) => expect.closeTo(mm, 12)),
      warnings: [],
    })
  })

  it('verifies every voxel, or with --header none', async () => {
    const bytes = inflated('t1.nii.gz')
    writeFileSync('cut.nii', bytes.subarray(0, 1000))
    expect(await voxaug('info', 'cut.nii')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'voxaug: cut.nii: data is truncated: expected 672 bytes, got 648.\n',
    })
    const { status, stdout } = await voxaug('info', '--header', '--json', 'cut.nii')
    expect([status, (JSON.parse(stdout) as { shape: unknown }).shape]).toEqual([0, [6, 7, 8]])
    expect((await voxaug('info', '--header', 'cut.nii')).stdout).not.toContain('values')
  })

  it('prints warnings on stderr, and with --json among the rest too', async () => {
    const bytes = inflated('t1.nii.gz')
    // sform_code and qform_code: where the patient's left is, nobody knows.
    bytes.writeInt32LE(0, 252)
    writeFileSync('odd.nii', bytes)
    const { status, stdout, stderr } = await voxaug('info', 'odd.nii', '--json')
    expect(status).toBe(0)
    expect(stderr).toMatch(/^voxaug: odd\.nii: warning: [^\n]+\n$/)
    const { warnings } = JSON.parse(stdout) as { warnings: readonly { message: string }[] }
    expect(warnings).toEqual([{ code: 'orientation-unknown', message: stderr.slice(26, -1) }])
  })

  it('exits 1 without a file that can be read, 2 without a file', async () => {
    expect((await voxaug('info', 'no.nii')).stderr).toBe('voxaug: no.nii: no such file or folder.\n')
    expect((await voxaug('info', '.')).stderr).toBe('voxaug: .: is a folder, not a file.\n')
    expect(await voxaug('info')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'voxaug: FILE is missing; voxaug info --help says more.\n',
    })
  })
})
