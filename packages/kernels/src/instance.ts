import { type Kernels, wasm } from './wasm.generated.ts'

const page = 65536

/** Memory that grew past this is dropped after use: WebAssembly memory never shrinks. */
const keptBytes = 256 * 2 ** 20

let module: WebAssembly.Module | undefined
let current: { readonly kernels: Kernels; readonly memory: WebAssembly.Memory; readonly base: number } | undefined

/**
 * Calls `use` with the kernels and a scratch region of their memory: `bytes` bytes of `buffer` from `base` on, which is a multiple of 16.
 *
 * Compiles and instantiates at the first call, synchronously. The region holds whatever the last use left there, and is the
 * next one's when `use` returns: keep no view of it, and do not call `withMemory` from within.
 * @throws RangeError when the engine cannot give that much memory; WebAssembly addresses at most 4 GiB
 */
export function withMemory<T>(bytes: number, use: (kernels: Kernels, buffer: ArrayBuffer, base: number) => T): T {
  current ??= instantiate()
  const { kernels, memory, base } = current
  try {
    const missing = base + bytes - memory.buffer.byteLength
    if (missing > 0) grow(memory, missing)
    return use(kernels, memory.buffer, base)
  } finally {
    if (memory.buffer.byteLength > keptBytes) current = undefined
  }
}

function instantiate(): NonNullable<typeof current> {
  module ??= new WebAssembly.Module(bytesOf(wasm))
  const memory = new WebAssembly.Memory({ initial: 1 })
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels
  return { kernels, memory, base: Math.ceil(kernels.heapBase() / 16) * 16 }
}

function bytesOf(hexadecimal: string): Uint8Array<ArrayBuffer> {
  // '0' to '9' are 48 to 57, 'a' to 'f' 97 to 102.
  const digit = (at: number) => {
    const code = hexadecimal.charCodeAt(at)
    return code < 58 ? code - 48 : code - 87
  }
  const bytes = new Uint8Array(hexadecimal.length / 2)
  for (let n = 0; n < bytes.length; n++) bytes[n] = 16 * digit(2 * n) + digit(2 * n + 1)
  return bytes
}

function grow(memory: WebAssembly.Memory, missing: number): void {
  try {
    memory.grow(Math.ceil(missing / page))
  } catch (cause) {
    const megabytes = Math.ceil((memory.buffer.byteLength + missing) / 2 ** 20)
    throw new RangeError(`kernels: the engine cannot give ${megabytes} MiB of WebAssembly memory.`, { cause })
  }
}
