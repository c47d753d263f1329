import { VoxaugError } from '@voxaug/core'

/** What dcm2niix made of some files. */
export interface Converted {
  /** dcm2niix's exit status: 0 is success, 2 that no file has an image. */
  readonly status: number
  /** Uncompressed NIfTI files. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]
}

/** Runs dcm2niix on files in a worker of its own, which ends with it: its memory never shrinks. */
export type Convert = (files: readonly Blob[], signal: AbortSignal | undefined) => Promise<Converted>

/** A promise that `work` settles, or the signal before it. */
export async function abortable<T>(
  signal: AbortSignal | undefined,
  work: (resolve: (value: T) => void, reject: (error: VoxaugError) => void) => void,
): Promise<T> {
  let stop = () => {}
  try {
    return await new Promise<T>((resolve, reject) => {
      stop = () =>
        reject(new VoxaugError('aborted', 'reading was aborted.', { option: 'signal', cause: signal?.reason }))
      if (signal?.aborted) return stop()
      signal?.addEventListener('abort', stop)
      work(resolve, reject)
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** NIfTI alone, uncompressed, named by series number, in four digits, and series: so that names sort. */
export const options = ['-b', 'n', '-z', 'n', '-f', '%4s_%j']

/** A file's name for dcm2niix. Those that it had may be alike, and say who the patient is. */
export const nameOf = (place: number): string => `${String(place).padStart(8, '0')}.dcm`
