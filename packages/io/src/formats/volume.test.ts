import { volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, writeNifti } from '../index.ts'
import { gzipped, testFile } from '../test-file.ts'
import { readVolume, writeVolume } from './web.ts'

const image = volume({
  data: Float32Array.from({ length: 60 }, (_, n) => n / 3),
  shape: [3, 4, 5],
  spacingMm: [1, 2, 3],
})

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`,
  )

describe('readVolume', () => {
  it('reads NIfTI as readNifti does', async () => {
    for (const bytes of [testFile(), testFile({ version: 2, littleEndian: false }), await gzipped(testFile())])
      expect(await readVolume(bytes)).toEqual(await readNifti(bytes))
    const odd = await gzipped(testFile({ fields: { bitpix: [16] } }))
    expect((await readVolume(odd)).warnings).toEqual((await readNifti(odd)).warnings)
    const cut = await gzipped(testFile().slice(0, 400))
    expect(await message(readVolume(cut))).toBe(await message(readNifti(cut)))
  })

  it('says what it can read where it cannot, with the first bytes', async () => {
    const text = new TextEncoder().encode('{"voxaug": 1}')
    expect(await message(readVolume(text))).toMatchInlineSnapshot(
      `"unknown-format: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 7b 22 76 6f 78 61 75 67."`,
    )
    expect(await message(readVolume(Uint8Array.of(1)))).toMatchInlineSnapshot(
      `"unknown-format: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 01."`,
    )
    expect(await message(readVolume(new Uint8Array()))).toMatchInlineSnapshot(
      `"truncated: file is empty: expected a header, got 0 bytes."`,
    )
    expect(await message(readVolume(await gzipped(await gzipped(testFile()))))).toMatchInlineSnapshot(
      `"unknown-format: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 1f 8b 08 00 00 00 00 00 of gzip inside gzip."`,
    )
    const dicom = new Uint8Array(200)
    dicom.set(new TextEncoder().encode('DICM'), 128)
    expect(await message(readVolume(dicom))).toMatchInlineSnapshot(
      `"unknown-format: the file must be NIfTI, MGH, NRRD or MetaImage, got the first bytes 00 00 00 00 00 00 00 00 of a DICOM file."`,
    )
    expect(await message(readVolume(Uint8Array.of(0x1f, 0x8b, 8)))).toMatchInlineSnapshot(
      `"invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
  })

  it('checks its options', async () => {
    expect(await message(readVolume(testFile(), { channels: 1 } as never))).toMatchInlineSnapshot(
      `"invalid-option: options of readVolume are kind, maxBytes and region, got channels."`,
    )
    expect(await message(readVolume(testFile(), { kind: 'mask' } as never))).toMatchInlineSnapshot(
      `"invalid-option: kind must be 'image' or 'label', got "mask"."`,
    )
    expect(await message(readVolume(testFile(), { maxBytes: -1 }))).toMatchInlineSnapshot(
      `"invalid-option: maxBytes must be a number above 0, got -1."`,
    )
    expect(await message(readVolume('a.mgz' as never))).toMatchInlineSnapshot(
      `"invalid-option: source must be an ArrayBuffer, a typed array, a Blob or a ReadableStream, got "a.mgz"."`,
    )
  })
})

describe('writeVolume', () => {
  it('writes NIfTI as writeNifti does', async () => {
    expect(await writeVolume(image, { format: 'nii' })).toEqual(await writeNifti(image, { gzip: false }))
    expect(await writeVolume(image, { format: 'nii.gz', dtype: 'uint8' })).toEqual(
      await writeNifti(image, { dtype: 'uint8' }),
    )
  })

  it('checks its options', async () => {
    for (const format of ['png', '.nii', 'a.nii', 'gz', undefined])
      expect(await message(writeVolume(image, { format } as never))).toContain('invalid-option: format must be ')
    expect(await message(writeVolume(image, { format: 'png' } as never))).toMatchInlineSnapshot(
      `"invalid-option: format must be nii, nii.gz, mgh, mgz, mgh.gz, nrrd or mha, got "png"."`,
    )
    expect(await message(writeVolume(image, undefined as never))).toMatchInlineSnapshot(
      `"invalid-option: format must be nii, nii.gz, mgh, mgz, mgh.gz, nrrd or mha, got undefined."`,
    )
    expect(await message(writeVolume(image, { format: 'nii', gzip: true } as never))).toMatchInlineSnapshot(
      `"invalid-option: options of writeVolume are format, dtype, gzipLevel and signal, got gzip."`,
    )
  })

  it.each(['nii', 'nii.gz', 'mgh', 'mgz', 'nrrd', 'mha'] as const)('%s stops once aborted', async (format) => {
    const signal = AbortSignal.abort('enough')
    expect(await message(writeVolume(image, { format, signal }))).toBe('aborted: writing was aborted.')
  })

  it('compresses at the level that is given', async () => {
    for (const format of ['nii.gz', 'mgz', 'nrrd'] as const) {
      const [fast, small] = [
        await writeVolume(large, { format, gzipLevel: 1 }),
        await writeVolume(large, { format, gzipLevel: 9 }),
      ]
      expect(small.length).toBeLessThan(fast.length)
      expect((await readVolume(small)).data).toEqual((await readVolume(fast)).data)
    }
  })
})

const large = volume({
  data: Float32Array.from({ length: 30_000 }, (_, n) => (n * n) % 251),
  shape: [10, 30, 100],
  spacingMm: [1, 2, 3],
})
