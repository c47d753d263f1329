import { type Affine, type Shape, type Volume, voxelsOf } from '@voxaug/core'
import { colorOf, divergingColor } from '@voxaug/figure'
import { percentiles, statistics } from '@voxaug/kernels'

/** The values shown black and white. */
export type Window = readonly [black: number, white: number]

/** Coloured voxels, RGBA, RAS, as the viewer's texture takes them. */
export interface Picture {
  readonly shape: Shape
  readonly affine: Affine
  readonly rgba: Uint8Array<ArrayBuffer>
}

const pack = (r: number, g: number, b: number, a: number) => (r | (g << 8) | (b << 16) | (a << 24)) >>> 0

/** 256 greys. A voxel is the more see-through in a rendering the darker it is. */
const greys = Uint32Array.from({ length: 256 }, (_, n) => pack(n, n, n, n >> 1))

/** Blue below 0, black at it, orange above, in 256 steps. */
const differences = Uint32Array.from({ length: 256 }, (_, n) => {
  const part = (n - 127.5) / 127.5
  return pack(...(divergingColor(part) as unknown as [number, number, number]), Math.round(Math.abs(part) * 128))
})

/** The percentiles that a window spans unless somebody sets it. */
const spanned = [0.5, 99.5] as const

/** The window between two percentiles; between the least and the greatest value where they are equal. */
export function autoWindow({ data }: Volume): Window {
  const [low, high] = percentiles(data, [...spanned]).values
  if (low! < high!) return [low!, high!]
  const { count, min, max } = statistics(data)
  return count > 0 && min < max ? [min, max] : [count > 0 ? min : 0, (count > 0 ? min : 0) + 1]
}

/**
 * Memory of pictures that were shown and given back. Fresh memory costs as much as half a resampling, and pictures of one grid follow each
 * other while a slider moves.
 */
const spare: ArrayBuffer[] = []

/** Takes back the memory of a picture. */
export function recycle(buffer: ArrayBuffer): void {
  spare.push(buffer)
  // An image and its labels, of this grid and the one before.
  if (spare.length > 4) spare.shift()
}

/** A word for each voxel; what is in them is of an earlier picture. */
function takeWords(voxels: number): Uint32Array<ArrayBuffer> {
  const found = spare.findIndex(({ byteLength }) => byteLength === 4 * voxels)
  return new Uint32Array(found < 0 ? new ArrayBuffer(4 * voxels) : spare.splice(found, 1)[0]!)
}

/** An image in grey. */
export const greyPicture = (view: Volume, window: Window): Picture => painted(view, window, greys, greys[0]!)

/** A difference, up to `limit` on both sides. */
export const differencePicture = (view: Volume, limit: number): Picture =>
  painted(view, [-limit, limit], differences, 0)

function painted(
  { data, shape, affine }: Volume,
  [black, white]: Window,
  table: Uint32Array,
  nowhere: number,
): Picture {
  const words = takeWords(data.length)
  const scale = 255 / (white - black)
  const [first, last] = [table[0]!, table[255]!]
  for (let n = 0; n < words.length; n++) {
    const grey = (data[n]! - black) * scale
    // NaN compares with nothing.
    words[n] = grey > 0 ? (grey < 255 ? table[(grey + 0.5) | 0]! : last) : grey <= 0 ? first : nowhere
  }
  return { shape, affine, rgba: new Uint8Array(words.buffer) }
}

const labelAlpha = 120

/** A label map in its colours, see-through. */
export function labelPicture({ data, shape, affine }: Volume): Picture {
  const words = takeWords(voxelsOf(shape)).fill(0)
  const known = new Map<number, number>()
  let [last, word] = [0, 0]
  for (let n = 0; n < words.length; n++) {
    const label = data[n]!
    if (label === 0) continue
    if (label !== last) {
      last = label
      word = known.get(label) ?? wordOf(label)
      known.set(label, word)
    }
    words[n] = word
  }
  return { shape, affine, rgba: new Uint8Array(words.buffer) }
}

function wordOf(label: number): number {
  const color = colorOf(label)
  return color ? pack(color[0], color[1], color[2], labelAlpha) : 0
}
