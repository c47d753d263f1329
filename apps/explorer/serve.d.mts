/** Serves a folder on this computer; `port` 0 takes one that is free. */
export function serve(options?: {
  readonly port?: number
  readonly folder?: string
}): Promise<{ readonly address: string; readonly close: () => void }>
/** Serves a folder at the usual port, or at one that is free, and says where. */
export function listen(folder: string): Promise<void>
