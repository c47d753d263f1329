import { type Remote, wrap } from 'comlink'
import type { RemoteEngine } from '../engine/worker.ts'

/** The engine, in a worker of its own: nothing that is computed keeps the page from answering. */
export const engine = wrap<RemoteEngine>(
  new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module', name: 'voxaug' }),
) as unknown as Remote<RemoteEngine> & RemoteEngine
