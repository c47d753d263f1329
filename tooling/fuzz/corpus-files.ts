import type { Bytes } from './bytes.ts'
import { formatFiles } from './corpus-formats.ts'
import { gzipFiles } from './corpus-gzip.ts'
import { headerFiles } from './corpus-header.ts'
import { pairFiles } from './corpus-pairs.ts'
import { soundFiles } from './corpus-sound.ts'

/** The corpus that make-corpus.ts writes, by name. Files that begin with `found-` were found by the fuzzer and lie beside it. */
export const corpusFiles = (): Readonly<Record<string, Bytes>> => ({
  ...soundFiles(),
  ...headerFiles(),
  ...gzipFiles(),
  ...pairFiles(),
  ...formatFiles(),
})
