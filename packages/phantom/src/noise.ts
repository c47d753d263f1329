import { philox, type Stream } from '@voxaug/core'

/** Variance of a sum of four independent bytes. */
const variance = (4 * (256 * 256 - 1)) / 12

/** The sum of a word's four bytes, about its mean: near enough to normal, ending at 3.4 standard deviations. */
const sum = (word: number) => (word >>> 24) + ((word >>> 16) & 255) + ((word >>> 8) & 255) + (word & 255) - 510

/**
 * Adds the noise of a scanner's magnitude image, Rician: two receiver channels with normal noise each, one of which
 * carries the signal. The noise is a pure function of the stream and the voxel's place in memory.
 */
export function addNoise(signal: Float32Array, [key0, key1, high2, high3]: Stream, std: number): void {
  const words = new Uint32Array(4)
  const scale = std / Math.sqrt(variance)
  for (let voxel = 0; voxel < signal.length; voxel++) {
    const half = 2 * (voxel & 1)
    if (half === 0) philox(key0, key1, voxel >>> 1, 0, high2, high3, words)
    const real = signal[voxel]! + sum(words[half]!) * scale
    const imaginary = sum(words[half + 1]!) * scale
    signal[voxel] = Math.sqrt(real * real + imaginary * imaginary)
  }
}
