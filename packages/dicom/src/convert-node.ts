import { Worker } from 'node:worker_threads'
import { VoxaugError } from '@voxaug/core'
import { abortable, type Convert, type Converted, nameOf, options } from './convert.ts'

/** As text: a worker in a file of its own is what bundlers lose. */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const quiet = () => {}
import(workerData.module).then(async (dcm2niix) => {
  const { FS, callMain } = await dcm2niix.default({ print: quiet, printErr: quiet })
  FS.mkdir('/input')
  FS.mkdir('/output')
  for (const [name, file] of workerData.files) FS.writeFile('/input/' + name, new Uint8Array(await file.arrayBuffer()))
  const status = callMain(['-o', '/output', ...workerData.options, '/input'])
  const names = FS.readdir('/output').filter((name) => !name.startsWith('.'))
  parentPort.postMessage({ status, files: names.map((name) => ({ name, bytes: FS.readFile('/output/' + name) })) })
})
`

/** The package's own entry wants a browser's Worker; the module underneath runs in Node too. */
export const convertInNode: Convert = async (files, signal) => {
  const module = new URL('dcm2niix.jpeg.js', import.meta.resolve('@niivue/dcm2niix')).href
  const named = files.map((file, place) => [nameOf(place), file])
  const worker = new Worker(program, { eval: true, workerData: { module, files: named, options } })
  try {
    return await abortable<Converted>(signal, (resolve, reject) => {
      const fail = (why: string, cause?: unknown) =>
        reject(new VoxaugError('invalid-dicom', `dcm2niix failed: ${why}.`, { cause }))
      worker.once('message', resolve)
      worker.once('error', (cause) => fail(cause instanceof Error ? cause.message : String(cause), cause))
      worker.once('exit', (status) => fail(`its worker ended with ${status}`))
    })
  } finally {
    await worker.terminate()
  }
}
