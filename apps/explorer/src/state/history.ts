import { computed, type ReadonlySignal, signal } from '@preact/signals'

/** A value with what it was before. */
export interface History<T> {
  readonly value: ReadonlySignal<T>
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  /** Changes the value. Changes one after another that have the same `gesture` are undone together, as those of a slider that is dragged. */
  set(value: T, gesture?: string): void
  /** Begins anew: there is nothing to go back to. */
  begin(value: T): void
  /** Ends the gesture: the next change stands alone. */
  endGesture(): void
  undo(): void
  redo(): void
}

/** As many steps back as anyone goes. */
const longest = 500

export function createHistory<T>(start: T): History<T> {
  const state = signal({ past: [] as readonly T[], now: start, future: [] as readonly T[] })
  let current: string | undefined
  return {
    value: computed(() => state.value.now),
    canUndo: computed(() => state.value.past.length > 0),
    canRedo: computed(() => state.value.future.length > 0),
    set(value, gesture) {
      const { past, now } = state.value
      const joins = gesture !== undefined && gesture === current
      current = gesture
      state.value = { past: joins ? past : [...past, now].slice(-longest), now: value, future: [] }
    },
    begin(value) {
      current = undefined
      state.value = { past: [], now: value, future: [] }
    },
    endGesture() {
      current = undefined
    },
    undo() {
      const { past, now, future } = state.value
      if (past.length === 0) return
      current = undefined
      state.value = { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future] }
    },
    redo() {
      const { past, now, future } = state.value
      if (future.length === 0) return
      current = undefined
      state.value = { past: [...past, now], now: future[0]!, future: future.slice(1) }
    },
  }
}
