/**
 * Philox4x32-10: four random 32-bit words for each counter of four, under a key of two, written to the first four of `out`.
 *
 * A block cipher in weak form: any counter can be asked for at any time, and nearby ones have nothing in common.
 * @see Salmon, Moraes, Dror, Shaw 2011, Parallel random numbers: as easy as 1, 2, 3; Random123 1.14
 */
export function philox(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  out: Uint32Array,
): void {
  let [c0, c1, c2, c3] = [counter0, counter1, counter2, counter3]
  let [k0, k1] = [key0, key1]
  for (let round = 0; round < 10; round += 1) {
    const high0 = highProduct(0xd2511f53, c0)
    const high1 = highProduct(0xcd9e8d57, c2)
    const low0 = Math.imul(0xd2511f53, c0)
    const low1 = Math.imul(0xcd9e8d57, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** The upper 32 bits of the product of two words, by halves: 64 bits do not fit a float64. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  return aHigh * bHigh + Math.floor(middle / 65536) + (((middle & 0xffff) + aLow * bHigh) >>> 16)
}
