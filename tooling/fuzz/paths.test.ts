import { fileURLToPath } from 'node:url'
import { isVoxaugError } from '@voxaug/core'
import * as io from '@voxaug/io/node'
import { expect, it } from 'vitest'
import { corpus } from './corpus.ts'
import { outcomeOf } from './outcome.ts'

const folder = fileURLToPath(new URL('./corpus/', import.meta.url))

// To change them on purpose: npx vitest run --project node tooling/fuzz/paths -u, and read the difference.
it('every file of the corpus ends by its path as by its bytes, but for what paths.txt says', async () => {
  const table: string[] = []
  for (const [name, bytes] of corpus) {
    for (const [what, read] of [
      ['image ', io.readNifti],
      ['volume', io.readVolume],
    ] as const) {
      const path = `${folder}${name}`
      const byPath = (await outcomeOf(read(path))).replace(`${path}: `, '').replaceAll(folder, '')
      if (byPath !== (await outcomeOf(read(bytes)))) table.push(`${name}\n  ${what}  ${byPath}`)
    }
  }
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('./paths.txt')
})

it('an error of a path begins with the folder that it is in', async () => {
  for (const name of corpus.keys()) {
    for (const read of [io.readNifti, io.readVolume]) {
      const error: unknown = await read(`${folder}${name}`).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (error === undefined) continue
      expect([name, isVoxaugError(error) && error.message.startsWith(folder)]).toEqual([name, true])
    }
  }
})
