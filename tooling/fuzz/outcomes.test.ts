import { readNifti, readNiftiHeader, readVolume } from '@voxaug/io'
import { expect, it } from 'vitest'
import { browserReader } from './browser-reader.ts'
import { checkBytes } from './check.ts'
import { corpus } from './corpus.ts'
import { describeRefusal, outcomeOf } from './outcome.ts'

// To change them on purpose: npx vitest run --project node tooling/fuzz/outcomes -u, and read the difference.
it('every file of the corpus ends as outcomes.txt says, in Node and in browsers', async () => {
  const table: string[] = []
  for (const [name, bytes] of corpus) {
    const image = await outcomeOf(readNifti(bytes))
    const label = await outcomeOf(readNifti(bytes, { kind: 'label' }))
    const header = await readNiftiHeader(bytes).then(() => 'read', describeRefusal)
    table.push(name, `  image   ${image}`)
    const any = await outcomeOf(readVolume(bytes))
    if (any !== image) table.push(`  volume  ${any}`)
    if (label !== image) table.push(`  label   ${label}`)
    // Of a damaged gzip stream the header may come before the damage shows, or not.
    if (header !== image && !/^(read|invalid-gzip):/.test(image)) table.push(`  header  ${header}`)
  }
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('./outcomes.txt')
})

it('every file of the corpus keeps the invariants', async () => {
  for (const [name, bytes] of corpus)
    expect([name, (await checkBytes(bytes, [browserReader])).flaw]).toEqual([name, undefined])
})
