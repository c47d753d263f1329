import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { show } from '@voxaug/core'
import { decode } from 'fast-png'
import { afterAll, expect, test } from 'vitest'
import { shown } from './examples.ts'
import { experimentOn } from './experiment.ts'
import { palettePng } from './palette-png.ts'
import { filesOf, indexFile, registry } from './reference.ts'
import { differences, write } from './store.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'voxaug-reference-'))
afterAll(() => rmSync(folder, { recursive: true }))

const committed = (path: string) => readFileSync(join(root, path))
const factories = registry.factories.map((one) => [one.definition.name, one] as const)

// Where these differ on purpose: npm run reference.
test.each(factories)('the page and picture of %s are what would be written', (name, factory) => {
  const [page, picture] = filesOf(root, factory)
  expect(page.path).toBe(`docs/reference/${name}.md`)
  expect(new TextDecoder().decode(page.bytes)).toBe(committed(page.path).toString())
  expect(committed(picture.path).equals(picture.bytes), picture.path).toBe(true)
  expect(picture.bytes.length).toBeLessThan(40_000)
})

test('the index is what would be written, and links the page of every transform', () => {
  const { path, bytes } = indexFile(root)
  expect(new TextDecoder().decode(bytes)).toBe(committed(path).toString())
  for (const [name] of factories) expect(committed(path).toString()).toContain(`](${name}.md)`)
})

test.each(factories)('the page of %s has every option, and every default', (name, { definition }) => {
  const page = committed(`docs/reference/${name}.md`).toString()
  for (const [key, option] of Object.entries(definition.options)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\` `))
    expect(row, key).toContain(option.help.split('|')[0])
    expect(row!.includes('required'), key).toBe(option.required)
    if (option.default !== undefined) expect(row).toContain(`\`${show(option.default).replaceAll('"', "'")}\``)
  }
})

test.each(factories)('the example of %s changes something, and gives no warning', (_, factory) => {
  const { before, runs } = experimentOn(factory, registry)
  expect(runs.flatMap(({ trace }) => trace.warnings)).toEqual([])
  expect(runs.some(({ output }) => output.image !== before.image)).toBe(true)
})

test('all that is said of pictures is said of transforms that there are', () => {
  expect(Object.keys(shown).filter((name) => !registry.get(name))).toEqual([])
})

test.each(['geometry/Resample', 'geometry/Shift'])('%s without an example is refused: it needs options', (name) => {
  const factory = registry.get(name)!
  const { example: _, ...definition } = factory.definition
  expect(() => experimentOn({ ...factory, definition }, registry)).toThrow(
    `${name}: its definition must have an example, options that show well what it does`,
  )
})

test('a transform that needs no options is run without an example', () => {
  expect(registry.get('intensity/ZScore')!.definition.example).toBeUndefined()
  expect(experimentOn(registry.get('intensity/ZScore')!, registry).transform.given).toEqual({})
})

test('a byte of a page or a picture that differs, a file that is missing and one that is too much are told by name', () => {
  const reference = [...filesOf(root, registry.get('geometry/Flip')!), indexFile(root)]
  const at = (path: string) => join(folder, 'docs/reference', path)
  expect(write(folder, reference)).toBe(3)
  expect(differences(folder, reference)).toEqual([])
  expect(write(folder, reference)).toBe(0)

  writeFileSync(at('geometry/Flip.md'), readFileSync(at('geometry/Flip.md'), 'utf8').replace('Mirrors', 'mirrors'))
  appendFileSync(at('geometry/Flip.png'), ' ')
  rmSync(at('README.md'))
  writeFileSync(at('geometry/Flop.md'), '')
  expect(differences(folder, reference)).toEqual([
    'docs/reference/geometry/Flip.md: is not what npm run reference writes',
    'docs/reference/geometry/Flip.png: is not what npm run reference writes',
    'docs/reference/README.md: is not there; npm run reference writes it',
    'docs/reference/geometry/Flop.md: belongs to no transform',
  ])
  expect(write(folder, reference)).toBe(4)
  expect(differences(folder, reference)).toEqual([])
})

test('a picture of few colours keeps them to within a level, and one that does not fit is refused', () => {
  const [width, height] = [64, 48]
  const data = new Uint8Array(4 * width * height).fill(255)
  for (let n = 0; n < width * height; n++) data.set(n % 5 === 0 ? [240, 96, 32] : [n % 256, n % 256, n % 256], 4 * n)
  const { palette, data: places } = decode(palettePng({ width, height, data }))
  const most = Math.max(
    ...Array.from(places, (place, n) =>
      Math.max(...palette![place]!.slice(0, 3).map((x, channel) => Math.abs(x - data[4 * n + channel]!))),
    ),
  )
  // Half a step between 64 greys is 2, between 16 shades 8.5.
  expect(most).toBeLessThanOrEqual(9)

  const noise = { width: 600, height: 600, data: new Uint8Array(4 * 600 * 600) }
  let state = 1
  for (let n = 0; n < noise.data.length; n++) {
    state = (state * 16807) % 2147483647
    noise.data[n] = state & 255
  }
  expect(() => palettePng(noise)).toThrow('a picture of 600 × 600 does not fit into 40000 bytes')
})
