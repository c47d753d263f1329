/**
 * Philox4x32-10 for `groups` × 4 blocks, from block `low` + 2^32 `high` on, four blocks to a vector: word w of block b of a
 * group is its 32-bit word 4 w + b.
 *
 * The twin of core/src/philox.ts (see there for its source); tests hold the two together.
 */
export function philox(out: usize, groups: i32, low: u32, high: u32, key0: i32, key1: i32, counter2: i32, counter3: i32): void {
  const m0 = i32x4.splat(0xd2511f53)
  const m1 = i32x4.splat(0xcd9e8d57)
  const step0 = i32x4.splat(0x9e3779b9)
  const step1 = i32x4.splat(0xbb67ae85)
  const first2 = i32x4.splat(counter2)
  const first3 = i32x4.splat(counter3)
  for (let group = 0; group < groups; group++) {
    const start = i32x4.splat(low)
    let c0 = i32x4.add(start, i32x4(0, 1, 2, 3))
    // A lane that wrapped round carries: the comparison gives −1.
    let c1 = i32x4.sub(i32x4.splat(high), i32x4.lt_u(c0, start))
    let c2 = first2
    let c3 = first3
    let k0 = i32x4.splat(key0)
    let k1 = i32x4.splat(key1)
    for (let round = 0; round < 10; round++) {
      const a = i64x2.extmul_low_i32x4_u(c0, m0)
      const b = i64x2.extmul_high_i32x4_u(c0, m0)
      const c = i64x2.extmul_low_i32x4_u(c2, m1)
      const d = i64x2.extmul_high_i32x4_u(c2, m1)
      c0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), c1), k0)
      c2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), c3), k1)
      c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6)
      c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
      k0 = i32x4.add(k0, step0)
      k1 = i32x4.add(k1, step1)
    }
    v128.store(out, c0)
    v128.store(out, c1, 16)
    v128.store(out, c2, 32)
    v128.store(out, c3, 48)
    out += 64
    low += 4
    if (low < 4) high++
  }
}
