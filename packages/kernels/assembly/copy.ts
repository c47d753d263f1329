/** Copies of rows of voxels, of any element size, forwards or backwards. */

/** Copies `rows` rows of `bytes` bytes, which start `stride` bytes apart at `from`, one after the other to `to`. */
export function copyRows(from: usize, to: usize, rows: i32, bytes: i32, stride: i32): void {
  for (let row = 0; row < rows; row++) {
    let at: i32 = 0
    for (; at + 16 <= bytes; at += 16) v128.store(to + <usize>at, v128.load(from + <usize>at))
    for (; at < bytes; at++) store<u8>(to + <usize>at, load<u8>(from + <usize>at))
    from += <usize>stride
    to += <usize>bytes
  }
}

/** `copyRows` with the elements of each row, `element` bytes long, in the other order. */
export function reverseRows(from: usize, to: usize, rows: i32, bytes: i32, stride: i32, element: i32): void {
  for (let row = 0; row < rows; row++) {
    if (element == 4) reverse<u32>(from, to, bytes)
    else if (element == 2) reverse<u16>(from, to, bytes)
    else if (element == 1) reverse<u8>(from, to, bytes)
    else reverse<u64>(from, to, bytes)
    from += <usize>stride
    to += <usize>bytes
  }
}

function reverse<T>(from: usize, to: usize, bytes: i32): void {
  const end = to + <usize>bytes
  let last = from + <usize>bytes
  for (; to + 16 <= end; to += 16) {
    last -= 16
    const v = v128.load(last)
    if (sizeof<T>() == 8) v128.store(to, v128.shuffle<i64>(v, v, 1, 0))
    else if (sizeof<T>() == 4) v128.store(to, v128.shuffle<i32>(v, v, 3, 2, 1, 0))
    else if (sizeof<T>() == 2) v128.store(to, v128.shuffle<i16>(v, v, 7, 6, 5, 4, 3, 2, 1, 0))
    else v128.store(to, v128.shuffle<i8>(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
  }
  for (; to < end; to += sizeof<T>()) {
    last -= sizeof<T>()
    store<T>(to, load<T>(last))
  }
}
