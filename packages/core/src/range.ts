/**
 * How an amount is drawn: a number is fixed, `[min, max]` uniform. These plain forms are the ones of pipeline JSON too.
 */
export type Range =
  | number
  | readonly [min: number, max: number]
  | { readonly choice: readonly number[] }
  | { readonly normal: { readonly mean: number; readonly std: number } }
  | { readonly logUniform: readonly [min: number, max: number] }

/** A range after checking, with the bounds that a normal draw is repeated to stay in. */
export type BoundedRange =
  | Exclude<Range, { normal: unknown }>
  | { readonly normal: { readonly mean: number; readonly std: number }; readonly within: readonly [number, number] }

/** One of several amounts, each as likely. */
export const choice = (...values: readonly number[]): Range => ({ choice: values })

/** Normally distributed about `mean`; a draw outside an option's bounds is drawn again. */
export const normal = (mean: number, std: number): Range => ({ normal: { mean, std } })

/** Uniform in the logarithm: as often between 0.5 and 1 as between 1 and 2. */
export const logUniform = (min: number, max: number): Range => ({ logUniform: [min, max] })

/** Reads a range, or gives undefined where it is none or leaves the bounds. */
export function parseRange(value: unknown, [low, high]: readonly [number, number]): BoundedRange | undefined {
  const inside = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x) && x >= low && x <= high
  const ordered = (x: unknown): x is [number, number] =>
    Array.isArray(x) && x.length === 2 && inside(x[0]) && inside(x[1]) && x[0] <= x[1] && Number.isFinite(x[1] - x[0])
  if (inside(value)) return value
  if (ordered(value)) return [value[0], value[1]]
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined
  if (Object.hasOwn(value, 'choice')) {
    const { choice } = value as { choice: unknown }
    return Array.isArray(choice) && choice.length > 0 && choice.every(inside) ? { choice: [...choice] } : undefined
  }
  if (Object.hasOwn(value, 'normal')) {
    const { mean, std, ...rest } = ((value as { normal: unknown }).normal ?? {}) as Record<string, unknown>
    return Object.keys(rest).length === 0 &&
      inside(mean) &&
      typeof std === 'number' &&
      std >= 0 &&
      Number.isFinite(std) &&
      std <= high - low
      ? { normal: { mean, std }, within: [low, high] }
      : undefined
  }
  if (Object.hasOwn(value, 'logUniform')) {
    const { logUniform } = value as { logUniform: unknown }
    return ordered(logUniform) && logUniform[0] > 0 ? { logUniform: [logUniform[0], logUniform[1]] } : undefined
  }
  return undefined
}
