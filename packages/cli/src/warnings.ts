import type { Warning } from '@voxaug/core'
import type { Output } from './main.ts'
import { oneLine } from './one-line.ts'

/** One line each; a warning stops nothing. */
export function printWarnings(stderr: Output['stderr'], file: string, warnings: readonly Warning[]): void {
  for (const { message, path } of warnings)
    stderr.write(`voxaug: ${oneLine(`${file}: warning: ${path && `${path}: `}${message}`)}\n`)
}
