// files-memory.mjs FILE: run as a child; prints how far reading a file raises the process's peak memory, in MB.
import { readNifti } from '@voxaug/io/node'

const before = process.memoryUsage.rss() / 2 ** 20
const { data } = await readNifti(process.argv[2])
const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ peak: peak - before, result: data.byteLength / 2 ** 20 }))
