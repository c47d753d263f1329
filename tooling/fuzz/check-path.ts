import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as io from '@voxaug/io/node'
import type { Bytes } from './bytes.ts'
import { attemptTo, maxBytes } from './check.ts'
import { flawOf, flawOfRefusal } from './invariants.ts'

const readers = { readNifti: io.readNifti, readVolume: io.readVolume }

/** Files that say where other files are, by their name or in their text. */
const companions = /^(pair|format)-/
const wanting = /\.(hdr|img|hdr\.gz|img\.gz|nhdr|mhd)$/

/**
 * Checks mutants of files whose voxels lie in another file, by their path, in a folder of their own beside the files that they
 * may want. What must hold of bytes must hold of them.
 */
export async function pathChecker(corpus: readonly (readonly [string, Bytes])[]): Promise<{
  check(name: string, bytes: Bytes): Promise<string | undefined>
  remove(): void
}> {
  const folder = await mkdtemp(join(tmpdir(), 'voxaug-fuzz-'))
  const files = new Map(corpus.filter(([name]) => companions.test(name)))
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
  return {
    remove: () => rmSync(folder, { recursive: true }),
    async check(name, bytes) {
      if (!wanting.test(name)) return undefined
      const path = join(folder, name)
      const flaws: (string | undefined)[] = []
      await writeFile(path, bytes)
      for (const [reader, read] of Object.entries(readers)) {
        for (const kind of ['image', 'label'] as const) {
          const asked = { kind, maxBytes }
          const { flaw, line } = await attemptTo(
            () => read(path, asked),
            (volume) => flawOf(volume, bytes.buffer, asked),
          )
          flaws.push(flaw && `${reader} of a path, ${kind}: ${flaw}`)
          // Text of another file than the corpus's must never come out, be it in an error.
          if (/root:/.test(line)) flaws.push(`${reader} of a path: left its folder: ${line}`)
        }
      }
      for (const header of [io.readNiftiHeader, io.readVolumeHeader])
        flaws.push(await header(path).then(() => undefined, flawOfRefusal))
      const before = files.get(name)
      await (before ? writeFile(path, before) : rm(path))
      return flaws.find((flaw) => flaw !== undefined)
    },
  }
}
