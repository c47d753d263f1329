import { basename } from 'node:path'
import type { VolumeKind } from '@voxaug/core'
import { stemOf } from '@voxaug/io/node'
import type { Given } from './arguments.ts'
import { usage } from './usage.ts'

/** One volume to read: `--image t2=scan.nii.gz` is the entry t2, whose stem is scan. */
export interface EntrySpec {
  readonly name: string
  readonly kind: VolumeKind
  readonly path: string
  readonly stem: string
}

/** The entries of `--image` and `--label`, images first. */
export function entriesOf(given: Given): readonly EntrySpec[] {
  const specs = (['image', 'label'] as const).flatMap((kind) => given.all(kind).map((text) => parseEntry(kind, text)))
  if (specs.length === 0) throw usage('--image or --label is missing; voxaug apply --help says more.')
  for (const [n, { name, kind }] of specs.entries()) {
    if (specs.findIndex((other) => other.name === name) < n)
      throw usage(`--${kind}: two entries are called ${name}; name them, as in --${kind} other=${specs[n]!.path}.`)
  }
  return specs
}

/** What stands before `=` is a name where it looks like one; `./a=b.nii` is a path. */
function parseEntry(kind: VolumeKind, text: string): EntrySpec {
  const named = /^([A-Za-z][\w-]*)=(.*)$/s.exec(text)
  const name = named?.[1] ?? kind
  const path = named?.[2] ?? text
  if (path === '') throw usage(`--${kind}: a file is missing behind ${text}.`)
  return { name, kind, path, stem: stemOf(basename(path)) }
}
