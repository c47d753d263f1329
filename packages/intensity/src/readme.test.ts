import { readFileSync } from 'node:fs'
import { Compose, run, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { ClipRange, Gamma, Noise, ZScore } from './index.ts'
import plugin from './plugin.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s example gives what it says', () => {
  const [, block = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
  const names = { Compose, run, volume, ClipRange, Gamma, Noise, ZScore }
  const body = `${block.replace(/^import.*$/gm, '')}; return { output, trace }`
  const { output, trace } = new Function(...Object.keys(names), body)(...Object.values(names))
  expect(output.data).toBeInstanceOf(Float32Array)
  expect(trace.passes.image).toHaveLength(1)
  expect(trace.steps).toHaveLength(4)
  expect(output.data[0]).toBeLessThan(-0.5)
})

test('the README links each transform’s page', () => {
  for (const { definition } of plugin) expect(readme).toContain(`(../../docs/reference/${definition.name}.md)`)
})
