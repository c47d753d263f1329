/** Milliseconds of work after which others get a turn: a third of a frame at 20 a second. */
const longest = 15

/** A function to await between pieces of work: it lets timers, input and drawing come when the last turn was long ago. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < longest) return undefined
    return pause().then(() => {
      last = performance.now()
    })
  }
}

/** One turn of the event loop. By a message, not a timer: pages in the background get one of those a second. */
function pause(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
