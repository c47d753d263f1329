import type { Random } from '@voxaug/core'

/**
 * A smooth random field with a narrow band of wavelengths: a sum of plane waves in random directions.
 *
 * Its zero surfaces wander at even distances from each other, as sulci do. The wave is a parabola's arc in place of a
 * sine, so that it is fast and the same on every engine.
 */
export interface Waves {
  /** About normal, with mean 0 and standard deviation 1. */
  readonly value: (x: number, y: number, z: number) => number
  /** About how many millimetres to the nearest zero surface, estimated from value and slope. */
  readonly distance: (x: number, y: number, z: number) => number
}

/** How a field is made. */
export interface WaveOptions {
  readonly count: number
  /** Shortest and longest wavelength. */
  readonly wavelengthMm: readonly [number, number]
  /** Stretches waves along each axis: 3 makes them three times as long there. */
  readonly stretch?: readonly [number, number, number]
}

/** The square of the least slope, per millimetre: where a field is flatter, no zero surface need be near. */
const flattest = 0.0009

/** Root mean square of the parabola's arc. */
const rms = Math.sqrt(8 / 15)

export function createWaves(random: Random, { count, wavelengthMm, stretch = [1, 1, 1] }: WaveOptions): Waves {
  const k = new Float64Array(4 * count)
  for (let n = 0; n < count; n++) {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()]
    const length = wavelengthMm[0] + (wavelengthMm[1] - wavelengthMm[0]) * random.uniform()
    const scale = 1 / (length * Math.sqrt(a * a + b * b + c * c))
    k.set([(a * scale) / stretch[0], (b * scale) / stretch[1], (c * scale) / stretch[2], random.uniform()], 4 * n)
  }
  const amplitude = 1 / (rms * Math.sqrt(count))
  return {
    value(x, y, z) {
      let value = 0
      for (let n = 0; n < k.length; n += 4) {
        const phase = k[n]! * x + k[n + 1]! * y + k[n + 2]! * z + k[n + 3]!
        const u = phase - Math.floor(phase) - 0.5
        value += u * (0.5 - Math.abs(u))
      }
      return -16 * amplitude * value
    },
    distance(x, y, z) {
      let value = 0
      let gx = 0
      let gy = 0
      let gz = 0
      for (let n = 0; n < k.length; n += 4) {
        const kx = k[n]!
        const ky = k[n + 1]!
        const kz = k[n + 2]!
        const phase = kx * x + ky * y + kz * z + k[n + 3]!
        const u = phase - Math.floor(phase) - 0.5
        const m = Math.abs(u)
        value += u * (0.5 - m)
        const rise = m - 0.25
        gx += rise * kx
        gy += rise * ky
        gz += rise * kz
      }
      const slope = 32 * amplitude * Math.sqrt(gx * gx + gy * gy + gz * gz)
      return (16 * amplitude * Math.abs(value)) / Math.sqrt(slope * slope + flattest)
    },
  }
}
