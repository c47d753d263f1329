import { readFileSync } from 'node:fs'
import { Compose, points, run, volume } from '@voxaug/core'
import { expect, test } from 'vitest'
import { ElasticDeformation } from './index.ts'
import plugin from './plugin.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s example gives what it says', () => {
  const [, block = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
  const names = { Compose, points, run, volume, ElasticDeformation }
  const body = `${block.replace(/^import.*$/gm, '')}; return { output, trace, landmarks }`
  const { output, trace, landmarks } = new Function(...Object.keys(names), body)(...Object.values(names))
  expect(output.landmarks).not.toEqual(landmarks)
  expect(trace.passes.image).toHaveLength(1)
  expect(trace.warnings).toEqual([])
})

test('the README links each transform’s page', () => {
  for (const { definition } of plugin) expect(readme).toContain(`(../../docs/reference/${definition.name}.md)`)
})
