import { show } from './error.ts'
import { number, type Option, type Options } from './option.ts'
import { type Common, type Definition, define, type Transform } from './transform.ts'

/** The transforms that a combinator holds. */
const transforms = (
  least: number,
  most = Infinity,
): Option<readonly Transform[], readonly Transform[], true> & { least: number; most: number } => ({
  type: 'transforms',
  help: most === 1 ? 'The step.' : 'The steps.',
  accepts: most === 1 ? 'one transform' : least > 0 ? 'a list of transforms that is not empty' : 'a list of transforms',
  required: true,
  default: undefined,
  least,
  most,
  parse: (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(isTransform)
      ? Object.freeze([...value])
      : undefined,
  schema: {
    type: 'array',
    items: { $ref: '#/$defs/step' },
    minItems: least,
    ...(most < Infinity && { maxItems: most }),
  },
})

const isTransform = (value: unknown): value is Transform =>
  typeof value === 'object' && value !== null && 'definition' in value && 'given' in value

type Chosen = { readonly order: readonly number[] }
type About<D extends Options> = Pick<
  Definition<D, Chosen>,
  'name' | 'help' | 'options' | 'example' | 'relate' | 'sample'
>

/** A combinator applies nothing itself: `run` asks it which children to run. */
const combinator = <const D extends Options>(about: About<D>) =>
  define<D, Chosen>({
    ...about,
    changes: 'geometry',
    apply: (selected) => selected,
    order: ({ order }) => order,
  })

// For examples: steps of other packages, as data.
const shrink = { transform: 'geometry/Scale', options: { factor: 0.7 } }
const noise = { transform: 'intensity/Noise', options: { std: 80 } }

const compose = /* @__PURE__ */ combinator({
  name: 'core/Compose',
  help: 'Runs its steps in the order written.',
  options: { transforms: /* @__PURE__ */ transforms(0) },
  example: {
    transforms: [
      { transform: 'geometry/Flip', options: { axes: ['left-right'] } },
      { transform: 'geometry/Rotate', options: { degrees: [0, 0, 25] } },
      { transform: 'intensity/Gamma', options: { logGamma: 0.6 } },
    ],
  },
  sample: ({ transforms }) => ({ order: transforms.map((_, n) => n) }),
})

const oneOf = /* @__PURE__ */ combinator({
  name: 'core/OneOf',
  help: 'Runs one of its steps, each as likely as its weight.',
  options: {
    transforms: /* @__PURE__ */ transforms(1),
    weights: {
      type: 'weights',
      help: 'How likely each step is, in any unit; equal where not given.',
      accepts: 'numbers from 0 up, one for each step and not all 0',
      required: false,
      default: undefined,
      parse: (value: unknown) =>
        Array.isArray(value) && value.every((w) => w >= 0 && w <= 1e300) && value.some((w) => w > 0)
          ? (value as readonly number[])
          : undefined,
      schema: {
        type: 'array',
        items: { type: 'number', minimum: 0, maximum: 1e300 },
        contains: { type: 'number', exclusiveMinimum: 0 },
      },
    } as Option<readonly number[], readonly number[] | undefined, false>,
  },
  example: {
    transforms: [shrink, { transform: 'intensity/Blur', options: { sigmaMm: 4 } }, noise],
    weights: [2, 1, 1],
  },
  relate: ({ transforms, weights }) =>
    weights && weights.length !== transforms.length
      ? `weights must be one for each of ${transforms.length} steps, got ${show(weights)}.`
      : undefined,
  sample({ transforms, weights = transforms.map(() => 1) }, random) {
    let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
    // Rounding may leave a rest behind the last step; it falls to the last that can be drawn.
    let order = 0
    for (const [n, weight] of weights.entries()) {
      if (weight === 0) continue
      order = n
      if (left < weight) break
      left -= weight
    }
    return { order: [order] }
  },
})

const someOf = /* @__PURE__ */ combinator({
  name: 'core/SomeOf',
  help: 'Runs some of its steps, drawn without repetition, in the order written.',
  options: { transforms: /* @__PURE__ */ transforms(1), count: /* @__PURE__ */ countOption() },
  example: {
    transforms: [shrink, { transform: 'geometry/Flip', options: { axes: ['y'] } }, noise],
    count: 2,
  },
  relate: ({ transforms, count }) =>
    count[1] > transforms.length
      ? `count must be at most the ${transforms.length} steps there are, got ${show(count)}.`
      : undefined,
  sample({ transforms, count: [least, most] }, random) {
    const left = transforms.map((_, n) => n)
    const count = least + random.integer(most - least + 1)
    const order = Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)[0]!)
    return { order: order.sort((a, b) => a - b) }
  },
})

function countOption(): Option<number | readonly [number, number], readonly [number, number], true> {
  const whole = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0
  const amount = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
  return {
    type: 'count',
    help: 'How many: a whole number, or [min, max].',
    accepts: 'a whole number from 0 up or [min, max] of these with min ≤ max',
    required: true,
    default: undefined,
    parse: (value) =>
      whole(value)
        ? [value, value]
        : Array.isArray(value) && value.length === 2 && whole(value[0]) && whole(value[1]) && value[0] <= value[1]
          ? [value[0], value[1]]
          : undefined,
    schema: {
      anyOf: [amount, { type: 'array', items: amount, minItems: 2, maxItems: 2 }],
    },
  }
}

const randomApply = /* @__PURE__ */ combinator({
  name: 'core/RandomApply',
  help: 'Runs its step, or not.',
  options: {
    transforms: /* @__PURE__ */ transforms(1, 1),
    probability: /* @__PURE__ */ number({ default: 0.5, bounds: [0, 1], help: 'How often the step runs.' }),
  },
  example: { transforms: [shrink], probability: 0.5 },
  sample: ({ probability }, random) => ({ order: random.uniform() < probability ? [0] : [] }),
})

/**
 * Runs transforms in the order written.
 *
 * Formula: y = Tₙ(… T₂(T₁(x)))
 *
 * `Compose([Flip({ axes: ['x'] }), Noise({ std: 5 })])`; spatial steps, however nested, become one resampling pass.
 * Grid: as its steps change it.
 * Labels: as its steps change them.
 * Points: as its steps change them.
 * Inverse: its steps undone, the last one first.
 * @see TorchIO Compose; MONAI Compose
 */
export const Compose = /* @__PURE__ */ Object.assign(
  (transforms: readonly Transform[], options: Common = {}): Transform => compose.create({ transforms, ...options }),
  compose,
)

/**
 * Runs one of several transforms, each as likely as its weight (all alike without `weights`).
 *
 * Formula: y = Tₖ(x), P(k) = wₖ / Σ w
 *
 * `OneOf([Gamma({ logGamma: 0.2 }), Noise({ std: 5 })], { weights: [2, 1] })`
 * Grid: as the step drawn changes it.
 * Labels: as the step drawn changes them.
 * Points: as the step drawn changes them.
 * Inverse: the step drawn undone.
 * @throws VoxaugError `invalid-option` unless there are as many weights as steps
 * @see TorchIO OneOf; MONAI OneOf
 */
export const OneOf = /* @__PURE__ */ Object.assign(
  (transforms: readonly Transform[], options: Common & { readonly weights?: readonly number[] } = {}): Transform =>
    oneOf.create({ transforms, ...options }),
  oneOf,
)

/**
 * Runs `count` of several transforms, drawn without repetition, in the order written; `count` may be `[min, max]`.
 *
 * Formula: y = T_k(m)(… T_k(2)(T_k(1)(x))), k(1) < k(2) < … < k(m), every choice of m as likely
 *
 * m is `count`, or drawn from [min, max], each as likely: `SomeOf([a, b, c], { count: 2 })`.
 * Grid: as the steps drawn change it.
 * Labels: as the steps drawn change them.
 * Points: as the steps drawn change them.
 * Inverse: the steps drawn undone, the last one first.
 * @throws VoxaugError `invalid-option` for a count above the number of steps
 * @see MONAI SomeOf; Albumentations SomeOf
 */
export const SomeOf = /* @__PURE__ */ Object.assign(
  (
    transforms: readonly Transform[],
    options: Common & { readonly count: number | readonly [number, number] },
  ): Transform => someOf.create({ transforms, ...options }),
  someOf,
)

/**
 * Runs a transform with a probability (0.5 where not given), else does nothing.
 *
 * Formula: y = T(x) with probability p, else x
 *
 * `RandomApply(Blur({ sigmaMm: 1 }), { probability: 0.3 })`
 * Grid: as its step changes it.
 * Labels: as its step changes them.
 * Points: as its step changes them.
 * Inverse: its step undone, where it ran.
 * @see torchvision RandomApply
 */
export const RandomApply = /* @__PURE__ */ Object.assign(
  (transform: Transform, options: Common & { readonly probability?: number } = {}): Transform =>
    randomApply.create({ transforms: [transform], ...options }),
  randomApply,
)
