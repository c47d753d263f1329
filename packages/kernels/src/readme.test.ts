import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as kernels from './index.ts'

test('the README’s example gives what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, code = ''] = /```ts\nimport .*\n([\s\S]*?)```/.exec(readme) ?? []
  const scaled: unknown = new Function('runProgram', 'statistics', `${code}; return scaled`)(
    kernels.runProgram,
    kernels.statistics,
  )
  expect(scaled).toEqual(Float32Array.of(0, -1, 0, 0, 1))
})
