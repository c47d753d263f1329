import { type DType, show, VoxaugError } from '@voxaug/core'

/** Element types of NIfTI files that can be read: those of volumes and the two 64-bit integers. */
export type NiftiDType = DType | 'int64' | 'uint64'

interface Datatype {
  readonly dtype: NiftiDType
  readonly bytes: 1 | 2 | 4 | 8
}

/** nifti1.h, DT_* codes. */
const readable: ReadonlyMap<number, Datatype> = /* @__PURE__ */ new Map<number, Datatype>([
  [2, { dtype: 'uint8', bytes: 1 }],
  [4, { dtype: 'int16', bytes: 2 }],
  [8, { dtype: 'int32', bytes: 4 }],
  [16, { dtype: 'float32', bytes: 4 }],
  [64, { dtype: 'float64', bytes: 8 }],
  [256, { dtype: 'int8', bytes: 1 }],
  [512, { dtype: 'uint16', bytes: 2 }],
  [768, { dtype: 'uint32', bytes: 4 }],
  [1024, { dtype: 'int64', bytes: 8 }],
  [1280, { dtype: 'uint64', bytes: 8 }],
])

const refused: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0, 'none'],
  [1, 'binary, one bit a voxel'],
  [32, 'complex64'],
  [128, 'RGB'],
  [1536, 'float128'],
  [1792, 'complex128'],
  [2048, 'complex256'],
  [2304, 'RGBA'],
])

/** The size in bits of the type that a code stands for, 0 for none that can be read. */
export const bitsOf = (code: number): number => 8 * (readable.get(code)?.bytes ?? 0)

/** Bytes of one voxel. */
export function widthOf(dtype: NiftiDType): number {
  for (const datatype of readable.values()) if (datatype.dtype === dtype) return datatype.bytes
  throw new VoxaugError('unsupported', `dtype must be one that files have, got ${dtype}.`, { received: dtype })
}

/** The type that a header's code stands for. */
export function datatypeOf(code: number): Datatype {
  const datatype = readable.get(code)
  if (datatype) return datatype
  const known = [...readable.values()].map(({ dtype }) => dtype).join(', ')
  throw new VoxaugError(
    'unsupported',
    `datatype must be one of ${known}, got ${code} (${refused.get(code) ?? 'unknown'}).`,
    { received: code },
  )
}

/** The code of a volume's type, and its size. */
export function datatypeFor(dtype: DType): { readonly code: number; readonly bytes: number } {
  for (const [code, datatype] of readable) if (datatype.dtype === dtype) return { code, bytes: datatype.bytes }
  throw new VoxaugError('unsupported', `dtype must be a volume's, got ${dtype}.`, { received: dtype })
}

/** Throws unless `dtype` is the name of a type that a volume can have. */
export function checkDtype(dtype: unknown): void {
  const known: readonly DType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64']
  if (known.some((name) => name === dtype)) return
  throw new VoxaugError('invalid-option', `dtype must be one of ${known.join(', ')}, got ${show(dtype)}.`, {
    option: 'dtype',
    received: dtype,
  })
}
