import { describe, expect, it } from 'vitest'
import { oneLine } from './one-line.ts'

describe('oneLine', () => {
  it('keeps text and drops what moves a cursor or turns text around', () => {
    expect(oneLine('scan ≤ 3 µm · Ä.nii')).toBe('scan ≤ 3 µm · Ä.nii')
    expect(oneLine('a\u001b[2Jb\u0007\u009b\u202ec\u2066d\u200be\u0000')).toBe('a[2Jbcde')
    expect(oneLine('one\r\ntwo\tthree\u2028four')).toBe('one  two three four')
  })
})
