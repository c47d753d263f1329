import type { OptionInfo } from '../engine/catalog.ts'
import { wordsOf } from './words.ts'

/** Where a slider begins and ends, and how it divides what lies between. */
export interface Extent {
  readonly low: number
  readonly high: number
  /** Factors: as far from ½ to 1 as from 1 to 2. */
  readonly isLog: boolean
  readonly isWhole: boolean
}

/** Half a slider's width where a unit is all that is known. */
const usual: Readonly<Record<string, number>> = { '°': 45, mm: 40, voxels: 32, '%': 100 }

/**
 * A slider's ends: the option's bounds where they are near, else what the unit, or the default, suggests. A value beyond widens them:
 * a slider hides nothing that is there.
 */
export function extentOf(name: string, info: OptionInfo, value: unknown): Extent {
  const [least, most] = info.bounds ?? [-Infinity, Infinity]
  const given = numbersIn(value)
  const known = numbersIn(info.default)
  const isWhole = info.schema['type'] === 'integer'
  const isFactor = least > 0 && known.some((x) => x > 0.5 && x < 2) && !(most <= 1)
  if (isFactor) {
    // There is no factor of 0 or less: whoever writes one is told so.
    const wide = Math.max(2, ...given.filter((x) => x > 0).map((x) => Math.max(x, 1 / x)))
    return { low: Math.max(least, 1 / wide), high: Math.min(most, wide), isLog: true, isWhole }
  }
  const isNear = most - least <= Math.max(100, 4 * Math.max(0, ...known.map(Math.abs)))
  const { unit } = wordsOf(name)
  const reach =
    Math.max(usual[unit] ?? 0, 2 * Math.max(0, ...known.map(Math.abs))) || Math.min(100, Math.max(most, -least))
  const low = isNear ? least : Math.max(least, least >= 0 ? 0 : Math.min(-reach, most - 1))
  const high = isNear ? most : Math.min(most, Math.max(reach, low + 1))
  return { low: Math.min(low, ...given), high: Math.max(high, ...given), isLog: false, isWhole }
}

/** Every number in a value. */
export function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** A place on a slider, 0 to 1000, and the value there. */
export const ticks = 1000
export function tickOf({ low, high, isLog }: Extent, x: number): number {
  if (high === low) return 0
  const part = isLog ? Math.log(Math.max(x, low) / low) / Math.log(high / low) : (x - low) / (high - low)
  return Math.round(ticks * Math.min(1, Math.max(0, part)))
}
export function valueAt({ low, high, isLog, isWhole }: Extent, tick: number): number {
  const part = tick / ticks
  const exact = isLog ? low * (high / low) ** part : low + (high - low) * part
  if (isWhole) return Math.round(exact)
  // Three digits of the slider's width, or of a factor itself: a number that one reads.
  const digits = Math.max(0, 3 - Math.ceil(Math.log10(high - low)))
  const rounded = Number(isLog ? exact.toPrecision(3) : exact.toFixed(Math.min(12, digits)))
  return Math.min(high, Math.max(low, rounded))
}
