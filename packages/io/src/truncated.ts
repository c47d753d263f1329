import { VoxaugError } from '@voxaug/core'

/** Refuses a file that ends before its voxels do; `atMost` where it holds no more than `got`, and maybe less. */
export function truncated(expected: number, got: number, atMost = false): never {
  const most = atMost ? 'at most ' : ''
  throw new VoxaugError('truncated', `data is truncated: expected ${expected} bytes, got ${most}${got}.`, {
    received: got,
  })
}
