/**
 * Does work for the latest value: while it is at it, newer values replace the one that waits. `isLast` tells the work whether one does.
 */
export function latest<T>(work: (value: T, isLast: () => boolean) => Promise<void>): (value: T) => void {
  let waiting: { readonly value: T } | undefined
  let busy = false
  const go = async () => {
    busy = true
    while (waiting) {
      const { value } = waiting
      waiting = undefined
      // One failure must not keep all later values waiting.
      await work(value, () => waiting === undefined).catch((error: unknown) => reportError(error))
    }
    busy = false
  }
  return (value) => {
    waiting = { value }
    if (!busy) void go()
  }
}
