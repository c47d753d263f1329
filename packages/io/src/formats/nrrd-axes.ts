import { type Affine, type Shape, type Vec3, VoxaugError } from '@voxaug/core'
import { invalid, type Warn } from '../layout.ts'
import type { Stored } from './read-voxels.ts'
import { numbersOf, quoted, wholeOf, wordsOf } from './text-header.ts'
import { affineOf, las, lps, normalOf, ras } from './world.ts'

const spaces: ReadonlyMap<string, Vec3> = /* @__PURE__ */ new Map([
  ['right-anterior-superior', ras],
  ['ras', ras],
  ['left-anterior-superior', las],
  ['las', las],
  ['left-posterior-superior', lps],
  ['lps', lps],
])

/** Kinds of an axis along which there are voxels. */
const spatialKinds = ['domain', 'space', '???', 'none']

/** Most axes of an NRRD file, NRRD_DIM_MAX. */
export const mostAxes = 16

/** Which axes of a file are the volume's, and where they lie, from the fields of its header by their name without blanks. */
export function axesOf(
  fields: ReadonlyMap<string, string>,
  sizes: readonly number[],
  warn: Warn,
): Pick<Stored, 'shape' | 'inner' | 'outer'> & { readonly affine: Affine } {
  const directions = directionsOf(fields, sizes.length)
  const spacings = spacingsOf(fields, sizes.length)
  const isSpatial = spatialAxes(fields, sizes.length, directions, spacings)
  const first = isSpatial.indexOf(true)
  const last = isSpatial.lastIndexOf(true)
  const spatial = isSpatial.filter(Boolean).length
  if (spatial < 1 || spatial > 3 || last - first >= spatial)
    throw new VoxaugError(
      'unsupported',
      `the axes of the volume must be one to three that follow one another, got ${isSpatial.map((is) => (is ? 'space' : 'other')).join(', ')}.`,
    )
  const product = (some: readonly number[]) => some.reduce((all, size) => all * size, 1)
  const [nx = 1, ny = 1, nz = 1] = sizes.slice(first, last + 1)
  const signs = signsOf(fields, directions !== undefined, warn)
  const unit = (axis: number): Vec3 => [Number(axis === 0), Number(axis === 1), Number(axis === 2)]
  const steps = [0, 1, 2].map((axis) => {
    if (axis >= spatial) return undefined
    const size = spacings[first + axis] ?? Number.NaN
    return directions
      ? directions[first + axis]
      : (unit(axis).map((one) => one * (Number.isNaN(size) ? 1 : size)) as unknown as Vec3)
  })
  const [x = unit(0), y = unit(1), z = directions ? normalOf(x, y) : unit(2)] = steps as readonly (Vec3 | undefined)[]
  return {
    shape: [nx, ny, nz] as Shape,
    inner: product(sizes.slice(0, first)),
    outer: product(sizes.slice(last + 1)),
    affine: affineOf([x, y, z], originOf(fields), signs, 'space directions, spacings and space origin'),
  }
}

/** A vector for each axis, undefined where it says `none`; undefined without the field. */
function directionsOf(fields: ReadonlyMap<string, string>, axes: number): readonly (Vec3 | undefined)[] | undefined {
  const text = fields.get('spacedirections')
  if (text === undefined) return undefined
  const vectors = vectorsOf('space directions', text)
  if (vectors.length !== axes) invalid(`space directions must be ${axes} vectors`, vectors.length)
  return vectors
}

function originOf(fields: ReadonlyMap<string, string>): Vec3 {
  const text = fields.get('spaceorigin')
  if (text === undefined) return [0, 0, 0]
  const [origin, ...others] = vectorsOf('space origin', text)
  if (!origin || others.length > 0) invalid('space origin must be one vector', quoted(text))
  return origin
}

/** `(1,0,0) none (0, 1, 0)`; a vector of NaN is none too. */
function vectorsOf(field: string, text: string): readonly (Vec3 | undefined)[] {
  const vectors: (Vec3 | undefined)[] = []
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('(', at)
    const between = wordsOf(text.slice(at, open < 0 ? text.length : open))
    for (const word of between) {
      if (word.toLowerCase() !== 'none') invalid(`${field} must be vectors or none`, quoted(word))
      vectors.push(undefined)
    }
    if (open < 0) break
    const close = text.indexOf(')', open)
    if (close < 0) invalid(`${field} must close its brackets`, quoted(text.slice(open)))
    const numbers = numbersOf(field, wordsOf(text.slice(open + 1, close), ','), 3)
    vectors.push(numbers.every(Number.isNaN) ? undefined : (numbers as unknown as Vec3))
    at = close + 1
    if (vectors.length > mostAxes) invalid(`${field} must be at most ${mostAxes} vectors`, vectors.length)
  }
  return vectors
}

/** Millimetres along each axis, NaN where the file does not know. */
function spacingsOf(fields: ReadonlyMap<string, string>, axes: number): readonly number[] {
  const text = fields.get('spacings')
  return text === undefined ? [] : numbersOf('spacings', wordsOf(text), axes)
}

/** By the vectors, else the kinds, else the spacings that are known, else the first three axes. */
function spatialAxes(
  fields: ReadonlyMap<string, string>,
  axes: number,
  directions: readonly (Vec3 | undefined)[] | undefined,
  spacings: readonly number[],
): readonly boolean[] {
  const kinds = wordsOf(fields.get('kinds')?.toLowerCase() ?? '')
  if (kinds.length > 0 && kinds.length !== axes) invalid(`kinds must be ${axes} words`, kinds.length)
  if (kinds.includes('complex'))
    throw new VoxaugError('unsupported', 'kinds must be of real numbers, got complex.', { received: 'complex' })
  const all = Array.from({ length: axes }, (_, axis) => axis)
  if (directions) return all.map((axis) => directions[axis] !== undefined)
  if (kinds.some((kind) => !spatialKinds.includes(kind))) return all.map((axis) => spatialKinds.includes(kinds[axis]!))
  if (axes > 3 && spacings.some(Number.isNaN)) return all.map((axis) => !Number.isNaN(spacings[axis]))
  return all.map((axis) => axis < 3)
}

/** The world's axes, with a warning where the file does not tell them. */
function signsOf(fields: ReadonlyMap<string, string>, directed: boolean, warn: Warn): Vec3 {
  const space = fields.get('space')
  const dimension = fields.get('spacedimension')
  if (dimension !== undefined && wholeOf('space dimension', dimension) !== 3)
    throw new VoxaugError('unsupported', `space dimension must be 3, got ${quoted(dimension)}.`, {
      received: dimension,
    })
  if (space?.toLowerCase().endsWith('time') || ['rast', 'last', 'lpst'].includes(space?.toLowerCase() ?? ''))
    throw new VoxaugError('unsupported', `space must have three axes, got ${quoted(space!)}.`, { received: space })
  checkUnits(fields, warn)
  const signs = spaces.get(space?.toLowerCase() ?? '')
  if (signs && directed) return signs
  const why = signs
    ? 'the header has no space directions'
    : space === undefined
      ? 'the header names no space'
      : `the space ${quoted(space)} does not say`
  const how = signs ? "the axes were taken as the space's" : 'it was taken as left, posterior, superior, as ITK does'
  warn('orientation-unknown', `${why}: left and right are unknown; ${how}.`)
  return signs ?? lps
}

function checkUnits(fields: ReadonlyMap<string, string>, warn: Warn): void {
  const unit = wordsOf(fields.get('spaceunits') ?? '', '"').find(
    (one) => !['mm', 'millimeter', 'millimeters', 'none', '???'].includes(one),
  )
  if (unit !== undefined) warn('units', `space units says ${quoted(unit)}; the numbers were taken as millimetres.`)
}
