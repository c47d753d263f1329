/** Copies of rows of voxels, of any element size, forwards or backwards. */

/** Copies `rows` rows of `bytes` bytes, `stride` bytes apart at `from`, to `to`, `pitch` bytes apart, with zeros between. */
export function copyRows(from: usize, to: usize, rows: i32, bytes: i32, stride: i32, pitch: i32): void {
  for (let row = 0; row < rows; row++) {
    let at: i32 = 0
    for (; at + 16 <= bytes; at += 16) v128.store(to + <usize>at, v128.load(from + <usize>at))
    for (; at < bytes; at++) store<u8>(to + <usize>at, load<u8>(from + <usize>at))
    memory.fill(to + <usize>bytes, 0, pitch - bytes)
    from += <usize>stride
    to += <usize>pitch
  }
}

/** `copyRows` with the elements of each row, `element` bytes long, in the other order. */
export function reverseRows(
  from: usize, to: usize, rows: i32, bytes: i32, stride: i32, pitch: i32, element: i32,
): void {
  for (let row = 0; row < rows; row++) {
    if (element == 4) reverse<u32>(from, to, bytes)
    else if (element == 2) reverse<u16>(from, to, bytes)
    else if (element == 1) reverse<u8>(from, to, bytes)
    else reverse<u64>(from, to, bytes)
    memory.fill(to + <usize>bytes, 0, pitch - bytes)
    from += <usize>stride
    to += <usize>pitch
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

/**
 * Turns rows into columns: element c of row r, at `from` + r · `fromStride` bytes, becomes element r of the row at
 * `to` + c · `toStride`. Strides may be negative.
 */
export function turn(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32, element: i32): void {
  if (element == 4) turnFours(from, fromStride, to, toStride, rows, columns)
  else if (element == 2) turnBlock<u16>(from, fromStride, to, toStride, 0, rows, 0, columns)
  else if (element == 1) turnBlock<u8>(from, fromStride, to, toStride, 0, rows, 0, columns)
  else turnBlock<u64>(from, fromStride, to, toStride, 0, rows, 0, columns)
}

function turnFours(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  const wholeRows = rows & ~3
  const wholeColumns = columns & ~3
  for (let r = 0; r < wholeRows; r += 4) {
    const row0 = <usize>(<i32>from + r * fromStride)
    const row1 = <usize>(<i32>row0 + fromStride)
    const row2 = <usize>(<i32>row1 + fromStride)
    const row3 = <usize>(<i32>row2 + fromStride)
    let out = <i32>to + 4 * r
    for (let c: usize = 0; c < 4 * <usize>wholeColumns; c += 16) {
      const a = v128.load(row0 + c)
      const b = v128.load(row1 + c)
      const d = v128.load(row2 + c)
      const e = v128.load(row3 + c)
      const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
      const de0 = v128.shuffle<i32>(d, e, 0, 4, 1, 5)
      const ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
      const de1 = v128.shuffle<i32>(d, e, 2, 6, 3, 7)
      v128.store(<usize>out, v128.shuffle<i64>(ab0, de0, 0, 2))
      v128.store(<usize>(out + toStride), v128.shuffle<i64>(ab0, de0, 1, 3))
      v128.store(<usize>(out + 2 * toStride), v128.shuffle<i64>(ab1, de1, 0, 2))
      v128.store(<usize>(out + 3 * toStride), v128.shuffle<i64>(ab1, de1, 1, 3))
      out += 4 * toStride
    }
  }
  turnBlock<u32>(from, fromStride, to, toStride, wholeRows, rows, 0, columns)
  turnBlock<u32>(from, fromStride, to, toStride, 0, wholeRows, wholeColumns, columns)
}

function turnBlock<T>(
  from: usize, fromStride: i32, to: usize, toStride: i32, firstRow: i32, rows: i32, firstColumn: i32, columns: i32,
): void {
  for (let r = firstRow; r < rows; r++) {
    const row = <i32>from + r * fromStride
    const out = <i32>to + r * <i32>sizeof<T>()
    for (let c = firstColumn; c < columns; c++) {
      store<T>(<usize>(out + c * toStride), load<T>(<usize>(row + c * <i32>sizeof<T>())))
    }
  }
}
