import { readFileSync } from 'node:fs'
import * as core from '@voxaug/core'
import { expect, test } from 'vitest'
import * as spatial from './index.ts'

test('the README’s example gives what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, code = ''] = /```ts\n((?:.*\n)*?)```/.exec(readme) ?? []
  const names = { ...core, ...spatial }
  const body = `${code.replace(/^import .*$/gm, '')}; return output`
  const output = new Function(...Object.keys(names), body)(...Object.values(names)) as core.Volume
  expect(output.data).toEqual(Float32Array.of(1, 1, 1.5, 2.5))
})
