import { type Checked, either, type Mask, mask, type Subject, type Volume, word } from '@voxaug/core'
import { type Selection, selectionOf } from './selection.ts'

// What transforms take that go by statistics of the image; each lists those that it has a use for.

export const over = /* @__PURE__ */ mask({ default: 'all', help: 'The voxels that the statistics are taken over.' })

export const applyTo = /* @__PURE__ */ either({
  of: [/* @__PURE__ */ word({ words: ['selection'], help: '' }), /* @__PURE__ */ mask({ help: '' })],
  default: 'all',
  help: 'The voxels that change: all, the selection that counted, those that are not 0, or where a label map is not 0.',
})

export const nan = /* @__PURE__ */ word({
  words: ['error', 'ignore'],
  default: 'error',
  help: 'Among the voxels that count, NaN or infinite ones are an error, or are left out.',
})

export const empty = /* @__PURE__ */ word({
  words: ['error', 'skip'],
  default: 'error',
  help: 'Where no voxel counts: an error, or the channel is left as it is, with a warning.',
})

export const constant = /* @__PURE__ */ word({
  words: ['warn', 'error'],
  default: 'warn',
  help: 'Where all voxels that count are alike: a warning, or an error.',
})

/** What becomes of statistics that say little, or nothing. */
export interface Policy {
  readonly nan: 'error' | 'ignore'
  readonly empty: 'error' | 'skip'
  readonly constant: 'warn' | 'error'
}

/** The voxels that `applyTo` means. */
export const changesOf = (
  given: Checked<{ readonly applyTo: typeof applyTo }>['applyTo'],
  counted: Selection,
  volume: Volume,
  subject: Subject,
  transform: string,
): Selection => (given === 'selection' ? counted : selectionOf(given as Mask, volume, subject, transform, 'applyTo'))
