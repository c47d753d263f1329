/**
 * Brings a part of the source into the processor's cache, in the order in which it lies in memory, before rows that run across
 * it ask for a voxel here and there: memory is read several times faster in order.
 */

const LINE: usize = 64

/** Reads `bytes` bytes, as rows that follow each other, in each of `planes` planes. Gives a sum that nobody needs. */
export function bring(from: usize, bytes: i32, planes: i32, planeBytes: i32): i32 {
  let sum = 0
  for (let k = 0; k < planes; k++) {
    const end = from + <usize>bytes
    for (let at = from; at < end; at += LINE) sum += load<i32>(at)
    from += <usize>planeBytes
  }
  return sum
}
