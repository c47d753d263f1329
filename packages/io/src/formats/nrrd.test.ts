import { volume } from '@voxaug/core'
import { describe, expect, it } from 'vitest'
import { gzipped, joined } from '../test-file.ts'
import { readVolume, writeVolume } from './web.ts'

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`,
  )

const ramp = Uint8Array.from({ length: 24 }, (_, n) => n)

/** 2 × 3 × 4 uint8 in RAS, with fields set, or left out where they are undefined. */
function file(fields: Readonly<Record<string, string | undefined>> = {}, data: Uint8Array | readonly number[] = ramp) {
  const all: Record<string, string | undefined> = {
    type: 'uint8',
    dimension: '3',
    sizes: '2 3 4',
    encoding: 'raw',
    space: 'RAS',
    'space directions': '(1.5,0,0) (0,2.5,0) (0.5,0,3)',
    'space origin': '(-7,8,9)',
    ...fields,
  }
  const lines = Object.entries(all).flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${text}`]))
  return joined(new TextEncoder().encode(`NRRD0004\n${lines.join('\n')}\n\n`), data)
}

const read = (...given: Parameters<typeof file>) => readVolume(file(...given))
const refusal = (...given: Parameters<typeof file>) => message(read(...given))
const said = async (...given: Parameters<typeof file>) =>
  (await read(...given)).warnings.map(({ code, message }) => `${code}: ${message}`)

describe('NRRD', () => {
  it('warns once of lines that say nothing, however many', async () => {
    const bytes = file()
    const end = bytes.length - ramp.length - 1
    const odd = joined(bytes.subarray(0, end), new TextEncoder().encode('odd\n'.repeat(1000)), bytes.subarray(end))
    expect((await readVolume(odd)).warnings.map(({ message }) => message)).toEqual([
      'line 9 of the header, and 999 more, are neither a field nor a comment; they were ignored.',
    ])
  })

  it('refuses two signs, and text that float32 cannot hold', async () => {
    const text = (numbers: string, type = 'int16') =>
      refusal({ sizes: '1 1 3', encoding: 'text', type }, new TextEncoder().encode(numbers))
    for (const word of ['--5', '+-2', '-+3'])
      expect(await text(`1 ${word} 3`)).toBe(`invalid-header: voxels must be numbers, got "${word}".`)
    expect(await text('1 1e39 3', 'float')).toBe('out-of-range: voxels must be values that float32 holds, got "1e39".')
    expect(await text('1 1e39 -inf', 'double')).toBe('done')
  })

  it('names the region where its gzip is not read to the end', async () => {
    const long = file({ sizes: '2 3 400000' }, new Uint8Array(2_400_000))
    const region = { start: [0, 0, 0], size: [2, 3, 4] } as const
    expect((await readVolume(await gzipped(long), { region })).warnings.map(({ message }) => message)).toEqual([
      'more than 1048576 bytes follow the region; they and the checksum behind them were not read.',
    ])
  })

  it('by hand', async () => {
    expect(await read()).toMatchObject({
      shape: [2, 3, 4],
      channels: 1,
      dtype: 'uint8',
      data: ramp,
      affine: [1.5, 0, 0.5, -7, 0, 2.5, 0, 8, 0, 0, 3, 9, 0, 0, 0, 1],
      warnings: [],
    })
  })

  it('puts channels last, wherever they are', async () => {
    const two = ramp.slice(0, 12)
    const first = { dimension: '4', sizes: '2 3 1 2', 'space directions': 'none (1,0,0) (0,1,0) (0,0,1)' }
    expect((await read(first, two)).data).toEqual(Uint8Array.of(0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11))
    const last = { dimension: '4', sizes: '3 1 2 2', 'space directions': '(1,0,0) (0,1,0) (0,0,1) (nan,nan,nan)' }
    expect((await read(last, two)).data).toEqual(two)
    // Two side by side in each of three volumes of two voxels.
    const both = {
      dimension: '5',
      sizes: '2 2 1 1 3',
      'space directions': 'none (1,0,0) (0,1,0) (0,0,1) none',
    }
    const { data, channels } = await read(both, two)
    expect(channels).toBe(6)
    expect(data).toEqual(Uint8Array.of(0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11))
    const spaceless = { 'space directions': undefined, space: undefined, dimension: '4', sizes: '3 1 2 2' }
    expect((await read({ ...spaceless, kinds: 'vector domain domain domain' }, two)).shape).toEqual([1, 2, 2])
    expect((await read({ ...spaceless, spacings: 'NaN 1 2 3' }, two)).shape).toEqual([1, 2, 2])
    expect((await read(spaceless, two)).shape).toEqual([3, 1, 2])
  })

  it('makes a slice of two axes, in space or not', async () => {
    const slice = { dimension: '2', sizes: '3 4', 'space directions': '(0,2,0) (0,0,3)' }
    expect(await read(slice, ramp.slice(0, 12))).toMatchObject({
      shape: [3, 4, 1],
      affine: [0, 0, 1, -7, 2, 0, 0, 8, 0, 3, 0, 9, 0, 0, 0, 1],
    })
    const flat = {
      dimension: '2',
      sizes: '3 4',
      'space directions': undefined,
      spacings: '2 3',
      'space origin': undefined,
    }
    expect((await read(flat, ramp.slice(0, 12))).spacingMm).toEqual([2, 3, 1])
  })

  it('skips lines and bytes, from the end too', async () => {
    const before = new TextEncoder().encode('a\nbc\n')
    expect((await read({ 'line skip': '2' }, joined(before, ramp))).data).toEqual(ramp)
    expect((await read({ lineskip: '1', byteskip: '3' }, joined(before, ramp))).data).toEqual(ramp)
    expect((await read({ 'byte skip': '-1' }, joined(before, ramp))).data).toEqual(ramp)
    const packed = await gzipped(joined([9, 9, 9], ramp))
    const skipping = { encoding: 'gzip', 'line skip': '2', 'byte skip': '3' }
    expect((await read(skipping, joined(before, packed))).data).toEqual(ramp)
    expect((await readVolume(new Blob([file(skipping, joined(before, packed))]))).data).toEqual(ramp)
    expect(await message(readVolume(await gzipped(file({ 'byte skip': '-1' }))))).toMatchInlineSnapshot(
      `"unsupported: byte skip must be at least 0 where the length of the file is not known, got -1."`,
    )
    expect(await refusal({ encoding: 'gzip', 'byte skip': '-1' })).toMatchInlineSnapshot(
      `"unsupported: byte skip must be 0 … 16777216 in gzip, got -1."`,
    )
  })

  it('reads several members of gzip, again from where the voxels begin', async () => {
    const members = joined(await gzipped(ramp.slice(0, 10)), await gzipped(ramp.slice(10)))
    const bytes = file({ encoding: 'gz' }, members)
    for (const source of [bytes, new Blob([bytes]), new Blob([bytes]).stream()])
      expect((await readVolume(source)).data).toEqual(ramp)
  })

  it('reads text', async () => {
    const text = new TextEncoder().encode(Array.from(ramp).join(',\n '))
    for (const encoding of ['text', 'txt', 'ASCII']) expect((await read({ encoding }, text)).data).toEqual(ramp)
    const first = {
      encoding: 'text',
      dimension: '4',
      sizes: '2 3 1 4',
      'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
    }
    const raw = { ...first, encoding: 'raw' }
    expect((await read(first, text)).data).toEqual((await read(raw)).data)
    const floats = new TextEncoder().encode('1e-3 -inf NaN .5 ')
    const { data } = await read({ encoding: 'text', type: 'double', sizes: '1 2 2' }, floats)
    expect(data).toEqual(Float64Array.of(0.001, Number.NEGATIVE_INFINITY, Number.NaN, 0.5))
    expect(await refusal({ encoding: 'text' }, text.slice(0, 20))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24 numbers, got 5."`,
    )
    expect(await refusal({ encoding: 'text' }, new TextEncoder().encode('1 256'))).toMatchInlineSnapshot(
      `"out-of-range: voxels must be values that uint8 holds, got "256"."`,
    )
    expect(await refusal({ encoding: 'text' }, new TextEncoder().encode('1 0x10'))).toMatchInlineSnapshot(
      `"invalid-header: voxels must be numbers, got "0x10"."`,
    )
    expect(await refusal({ encoding: 'text' }, new Uint8Array(1000).fill(49))).toMatchInlineSnapshot(
      `"invalid-header: voxels must be numbers, got "1111111111111111111111111111111111111111…"."`,
    )
    expect(await refusal({ encoding: 'text', type: 'int64' }, text)).toMatchInlineSnapshot(
      `"unsupported: text must be of types up to 32 bits or double, got int64."`,
    )
  })

  it('takes comments, keys with values, ends of lines of either kind, and spellings', async () => {
    const text =
      'NRRD0005\r\n# Jane Doe\r\npatient:=Jane Doe\r\nType:  Unsigned  Char \r\nDIMENSION: 3\r\nsizes: 2 3 4\r\nspacings: 1 2 3\r\nspace: left-posterior-superior\r\nendian: LITTLE\r\nencoding: RAW\r\nJane Doe\r\n\r\n'
    const { data, warnings } = await readVolume(joined(new TextEncoder().encode(text), ramp))
    expect(data).toEqual(ramp)
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "header-line: line 11 of the header is neither a field nor a comment; it was ignored.",
        "orientation-unknown: the header has no space directions: left and right are unknown; the axes were taken as the space's.",
      ]
    `)
  })

  it('says which world it took where the header does not', async () => {
    expect(await said({ space: '3D-right-handed' })).toMatchInlineSnapshot(`
      [
        "orientation-unknown: the space "3D-right-handed" does not say: left and right are unknown; it was taken as left, posterior, superior, as ITK does.",
      ]
    `)
    expect(await said({ space: undefined, 'space dimension': '3' })).toMatchInlineSnapshot(`
      [
        "orientation-unknown: the header names no space: left and right are unknown; it was taken as left, posterior, superior, as ITK does.",
      ]
    `)
    expect(await said({ 'space units': '"mm" "um" "mm"' })).toMatchInlineSnapshot(`
      [
        "units: space units says "um"; the numbers were taken as millimetres.",
      ]
    `)
    expect((await read({ space: 'scanner-xyz' })).affine[0]).toBe(-1.5)
    expect(await refusal({ space: 'RAST' })).toMatchInlineSnapshot(
      `"unsupported: space must have three axes, got "RAST"."`,
    )
    expect(await refusal({ space: undefined, 'space dimension': '2' })).toMatchInlineSnapshot(
      `"unsupported: space dimension must be 3, got "2"."`,
    )
  })

  it('refuses what it cannot read, by name', async () => {
    expect(await refusal({ type: 'block' })).toMatchInlineSnapshot(
      `"unsupported: type must be one of int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64, got "block"."`,
    )
    expect(await refusal({ type: 'constructor' })).toMatchInlineSnapshot(
      `"unsupported: type must be one of int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64, got "constructor"."`,
    )
    expect(await refusal({ encoding: 'bzip2' })).toMatchInlineSnapshot(
      `"unsupported: encoding must be one of raw, gzip, text, got "bzip2"."`,
    )
    expect(await refusal({ encoding: 'hex' })).toMatchInlineSnapshot(
      `"unsupported: encoding must be one of raw, gzip, text, got "hex"."`,
    )
    expect(await refusal({ encoding: 'constructor' })).toMatchInlineSnapshot(
      `"unsupported: encoding must be one of raw, gzip, text, got "constructor"."`,
    )
    expect(await refusal({ kinds: 'complex domain domain' })).toMatchInlineSnapshot(
      `"unsupported: kinds must be of real numbers, got complex."`,
    )
    expect(await refusal({ 'space directions': '(1,0,0) none (0,0,1)' })).toMatchInlineSnapshot(
      `"unsupported: the axes of the volume must be one to three that follow one another, got space, other, space."`,
    )
    expect(await refusal({ 'data file': 'a.raw' })).toMatchInlineSnapshot(
      `"unsupported: this is a header whose voxels are in another file, which can be read from a path in Node alone. Save it as a single .nrrd file."`,
    )
    expect(await refusal({ 'data file': '../a.raw' })).toMatchInlineSnapshot(
      `"unsupported: data file must be the name of a file in the same folder, got "../a.raw"."`,
    )
    expect(await refusal({ 'data file': 'a%03d.raw 1 9 1' })).toMatchInlineSnapshot(
      `"unsupported: data file must be one file, got several: "a%03d.raw 1 9 1"."`,
    )
    expect(await refusal({ datafile: 'LIST' })).toMatchInlineSnapshot(
      `"unsupported: data file must be one file, got several: "LIST"."`,
    )
    expect(await message(readVolume(new TextEncoder().encode('NRRD0009\n\n')))).toMatchInlineSnapshot(
      `"unsupported: the version must be NRRD0001 … NRRD0005, got another."`,
    )
  })

  it('refuses a header that is wrong', async () => {
    expect(await refusal({ type: undefined })).toMatchInlineSnapshot(
      `"invalid-header: the header must have the field "type"."`,
    )
    expect(await refusal({ dimension: '17' })).toMatchInlineSnapshot(
      `"invalid-header: dimension must be 1 … 16, got 17."`,
    )
    expect(await refusal({ dimension: '3.5' })).toMatchInlineSnapshot(
      `"invalid-header: dimension must be a whole number, got "3.5"."`,
    )
    expect(await refusal({ sizes: '2 3' })).toMatchInlineSnapshot(`"invalid-header: sizes must be 3 numbers, got 2."`)
    expect(await refusal({ sizes: '2 -3 4' })).toMatchInlineSnapshot(
      `"invalid-header: sizes must be whole numbers above 0 and below 2^53, got -3."`,
    )
    expect(await refusal({ sizes: '2 3 four\u001b[31m' })).toMatchInlineSnapshot(
      `"invalid-header: sizes must be numbers, got "four?[31m"."`,
    )
    expect(await refusal({ type: 'short' })).toMatchInlineSnapshot(
      `"invalid-header: endian must be little or big, got none."`,
    )
    expect(await refusal({ 'byte skip': '-2' })).toMatchInlineSnapshot(
      `"invalid-header: byte skip must be at least -1, got -2."`,
    )
    expect(await refusal({ 'space directions': '(1,0,0) (0,1,0)' })).toMatchInlineSnapshot(
      `"invalid-header: space directions must be 3 vectors, got 2."`,
    )
    expect(await refusal({ 'space directions': '(1,0,0) (0,1,0) (0,1,0)' })).toMatchInlineSnapshot(
      `"invalid-header: space directions, spacings and space origin must make an invertible affine, got [1, 0, 0, -7, 0, 1, 1, 8, 0, 0, 0, 9, 0, 0, 0, 1]."`,
    )
    expect(await refusal({ 'space directions': '(1,0,0) (0,1,0) (0,inf,1)' })).toMatchInlineSnapshot(
      `"invalid-header: space directions, spacings and space origin must be finite, got [1, 0, 0, -7, 0, 1, Infinity, 8, 0, 0, 1, 9, 0, 0, 0, 1]."`,
    )
    expect(await refusal({ 'space directions': '(1,0,0) (0,1,0) (0,0,1' })).toMatchInlineSnapshot(
      `"invalid-header: space directions must close its brackets, got "(0,0,1"."`,
    )
    expect(await refusal({ 'space origin': 'none' })).toMatchInlineSnapshot(
      `"invalid-header: space origin must be one vector, got "none"."`,
    )
    expect(await refusal({ Sizes: '2 3 4' })).toMatchInlineSnapshot(
      `"invalid-header: fields must stand once, got "Sizes"."`,
    )
    expect(
      await message(readVolume(joined(new TextEncoder().encode('NRRD0004\n'), new Uint8Array(2 ** 21).fill(65)))),
    ).toMatchInlineSnapshot(`"invalid-header: the header must end within 1048576 bytes."`)
  })

  it('refuses what is cut short, too large, or damaged', async () => {
    expect(await refusal({}, ramp.slice(0, 23))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24 bytes, got 23."`,
    )
    expect(await message(readVolume(new Blob([file({}, ramp.slice(0, 23))]).stream()))).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24 bytes, got 23."`,
    )
    expect(await message(readVolume(new TextEncoder().encode('NRRD0004\ntype: uint8')))).toMatchInlineSnapshot(
      `"invalid-header: the header must have the field "dimension"."`,
    )
    expect(await refusal({ sizes: '9007199254740991 9007199254740991 4' })).toMatchInlineSnapshot(
      `"invalid-header: axes must multiply to fewer than 2^53 bytes, got 9007199254740991 × 9007199254740991 × 4."`,
    )
    expect(await refusal({ sizes: '100000 100000 4' })).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 1073741824 bytes (maxBytes), got 100000 × 100000 × 4 of uint8, 40000000000 bytes."`,
    )
    expect(await message(readVolume(file(), { maxBytes: 23 }))).toMatchInlineSnapshot(
      `"too-large: voxels must take at most 23 bytes (maxBytes), got 2 × 3 × 4 of uint8, 24 bytes."`,
    )
    const packed = await gzipped(ramp)
    expect(await refusal({ encoding: 'gzip', sizes: '200 300 400' }, packed)).toMatchInlineSnapshot(
      `"truncated: data is truncated: expected 24000000 bytes, got at most 45408."`,
    )
    expect(await refusal({ encoding: 'gzip' }, packed.slice(0, -3))).toMatchInlineSnapshot(
      `"invalid-gzip: the gzip stream is damaged or cut short: its codes, length or checksum do not hold."`,
    )
    const { warnings } = await read({ encoding: 'gzip' }, await gzipped(joined(ramp, new Uint8Array(2 ** 20))))
    expect(warnings.map(({ code }) => code)).toEqual(['checksum-unverified'])
    expect(await message(readVolume(await gzipped(file({ encoding: 'gzip' }, packed))))).toMatchInlineSnapshot(
      `"unsupported: a file must be compressed once, got gzip inside gzip."`,
    )
  })

  it('is written whole, and nothing of a patient', async () => {
    const made = volume({ data: ramp, shape: [2, 3, 2], channels: 2, spacingMm: [1, 2, 3], kind: 'label' })
    const bytes = await writeVolume(made, { format: 'nrrd' })
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text.slice(0, text.indexOf('\n\n'))).toMatchInlineSnapshot(`
      "NRRD0004
      type: unsigned char
      dimension: 4
      space: left-posterior-superior
      sizes: 2 3 2 2
      space directions: (-1,0,0) (0,-2,0) (0,0,3) none
      kinds: domain domain domain list
      endian: little
      encoding: gzip
      space origin: (0.5,2,-1.5)"
    `)
    expect(await readVolume(bytes, { kind: 'label' })).toEqual(made)
  })
})
