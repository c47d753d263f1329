// Loaded before a command: says at its end on file descriptor 3 how much memory it took, in bytes.
import { writeSync } from 'node:fs'

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS * 1024)))
