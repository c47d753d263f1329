import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from './philox.ts'

// Random123 1.14, tests/kat_vectors: philox4x32 10, counter, key, result.
test.each([
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
])('counter %s under key %s gives the words that Random123 publishes', (counter, key, words) => {
  const parse = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16))
  const out = new Uint32Array(4)
  const [c0, c1, c2, c3] = parse(counter)
  const [k0, k1] = parse(key)
  philox(k0!, k1!, c0!, c1!, c2!, c3!, out)
  expect([...out]).toEqual(parse(words))
})

test('it is the cipher as written in the paper, in whole numbers of any size', () => {
  const mask = 0xffffffffn
  const word = fc.integer({ min: 0, max: 0xffffffff })
  fc.assert(
    fc.property(fc.tuple(word, word, word, word, word, word), (words) => {
      const got = new Uint32Array(4)
      philox(...words, got)
      let [k0, k1, x0, x1, x2, x3] = words.map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint]
      for (let round = 0; round < 10; round += 1) {
        const p0 = 0xd2511f53n * x0
        const p1 = 0xcd9e8d57n * x2
        ;[x0, x1, x2, x3] = [(p1 >> 32n) ^ x1 ^ k0, p1 & mask, (p0 >> 32n) ^ x3 ^ k1, p0 & mask]
        k0 = (k0 + 0x9e3779b9n) & mask
        k1 = (k1 + 0xbb67ae85n) & mask
      }
      expect([...got].map(BigInt)).toEqual([x0, x1, x2, x3])
    }),
  )
})
