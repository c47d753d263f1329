import { volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { bytesOf, gzipped, joined } from '../test-file.ts'
import { readVolume, writeVolume } from './web.ts'

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`,
  )

const ramp = Uint8Array.from({ length: 24 }, (_, n) => n)
const zlibbed = (bytes: Uint8Array<ArrayBuffer>) =>
  bytesOf(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate')))

/** 2 × 3 × 4 uint8, x along posterior, with fields set, or left out where they are undefined. */
function file(fields: Readonly<Record<string, string | undefined>> = {}, data: Uint8Array | readonly number[] = ramp) {
  const all: Record<string, string | undefined> = {
    ObjectType: 'Image',
    NDims: '3',
    DimSize: '2 3 4',
    TransformMatrix: '0 1 0 -1 0 0 0 0 1',
    Offset: '7 8 9',
    ElementSpacing: '1.5 2.5 3.5',
    ElementType: 'MET_UCHAR',
    ...fields,
    ElementDataFile: fields['ElementDataFile'] ?? 'LOCAL',
  }
  const lines = Object.entries(all).flatMap(([name, text]) =>
    text === undefined || name === 'ElementDataFile' ? [] : [`${name} = ${text}`],
  )
  return joined(new TextEncoder().encode(`${lines.join('\n')}\nElementDataFile = ${all['ElementDataFile']}\n`), data)
}

const read = (...given: Parameters<typeof file>) => readVolume(file(...given))
const refusal = (...given: Parameters<typeof file>) => message(read(...given))
const said = async (...given: Parameters<typeof file>) =>
  (await read(...given)).warnings.map(({ code, message }) => `${code}: ${message}`)

describe('MetaImage', () => {
  it('by hand', async () => {
    expect(await read()).toMatchObject({
      shape: [2, 3, 4],
      data: ramp,
      // x grows along LPS y, y against LPS x.
      affine: [0, 2.5, 0, -7, -1.5, 0, 0, -8, 0, 0, 3.5, 9, 0, 0, 0, 1],
      warnings: [],
    })
  })

  it('puts channels last, those side by side and those of a fourth axis', async () => {
    const two = ramp.slice(0, 12)
    const inner = await read({ DimSize: '3 1 2', ElementNumberOfChannels: '2', ElementType: 'MET_UCHAR_ARRAY' }, two)
    expect(inner.data).toEqual(Uint8Array.of(0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11))
    const four = {
      NDims: '4',
      DimSize: '3 1 2 2',
      TransformMatrix: '0 1 0 0 -1 0 0 0 0 0 1 0 0 0 0 1',
      Offset: '7 8 9 0',
      ElementSpacing: '1.5 2.5 3.5 1',
    }
    expect(await read(four, two)).toMatchObject({ data: two, channels: 2, affine: (await read()).affine })
  })

  it('takes voxels from where HeaderSize says', async () => {
    const length = file({ HeaderSize: '100' }, []).length
    expect((await read({ HeaderSize: String(length + 5) }, joined([1, 2, 3, 4, 5], ramp))).data).toEqual(ramp)
    expect((await read({ HeaderSize: '-1' }, joined([1, 2, 3, 4, 5], ramp))).data).toEqual(ramp)
    expect(await refusal({ HeaderSize: '10' })).toMatchInlineSnapshot(
      `"invalid-header: HeaderSize must be at least the header's 190 bytes where the voxels follow it, got 10."`,
    )
    expect(await refusal({ HeaderSize: '-2' })).toMatchInlineSnapshot(
      `"invalid-header: HeaderSize must be at least -1, got -2."`,
    )
    expect(await message(readVolume(new Blob([file({ HeaderSize: '-1' })]).stream()))).toMatchInlineSnapshot(
      `"unsupported: HeaderSize must be at least 0 where the length of the file or of its compressed voxels is not known, got -1."`,
    )
  })

  it('inflates zlib, or gzip, of the size told or to the end', async () => {
    const packed = await zlibbed(ramp)
    const size = String(packed.length)
    for (const fields of [{ CompressedData: 'True' }, { CompressedData: 'True', CompressedDataSize: size }]) {
      for (const bytes of [packed, joined(packed, [1, 2, 3])]) {
        const made = file(fields, bytes)
        for (const source of [made, new Blob([made]), new Blob([made]).stream()])
          expect((await readVolume(source)).data).toEqual(ramp)
      }
    }
    expect((await read({ CompressedData: 'True' }, await gzipped(ramp))).data).toEqual(ramp)
    const told = { CompressedData: 'True', CompressedDataSize: size }
    expect(await refusal(told, packed.slice(0, -1))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 32 bytes, got 31."`,
    )
    expect(await refusal({ CompressedData: 'True' }, packed.slice(0, -1))).toMatchInlineSnapshot(
      `"invalid-gzip: the zlib stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
    const flipped = packed.map((byte, n) => (n === packed.length - 2 ? byte ^ 1 : byte))
    expect(await refusal(told, flipped)).toMatchInlineSnapshot(
      `"invalid-gzip: the zlib stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
    expect(await refusal({ ...told, DimSize: '200 300 400' }, packed)).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24000000 bytes, got at most 33024."`,
    )
    expect(await refusal({ ...told, DimSize: '2 3 5' }, packed)).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 30 bytes, got 24."`,
    )
    expect(await message(readVolume(await gzipped(file(told, packed))))).toMatchInlineSnapshot(
      `"unsupported: a file must be compressed once, got zlib inside gzip."`,
    )
  })

  it('says what it took where the header does not', async () => {
    const short = { ElementType: 'MET_SHORT', DimSize: '2 3 2' }
    expect(await said(short)).toMatchInlineSnapshot(`
      [
        "byte-order: the header has no BinaryDataByteOrderMSB; the voxels were taken as little-endian.",
      ]
    `)
    expect((await read({ ...short, ElementByteOrderMSB: 'True' })).data[1]).toBe(0x0203)
    expect(await said({ TransformMatrix: undefined })).toMatchInlineSnapshot(`
      [
        "orientation-unknown: the header has no TransformMatrix: left and right are unknown; the axes were taken as left, posterior, superior, as ITK does.",
      ]
    `)
    expect(await said({ DistanceUnits: 'um', ElementToIntensityFunctionSlope: '2' })).toMatchInlineSnapshot(`
      [
        "intensity-function: ElementToIntensityFunctionSlope says "2"; voxels were taken as stored, as ITK does.",
        "units: DistanceUnits says "um"; the numbers were taken as millimetres.",
      ]
    `)
    const odd = await readVolume(joined(new TextEncoder().encode('Comment = Jane Doe\nJane Doe\n'), file()))
    expect(odd.data).toEqual(ramp)
    expect(odd.warnings.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "line 2 of the header is no field; it was ignored.",
      ]
    `)
  })

  it('refuses what it cannot read, by name', async () => {
    expect(await refusal({ ObjectType: 'Tube' })).toMatchInlineSnapshot(
      `"unsupported: ObjectType must be Image, got "Tube"."`,
    )
    expect(await refusal({ BinaryData: 'False' })).toMatchInlineSnapshot(
      `"unsupported: BinaryData must be True, got False (voxels as text)."`,
    )
    expect(await refusal({ ElementType: 'MET_STRING' })).toMatchInlineSnapshot(
      `"unsupported: ElementType must be one of MET_CHAR, MET_UCHAR, MET_SHORT, MET_USHORT, MET_INT, MET_UINT, MET_LONG, MET_ULONG, MET_LONG_LONG, MET_ULONG_LONG, MET_FLOAT, MET_DOUBLE, got "MET_STRING"."`,
    )
    expect(await refusal({ NDims: '5' })).toMatchInlineSnapshot(`"invalid-header: NDims must be 2 … 4, got 5."`)
    expect(await refusal({ ElementDataFile: 'a.raw' })).toMatchInlineSnapshot(
      `"unsupported: this is a header whose voxels are in another file, which can be read from a path in Node alone. Save it as a single .mha file."`,
    )
    expect(await refusal({ ElementDataFile: '/etc/passwd' })).toMatchInlineSnapshot(
      `"unsupported: ElementDataFile must be the name of a file in the same folder, got "/etc/passwd"."`,
    )
    expect(await refusal({ ElementDataFile: 'LIST' })).toMatchInlineSnapshot(
      `"unsupported: ElementDataFile must be one file, got several: "LIST"."`,
    )
    expect(await refusal({ ElementDataFile: 'a%d.raw 1 9 1' })).toMatchInlineSnapshot(
      `"unsupported: ElementDataFile must be one file, got several: "a%d.raw 1 9 1"."`,
    )
  })

  it('refuses a header that is wrong', async () => {
    expect(await refusal({ DimSize: undefined })).toMatchInlineSnapshot(
      `"invalid-header: the header must have the field DimSize."`,
    )
    expect(await refusal({ DimSize: '2 3' })).toMatchInlineSnapshot(
      `"invalid-header: DimSize must be 3 numbers, got 2."`,
    )
    expect(await refusal({ DimSize: '2 0 4' })).toMatchInlineSnapshot(
      `"invalid-header: DimSize must be whole numbers above 0 and below 2^53, got 0."`,
    )
    expect(await refusal({ ElementNumberOfChannels: '0' })).toMatchInlineSnapshot(
      `"invalid-header: ElementNumberOfChannels must be a whole number above 0 and below 2^53, got 0."`,
    )
    expect(await refusal({ TransformMatrix: '1 0 0 0 1 0 0 0 0' })).toMatchInlineSnapshot(
      `"invalid-header: TransformMatrix, ElementSpacing and Offset must make an invertible affine, got [-1.5, 0, 0, -7, 0, -2.5, 0, -8, 0, 0, 0, 9, 0, 0, 0, 1]."`,
    )
    expect(await refusal({ TransformMatrix: '1 0 0 0 1 0 0 0 nan' })).toMatchInlineSnapshot(
      `"invalid-header: TransformMatrix, ElementSpacing and Offset must be finite, got [-1.5, 0, 0, -7, 0, -2.5, 0, -8, 0, 0, NaN, 9, 0, 0, 0, 1]."`,
    )
    expect(await refusal({ 'DimSize ': '2 3 4' })).toMatchInlineSnapshot(
      `"invalid-header: fields must stand once, got "DimSize"."`,
    )
    expect(
      await message(readVolume(joined(new TextEncoder().encode('NDims = 3\n'), new Uint8Array(2 ** 21).fill(65)))),
    ).toMatchInlineSnapshot(`"invalid-header: the header must end within 1048576 bytes."`)
  })

  it('refuses what is cut short or too large', async () => {
    expect(await refusal({}, ramp.slice(0, 23))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24 bytes, got 23."`,
    )
    expect(await message(readVolume(new TextEncoder().encode('NDims = 3\nDimSize = 2 3 4\n')))).toMatchInlineSnapshot(
      `"invalid-header: the header must have the field ElementType."`,
    )
    expect(await refusal({ DimSize: '100000 100000 4' })).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 1073741824 bytes (maxBytes), got 100000 × 100000 × 4 of uint8, 40000000000 bytes."`,
    )
    expect(await refusal({ DimSize: '9007199254740991 9007199254740991 4' })).toMatchInlineSnapshot(
      `"invalid-header: axes must multiply to fewer than 2^53 bytes, got 9007199254740991 × 9007199254740991 × 4."`,
    )
    expect(await message(readVolume(file(), { maxBytes: 23 }))).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 23 bytes (maxBytes), got 2 × 3 × 4 of uint8, 24 bytes."`,
    )
  })

  it('is written whole, and nothing of a patient', async () => {
    const made = volume({ data: ramp, shape: [2, 3, 2], channels: 2, spacingMm: [1, 2, 3], kind: 'label' })
    const bytes = await writeVolume(made, { format: 'mha' })
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text.slice(0, text.lastIndexOf('\n', bytes.length - 24))).toMatchInlineSnapshot(`
      "ObjectType = Image
      NDims = 4
      BinaryData = True
      BinaryDataByteOrderMSB = False
      CompressedData = False
      TransformMatrix = -1 0 0 0 0 -1 0 0 0 0 1 0 0 0 0 1
      Offset = 0.5 2 -1.5 0
      CenterOfRotation = 0 0 0 0
      ElementSpacing = 1 2 3 1
      DimSize = 2 3 2 2
      ElementType = MET_UCHAR
      ElementDataFile = LOCAL"
    `)
    expect(await readVolume(bytes, { kind: 'label' })).toEqual(made)
  })
})
