import { isVoxaugError } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { readNifti, readNiftiHeader } from './index.ts'
import { oblique, type TestFile, testFile } from './test-file.ts'

const affine = [...oblique, 0, 0, 0, 1]

async function read(fields: NonNullable<TestFile['fields']>, init: TestFile = {}) {
  const header = await readNiftiHeader(testFile({ ...init, fields }))
  return { ...header, warnings: header.warnings.map(({ code, message }) => `${code}: ${message}`) }
}

/** Code and whole message of the error that reading gives. */
const refusal = (init: TestFile): Promise<string> =>
  readNifti(testFile(init)).then(
    () => 'read',
    (error) => (isVoxaugError(error) ? `${error.code}: ${error.message}` : `foreign: ${error}`),
  )

/** A third of a turn about (1, 1, 1): x → y → z → x. */
const third = { qform_code: [1], sform_code: [0], quatern: [0.5, 0.5, 0.5], qoffset: [10, 20, 30] }
const turned = [0, 0, 3.5, 10, 1.5, 0, 0, 20, 0, 2.5, 0, 30, 0, 0, 0, 1]

describe('sform, qform, pixdim', () => {
  it('takes the sform where its code is set, and shows both', async () => {
    expect(await read({ ...third, qform_code: [4], sform_code: [1] })).toMatchObject({
      affine,
      affineFrom: 'sform',
      sform: { code: 1, affine },
      qform: { code: 4, affine: turned },
      warnings: ['forms-differ: sform and qform differ by more than 0.001; the sform was used.'],
    })
  })

  it.each([1, 2] as const)('takes the qform where the sform is not set: NIfTI-%i', async (version) => {
    expect(await read(third, { version })).toMatchObject({
      affine: turned,
      affineFrom: 'qform',
      sform: null,
      orientation: 'ASR',
      warnings: [],
    })
    expect(await read({ ...third, pixdim: [-1] }, { version })).toMatchObject({
      affine: turned.map((v, n) => (n === 2 ? -v : v)),
      warnings: [],
    })
  })

  it('takes the spacing where neither is, as nibabel, and says so', async () => {
    const { affine, affineFrom, warnings } = await read({ sform_code: [0] })
    expect(affine).toEqual([-1.5, 0, 0, 1.5, 0, 2.5, 0, -3.75, 0, 0, 3.5, -7, 0, 0, 0, 1])
    expect(affineFrom).toBe('pixdim')
    expect(warnings).toEqual([
      'orientation-unknown: neither sform nor qform is set: left and right are unknown; the axes were taken as left, anterior, superior about the centre, as nibabel does.',
    ])
  })

  it('takes unknown codes as 0', async () => {
    expect((await read({ ...third, sform_code: [-2] })).warnings).toEqual([
      'form-code: sform_code should be 0 … 5, got -2; it was taken as 0.',
    ])
    expect((await read({ qform_code: [77] })).warnings).toEqual([
      'form-code: qform_code should be 0 … 5, got 77; it was taken as 0.',
    ])
  })
})

describe('numbers that make no affine', () => {
  it('refuses an sform that is not finite', async () => {
    expect(await refusal({ fields: { srow: [Number.NaN] } })).toBe(
      'invalid-header: srow_x, srow_y and srow_z must be finite where sform_code is set, got NaN.',
    )
  })

  it('passes over an sform that cannot be inverted', async () => {
    const zeros = new Array<number>(12).fill(0)
    expect(await read({ ...third, sform_code: [1], srow: zeros })).toMatchObject({
      affine: turned,
      warnings: [
        'sform-singular: the sform cannot be inverted, got [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]; it was ignored.',
      ],
    })
    expect((await read({ srow: zeros })).warnings).toHaveLength(2)
  })

  it('refuses a qform that is not finite where it counts', async () => {
    expect(await refusal({ fields: { ...third, quatern: [Number.NaN] } })).toBe(
      'invalid-header: quatern_b, c, d and qoffset_x, y, z must be finite where qform_code is set, got [NaN, 0, 0, 10, 20, 30].',
    )
    expect(await read({ ...third, sform_code: [1], qoffset: [Number.POSITIVE_INFINITY] })).toMatchObject({
      affine,
      qform: null,
      warnings: ['qform-invalid: the qform is not finite, got [0.5, 0.5, 0.5, Infinity, 0, 0]; it was ignored.'],
    })
  })

  it('scales a quaternion that is too long, and takes an epsilon for nothing', async () => {
    const long = await read({ ...third, quatern: [0, 0, 3] })
    expect(long.affine).toEqual([-1.5, 0, 0, 10, 0, -2.5, 0, 20, 0, 0, 3.5, 30, 0, 0, 0, 1])
    expect(long.warnings).toEqual([
      'quaternion: quatern_b, c, d should not be longer than 1, got [0, 0, 3]; they were scaled to 1.',
    ])
    expect((await read({ ...third, quatern: [0, 0, 1 + 2 ** -23] })).warnings).toEqual([])
  })

  it.each([
    [0, 1],
    [0.37, 1],
    [-0.37, -1],
    [Number.NaN, 1],
  ])('takes the sign of pixdim[0] = %d', async (qfac, sign) => {
    const { affine, warnings } = await read({ ...third, pixdim: [qfac] })
    expect(affine[2]).toBe(3.5 * sign)
    expect(warnings).toEqual([`qfac: pixdim[0] should be 1 or -1, got ${Math.fround(qfac)}; its sign was used.`])
  })

  it('mends the spacing as nibabel does', async () => {
    const { affine, warnings } = await read({ sform_code: [0], pixdim: [1, 0, -2.5, Number.NaN] })
    expect([affine[0], affine[5], affine[10]]).toEqual([-1, 2.5, 1])
    expect(warnings.slice(0, 3)).toEqual([
      'pixdim: pixdim[1] should be above 0, got 0; 1 was used.',
      'pixdim: pixdim[2] should be above 0, got -2.5; 2.5 was used.',
      'pixdim: pixdim[3] should be above 0, got NaN; 1 was used.',
    ])
  })

  it('refuses a spacing too small for any affine', async () => {
    expect(await refusal({ version: 2, fields: { sform_code: [0], pixdim: [1, 1e-300, 1e-300, 1e-300] } })).toBe(
      'invalid-header: pixdim[1 … 3] must make an invertible affine, got [1e-300, 1e-300, 1e-300].',
    )
    expect(await refusal({ version: 2, fields: { ...third, pixdim: [1, 1e-300, 1e-300, 1e-300] } })).toBe(
      'invalid-header: the qform must be invertible, got [0, 0, 1e-300, 10, 1e-300, 0, 0, 20, 0, 1e-300, 0, 30, 0,….',
    )
  })

  it('refuses a spacing whose square is 0', async () => {
    const fields = { sform_code: [0], pixdim: [1, 1e-300] }
    expect(await refusal({ version: 2, fields })).toBe(
      'invalid-header: pixdim[1 … 3] must make an invertible affine, got [1e-300, 2.5, 3.5].',
    )
  })

  it.each([
    [1, 'metres'],
    [3, 'micrometres'],
  ])('takes unit %i as millimetres', async (unit, name) =>
    expect((await read({ xyzt_units: [unit] })).warnings).toEqual([
      `units: xyzt_units says ${name}; the numbers were taken as millimetres, as nibabel does.`,
    ]),
  )
})
