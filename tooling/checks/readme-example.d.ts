import type { Trace, Volume } from '@voxaug/core'

/** What the README's example declares, for the test that runs it. */
export const output: { readonly image: Volume; readonly label: Volume }
export const trace: Trace
export const again: { readonly output: typeof output }
export const back: { readonly label: Volume }
export const covered: Readonly<Record<string, Volume>>
