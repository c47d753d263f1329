import { VoxaugError } from '@voxaug/core'
import type { NiftiExtension } from './extensions.ts'
import { maxExtensionBytes } from './layout.ts'

/**
 * The four flag bytes behind the fixed header and the extensions, each of a multiple of 16 bytes and filled up with zeros.
 * @throws VoxaugError `too-large` for more than readers here take
 */
export function encodeExtensions(
  extensions: readonly Pick<NiftiExtension, 'code' | 'content'>[],
  littleEndian: boolean,
): Uint8Array<ArrayBuffer> {
  const sizes = extensions.map(({ content }) => 16 * Math.ceil((8 + content.length) / 16))
  const size = sizes.reduce((sum, one) => sum + one, 0)
  if (size > maxExtensionBytes)
    throw new VoxaugError('too-large', `extensions must take at most ${maxExtensionBytes} bytes, got ${size}.`, {
      option: 'extensions',
      received: size,
    })
  const bytes = new Uint8Array(4 + size)
  const view = new DataView(bytes.buffer)
  bytes[0] = extensions.length > 0 ? 1 : 0
  let at = 4
  for (const [n, { code, content }] of extensions.entries()) {
    view.setInt32(at, sizes[n]!, littleEndian)
    view.setInt32(at + 4, code, littleEndian)
    bytes.set(content, at + 8)
    at += sizes[n]!
  }
  return bytes
}
