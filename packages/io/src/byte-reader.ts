import { show, VoxaugError } from '@voxaug/core'

/** What a NIfTI file may be read from. */
export type NiftiSource = ArrayBuffer | SharedArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array>

/** Bytes that come in order, from memory, a stream, a file, or out of a decompressor. */
export interface ByteReader {
  /** How many there are in all, where that is known before they are read. */
  readonly size: number | undefined
  /** Fills `target` as far as the bytes last, and says how many there were. */
  read(target: Uint8Array): Promise<number>
  /** Passes over bytes without reading them, and says how many there were; only where the source can. */
  readonly skip?: ((count: number) => Promise<number>) | undefined
  /** The same source anew, from its very first byte; only where that can be had twice. */
  readonly again?: (() => ByteReader) | undefined
  /** Lets go of the stream or file behind. */
  close(): Promise<void>
}

/** Reads whatever `readNifti` takes; throws VoxaugError `invalid-option` at anything else. */
export function readerOf(source: unknown): ByteReader {
  // By tag and not by instanceof, which fails for what another window or realm made.
  const tag = Object.prototype.toString.call(source).slice(8, -1)
  if (ArrayBuffer.isView(source)) return memoryReader(bytesAt(source.buffer, source.byteOffset, source.byteLength))
  if (tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') return memoryReader(bytesAt(source as ArrayBuffer))
  if (tag === 'Blob' || tag === 'File') return blobReader(source as Blob)
  if (tag === 'ReadableStream' && typeof (source as ReadableStream).getReader === 'function')
    return streamReader(source as ReadableStream<Uint8Array>)
  throw new VoxaugError(
    'invalid-option',
    `source must be an ArrayBuffer, a typed array, a Blob or a ReadableStream, got ${typeof source === 'string' ? show(source) : tag}.`,
    { option: 'source', received: source },
  )
}

function bytesAt(buffer: ArrayBufferLike, offset?: number, length?: number): Uint8Array {
  try {
    return new Uint8Array(buffer, offset, length)
  } catch (cause) {
    throw transferred(cause)
  }
}

const transferred = (cause?: unknown): VoxaugError =>
  new VoxaugError('invalid-option', 'source must hold its bytes, got a buffer that was transferred.', {
    option: 'source',
    cause,
  })

function memoryReader(bytes: Uint8Array): ByteReader {
  const { length } = bytes
  let at = 0
  return {
    size: length,
    async read(target) {
      if (bytes.length !== length) throw transferred()
      const part = bytes.subarray(at, at + target.length)
      target.set(part)
      at += part.length
      return part.length
    },
    async skip(count) {
      const from = at
      at = Math.min(length, at + count)
      return at - from
    },
    again: () => memoryReader(bytes),
    async close() {},
  }
}

/** Most bytes of a Blob asked for at once: they come in memory of their own. */
const largestSlice = 4 * 1024 * 1024

function blobReader(blob: Blob): ByteReader {
  let at = 0
  return {
    size: blob.size,
    async read(target) {
      const from = at
      const end = Math.min(blob.size, at + target.length)
      while (at < end) {
        const slice = blob.slice(at, Math.min(end, at + largestSlice))
        const part = new Uint8Array(await slice.arrayBuffer().catch(unreadable))
        if (part.length === 0) break
        target.set(part, at - from)
        at += part.length
      }
      return at - from
    },
    async skip(count) {
      const from = at
      at = Math.min(blob.size, at + count)
      return at - from
    },
    again: () => blobReader(blob),
    async close() {},
  }
}

function unreadable(cause: unknown): never {
  throw new VoxaugError('unreadable', `the source failed while it was read: ${reason(cause)}.`, { cause })
}

function streamReader(stream: ReadableStream<Uint8Array>): ByteReader {
  if (stream.locked)
    throw new VoxaugError('invalid-option', 'source must be a stream that nobody reads yet, got a locked one.', {
      option: 'source',
    })
  const reader = stream.getReader()
  return chunkReader(
    async () => {
      const { done, value } = await reader.read().catch(unreadable)
      if (done) return undefined
      if (ArrayBuffer.isView(value)) return bytesAt(value.buffer, value.byteOffset, value.byteLength)
      throw new VoxaugError('unreadable', `the source must give chunks of bytes, got ${typeof value}.`, {
        received: value,
      })
    },
    // Not awaited: a stream that fails when told to stop, or never stops, has nothing more to tell us.
    async () => void reader.cancel().catch(() => {}),
  )
}

/** A reader over chunks of any length: `next` gives them, and undefined after the last. */
export function chunkReader(
  next: () => Promise<Uint8Array | undefined>,
  close: () => Promise<unknown>,
  size?: number,
): ByteReader {
  let rest = new Uint8Array() as Uint8Array
  /** Takes `count` bytes, or as many as there are, part by part. */
  const take = async (count: number, part: (bytes: Uint8Array, at: number) => void) => {
    let taken = 0
    while (taken < count) {
      if (rest.length === 0) {
        const chunk = await next()
        if (!chunk) break
        rest = chunk
      }
      const bytes = rest.subarray(0, count - taken)
      part(bytes, taken)
      taken += bytes.length
      rest = rest.subarray(bytes.length)
    }
    return taken
  }
  return {
    size,
    read: (target) => take(target.length, (bytes, at) => target.set(bytes, at)),
    skip: (count) => take(count, () => {}),
    close: async () => void (await close()),
  }
}

/** The same bytes with those of `head`, which were read already, before them. */
export function withHead(head: Uint8Array, reader: ByteReader): ByteReader {
  let at = 0
  return {
    size: reader.size,
    async read(target) {
      const part = head.subarray(at, at + target.length)
      target.set(part)
      at += part.length
      return part.length === target.length
        ? part.length
        : part.length + (await reader.read(target.subarray(part.length)))
    },
    async skip(count) {
      const part = Math.min(count, head.length - at)
      at += part
      return part === count ? part : part + (await skip(reader, count - part))
    },
    again: reader.again,
    close: () => reader.close(),
  }
}

/** Reads `count` bytes, or as many as there are. */
export async function readUpTo(reader: ByteReader, count: number): Promise<Uint8Array> {
  const target = new Uint8Array(count)
  return target.subarray(0, await reader.read(target))
}

/** Passes over `count` bytes, reading them where the source cannot do without; says how many there were. */
export async function skip(reader: ByteReader, count: number): Promise<number> {
  if (reader.skip) return reader.skip(count)
  const scratch = new Uint8Array(Math.min(count, 65_536))
  let skipped = 0
  while (skipped < count) {
    const got = await reader.read(scratch.subarray(0, count - skipped))
    if (got === 0) break
    skipped += got
  }
  return skipped
}

/** What a caught value says of itself, in one line. */
export const reason = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]!.replace(/\.$/, '')
