import { readFileSync } from 'node:fs'
import * as core from '@voxaug/core'
import { expect, test } from 'vitest'
import * as geometry from './index.ts'
import plugin from './plugin.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s example gives what it says', () => {
  const [, code = ''] = /```ts\n((?:.*\n)*?)```/.exec(readme) ?? []
  const names = { ...core, ...geometry }
  const body = `${code.replace(/^import .*$/gm, '')}; return { output, trace }`
  const { output, trace } = new Function(...Object.keys(names), body)(...Object.values(names)) as {
    output: { image: core.Volume; lesion: core.Points }
    trace: core.Trace
  }
  expect(output.image.shape).toEqual([32, 32, 32])
  expect(trace.passes['image']).toHaveLength(1)
  expect(output.lesion.positions[0]).not.toEqual([4, -2, 3])
})

test('the README links each transform’s page', () => {
  for (const { definition } of plugin) expect(readme).toContain(`(../../docs/reference/${definition.name}.md)`)
})
