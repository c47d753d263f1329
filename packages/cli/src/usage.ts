import { VoxaugError } from '@voxaug/core'

/** An error in how the command was written: exit status 2. */
export const usage = (message: string): VoxaugError => new VoxaugError('usage', message)
