import { batch, computed, signal } from '@preact/signals'
import type { Before } from '../engine/answers.ts'
import type { Answer } from '../engine/problem.ts'
import { engine } from './engine.ts'
import { look, lookAtAnother } from './look.ts'
import { notice, tellError, valueIn } from './notice.ts'

/** The scan that is open, and what lies beside it. */
export const before = signal<Before | undefined>(undefined)
/** What is being done that takes a while. */
export const busy = signal<string | undefined>('Opening the head …')

/** Another number for other entries. */
export const subject = computed(() => before.value?.subject)

/** Entries of the subject that steps may read. */
export const entryNames = computed((): readonly string[] => {
  const now = before.value
  return now ? [...now.entries.map(({ entry }) => entry), ...now.extras] : ['image']
})

/** Those of them that are label maps. */
export const labelNames = computed((): readonly string[] =>
  (before.value?.entries ?? []).flatMap(({ entry, kind }) => (kind === 'label' ? [entry] : [])),
)

/** The channel that is shown: one that the image has. */
export const channel = computed(() =>
  Math.min(look.value.channel, (before.value?.entries[0]?.channels ?? Infinity) - 1),
)

/** Puts what a file gave in place of what was there; a problem leaves that as it was. */
async function opening(what: string, asked: () => Promise<Answer<Before>>): Promise<boolean> {
  busy.value = what
  notice.value = undefined
  const found = await valueIn(asked(), tellError)
  busy.value = undefined
  if (!found) return false
  batch(() => {
    const was = before.peek()
    // Nothing was opened: something else was there first.
    if (found.subject === was?.subject) return
    if (was && found.scan !== was.scan) lookAtAnother(was.entries[0]?.isOurs ?? false)
    before.value = found
  })
  return true
}

export const openPhantom = (): Promise<boolean> => opening('Opening the head …', () => engine.openPhantom())
export const closeEntry = (entry: string): Promise<boolean> => opening('…', () => engine.close(entry))
export const openFile = (file: File, entry: string, kind: 'image' | 'label'): Promise<boolean> =>
  opening(`Reading ${file.name} …`, () => engine.open(file, file.name, entry, kind))
