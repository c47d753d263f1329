import { Dcm2niix } from '@niivue/dcm2niix'
import { VoxaugError } from '@voxaug/core'
import { abortable, type Convert, type Converted, nameOf, options } from './convert.ts'

/** What the package's worker posts: first `ready`, then a result or an error. */
interface Message {
  readonly type?: 'ready' | 'error'
  readonly message?: string
  readonly exitCode: number
  readonly convertedFiles: readonly File[]
}

export const convertInBrowser: Convert = async (files, signal) => {
  if (typeof Worker === 'undefined')
    throw new VoxaugError('unsupported', '@voxaug/dicom needs a browser’s Worker; in Node import @voxaug/dicom/node.')
  const converter = new Dcm2niix()
  // Its own promises leave errors of start unsaid, and the exit status: we listen ourselves.
  converter.init().catch(() => {})
  const { worker } = converter
  try {
    const { exitCode, convertedFiles } = await abortable<Message>(signal, (resolve, reject) => {
      worker.addEventListener('error', (event) =>
        reject(
          new VoxaugError('unsupported', `dcm2niix could not start: ${event.message ?? 'its worker did not load'}.`),
        ),
      )
      worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        if (data.type === 'error') reject(new VoxaugError('invalid-dicom', `dcm2niix failed: ${data.message}.`))
        else if (data.type !== 'ready') resolve(data)
        else
          worker.postMessage({
            fileList: files.map((file, place) => ({ file, webkitRelativePath: nameOf(place) })),
            cmd: options,
          })
      })
    })
    const made: Converted['files'][number][] = []
    for (const file of convertedFiles) made.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    return { status: exitCode, files: made }
  } finally {
    worker.terminate()
  }
}
