import { describe, expect, it } from 'vitest'
import { corpus } from './corpus.ts'
import { corpusFiles } from './corpus-files.ts'

describe('the corpus', () => {
  const made = corpusFiles()

  it('is what make-corpus.ts writes, to the byte', () => {
    const names = [...corpus.keys()].filter((name) => !name.startsWith('found-'))
    expect(names).toEqual(Object.keys(made).sort())
    for (const name of names) expect([name, corpus.get(name)]).toEqual([name, made[name]])
  })

  it('is of small files', () => {
    for (const [name, bytes] of corpus) expect([name, bytes.length > 2048]).toEqual([name, false])
  })
})
