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
  module ??= new WebAssembly.Module(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)))
  const memory = new WebAssembly.Memory({ initial: 1 })
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels
  return { kernels, memory, base: Math.ceil(kernels.heapBase() / 16) * 16 }
}

function grow(memory: WebAssembly.Memory, missing: number): void {
  try {
    memory.grow(Math.ceil(missing / page))
  } catch (cause) {
    const megabytes = Math.ceil((memory.buffer.byteLength + missing) / 2 ** 20)
    throw new RangeError(`kernels: the engine cannot give ${megabytes} MiB of WebAssembly memory.`, { cause })
  }
}
