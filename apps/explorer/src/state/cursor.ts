import { signal } from '@preact/signals'
import type { Vec3 } from '@voxaug/core'
import type { Probe } from '../engine/answers.ts'
import { engine } from './engine.ts'
import { latest } from './latest.ts'
import { tellError, valueIn } from './notice.ts'
import { before, channel } from './subject.ts'

/** What lies where somebody looks, before and after. */
export const cursor = signal<
  { readonly mm: Vec3; readonly at: readonly [Probe | undefined, Probe | undefined] } | undefined
>(undefined)

let place: Vec3 | undefined

const probeLatest = latest(async (mm: Vec3) => {
  if (!before.peek()) return
  const at = await valueIn(engine.probe(mm, channel.peek()), tellError)
  if (at) cursor.value = { mm, at }
})

export function probe(mm: Vec3): void {
  place = mm
  probeLatest(mm)
}

/** The same place has another value now. */
export function probeAgain(): void {
  if (place) probe(place)
}
