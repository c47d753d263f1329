import { VoxaugError } from '@voxaug/core'

/**
 * JSON for people too: a list of numbers or words is one line, and an affine of sixteen numbers is four.
 * @throws VoxaugError `invalid-json` for what JSON would lose, a number that is not finite
 */
export function printJson(value: unknown, indent = ''): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new VoxaugError('invalid-json', `a number must be finite to be written as JSON, got ${value}.`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((one) => printJson(one, inner))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => `${JSON.stringify(key)}: ${printJson(one, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const flat = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)
  if (flat || lines.length === 0) return `${open}${lines.join(', ')}${close}`
  return `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`
}
