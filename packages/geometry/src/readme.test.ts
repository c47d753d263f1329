import { readFileSync } from 'node:fs'
import * as core from '@voxaug/core'
import { expect, test } from 'vitest'
import * as geometry from './index.ts'

test('the README’s example gives what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, code = ''] = /```ts\n((?:.*\n)*?)```/.exec(readme) ?? []
  const names = { ...core, ...geometry }
  const body = `${code.replace(/^import .*$/gm, '')}; return { output, trace }`
  const { output, trace } = new Function(...Object.keys(names), body)(...Object.values(names)) as {
    output: { image: core.Volume; lesion: core.Points }
    trace: core.Trace
  }
  expect(output.image.shape).toEqual([16, 16, 8])
  expect(trace.passes['image']).toHaveLength(1)
  expect(output.lesion.positions[0]).not.toEqual([4, -2, 3])
})
