/** How a header rounds the numbers that it stores. */
export interface Precision {
  readonly name: 'float32' | 'float64'
  /** The step behind 1. */
  readonly epsilon: number
  readonly nearest: (value: number) => number
  /** The nearest that is not above. */
  readonly down: (value: number) => number
  /** The nearest that is not below; above 0 for what is. */
  readonly up: (value: number) => number
}

const asIs = (value: number) => value

export const float64: Precision = { name: 'float64', epsilon: 2 ** -52, nearest: asIs, down: asIs, up: asIs }

export const float32: Precision = {
  name: 'float32',
  epsilon: 2 ** -23,
  nearest: Math.fround,
  down: (value) => {
    const near = Math.fround(value)
    return near > value ? -nextAbove(-near) : near
  },
  up: (value) => {
    const near = Math.fround(value)
    return near < value ? nextAbove(near) : near
  },
}

/** The float32 after one. */
function nextAbove(value: number): number {
  const bits = new Int32Array(1)
  const float = new Float32Array(bits.buffer)
  // + 0: the one after -0 is that after 0.
  float[0] = value + 0
  bits[0] = bits[0]! + (value < 0 ? -1 : 1)
  return float[0]
}
