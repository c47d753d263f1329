import { type Grid, type Random, type Subject, show, type Vec3, type Volume, VoxaugError, voxelsOf } from '@voxaug/core'

/** What a voxel is drawn by: the labels of a label map, or the values of an image. */
export type Chance =
  | { readonly label: string; readonly odds?: readonly (readonly [label: number, weight: number])[] | undefined }
  | { readonly weights: string }

/** A voxel of a subject's volume. */
export interface DrawnVoxel {
  readonly grid: Grid
  readonly index: Vec3
}

/**
 * Draws a voxel: by the odds of its label (any label but 0, each voxel as likely, where there are none), or in proportion to its
 * value; undefined where no voxel can be drawn. Channels count as more voxels of the same places.
 * @throws VoxaugError `unknown-entry`, `invalid-weights`
 */
export function drawVoxel(chance: Chance, random: Random, subject: Subject, transform: string): DrawnVoxel | undefined {
  const byLabel = 'label' in chance
  const volume = volumeOf(subject, byLabel ? chance.label : chance.weights, byLabel ? 'label' : 'image', transform)
  const at = byLabel ? drawByLabel(volume, chance.odds, random) : drawByWeight(volume, random, transform)
  if (at === undefined) return undefined
  const [nx, ny] = volume.shape
  const n = at % voxelsOf(volume.shape)
  return { grid: volume, index: [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] }
}

function drawByLabel(
  { data }: Volume,
  odds: readonly (readonly [number, number])[] | undefined,
  random: Random,
): number | undefined {
  if (!odds) return nth(data, (label) => label !== 0, random)
  const there = new Set<number>(data)
  const possible = odds.filter(([label]) => there.has(label))
  let left = random.uniform() * possible.reduce((sum, [, weight]) => sum + weight, 0)
  let drawn: number | undefined
  // Rounding may leave a rest behind the last label; it falls to that.
  for (const [label, weight] of possible) {
    drawn = label
    if (left < weight) break
    left -= weight
  }
  return drawn === undefined ? undefined : nth(data, (label) => label === drawn, random)
}

/** One of the voxels that fit, each as likely. */
function nth(data: Volume['data'], fits: (value: number) => boolean, random: Random): number | undefined {
  let count = 0
  for (const value of data) if (fits(value)) count++
  if (count === 0) return undefined
  let left = random.integer(count)
  return data.findIndex((value: number) => fits(value) && left-- === 0)
}

function drawByWeight({ data }: Volume, random: Random, transform: string): number | undefined {
  let total = 0
  for (const weight of data) {
    if (!(weight >= 0 && weight < Infinity))
      throw new VoxaugError('invalid-weights', `weights must be finite and not below 0, got ${show(weight)}.`, {
        transform,
      })
    total += weight
  }
  if (total === 0) return undefined
  const target = random.uniform() * total
  let sum = 0
  let last = 0
  for (const [n, weight] of data.entries()) {
    if (weight === 0) continue
    sum += weight
    last = n
    if (target < sum) break
  }
  return last
}

/** The volume of a kind that a subject has by a name. */
export function volumeOf(subject: Subject, name: string, kind: Volume['kind'], transform: string): Volume {
  const found = Object.hasOwn(subject, name) ? subject[name] : undefined
  if (found?.kind === kind) return found
  const what = kind === 'label' ? 'a label map' : 'an image'
  throw new VoxaugError(
    'unknown-entry',
    `there must be ${what} named ${show(name)}; there are ${Object.keys(subject).join(', ')}.`,
    {
      transform,
      received: name,
    },
  )
}
