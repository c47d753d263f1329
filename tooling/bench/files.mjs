// files.mjs ROUNDS FOLDER: times of reading and writing the scan of scan.mjs, contenders taking turns, the best of several rounds; and how
// long each blocked the event loop, the least of the rounds. As one line of JSON.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { readNifti, writeNifti } from '@voxaug/io/node'

const megabyte = 2 ** 20
const [rounds, folder] = process.argv.slice(2)
const at = (name) => join(folder, name)
const stored = await readNifti(at('stored.nii.gz'))
const bytes = new Uint8Array(stored.data.buffer, stored.data.byteOffset, stored.data.byteLength)

/** What any reader has to do: read the bytes, allocate the result, convert each voxel. */
async function copyAndConvert() {
  const file = await readFile(at('scan.nii'))
  const from = new Int16Array(file.buffer, file.byteOffset + 352, (file.length - 352) / 2)
  const to = new Float32Array(from.length)
  for (let n = 0; n < to.length; n++) to[n] = from[n] - 1024
  return to
}

/** How many bytes come out of a stream of node:zlib. */
async function drain(stream) {
  let count = 0
  for await (const chunk of stream) count += chunk.length
  return count
}

/** With a megabyte at a time, as ours: chunks of 16 kB, zlib's own, cost more. */
const gunzipAlone = (name) =>
  drain(createReadStream(at(name), { highWaterMark: megabyte }).pipe(createGunzip({ chunkSize: megabyte })))

function gzipAlone(level) {
  function* parts() {
    for (let n = 0; n < bytes.length; n += megabyte) yield bytes.subarray(n, n + megabyte)
  }
  return drain(Readable.from(parts()).pipe(createGzip({ level, chunkSize: megabyte })))
}

const write = (level) => writeNifti(at('out.nii.gz'), stored, { dtype: 'int16', gzipLevel: level })

const contenders = {
  'copy and convert': copyAndConvert,
  'read .nii to float32': () => readNifti(at('scan.nii')),
  'gunzip alone': () => gunzipAlone('stored.nii.gz'),
  'read .nii.gz as stored': () => readNifti(at('stored.nii.gz')),
  'read .nii.gz to float32': () => readNifti(at('scan.nii.gz')),
  'gzip alone, level 1': () => gzipAlone(1),
  'write .nii.gz, level 1': () => write(1),
  'gzip alone, level 6': () => gzipAlone(6),
  'write .nii.gz, level 6': () => write(6),
}

/** Throws unless the floors did the work that they are compared with. */
async function agree() {
  const [floor, { data }] = [await copyAndConvert(), await readNifti(at('scan.nii'))]
  if (!(data instanceof Float32Array && data.length === floor.length && data.every((x, n) => x === floor[n])))
    throw new Error('the plain loop and voxaug read other voxels')
  const inflated = await gunzipAlone('stored.nii.gz')
  if (inflated !== 352 + bytes.length) throw new Error(`gunzip alone gave ${inflated} bytes`)
  await write(1)
  const { data: again } = await readNifti(at('out.nii.gz'))
  if (!(again.length === stored.data.length && again.every((x, n) => x === stored.data[n])))
    throw new Error('what was written has other voxels')
}

/** The time of a contender and the longest that the event loop stood still meanwhile, in ms. */
async function measured(contender) {
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  // Its clock's first tick only starts the count.
  await wait(5)
  const start = performance.now()
  await contender()
  const ms = performance.now() - start
  // What stood still to the very end is seen by the next tick of its clock.
  await wait(5)
  loop.disable()
  return { ms, blocked: loop.max / 1e6 }
}

await agree()
const ms = {}
const blocked = {}
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, contender] of Object.entries(contenders)) {
    // Level 6 takes long: three times is enough.
    if (name.endsWith('6') && round >= 3) continue
    const one = await measured(contender)
    ms[name] = Math.min(ms[name] ?? Infinity, one.ms)
    blocked[name] = Math.min(blocked[name] ?? Infinity, one.blocked)
  }
}
console.log(JSON.stringify({ ms, blocked }))
