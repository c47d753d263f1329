import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Named } from '@voxaug/core'
import { contract } from '@voxaug/core/testing'
import { afterAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the repository, so that the packages' names resolve as they do for every test.
const folder = mkdtempSync(join(root, 'tooling/checks/documents-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The first TypeScript example of a document, as a module that also exports what it declares under `names`. */
async function example<T>(document: string, names: string): Promise<T> {
  const code = /```ts\n(.*?)```/s.exec(readFileSync(join(root, document), 'utf8'))![1]!
  const file = join(folder, `${document}.ts`)
  writeFileSync(file, `${code}\n${names}`)
  return (await import(file)) as T
}

test('the README’s example does what its comments say', async () => {
  const { output, trace, again, back, covered } = await example<typeof import('./readme-example.d.ts')>(
    'README.md',
    'export { again, back, covered, output, trace }',
  )
  expect(output.image.data).toBeInstanceOf(Float32Array)
  expect(output.image.data).toHaveLength(64 * 64 * 64)
  expect(output.label.data).toBeInstanceOf(Uint8Array)
  expect(trace.passes['image']?.map(({ by }) => by)).toEqual(['spatial', 'intensity'])
  expect(again.output).toEqual(output)
  expect(back.label.shape).toEqual([88, 112, 88])
  expect(covered['label']?.data).toContain(1)
})

describe('the transform that CONTRIBUTING adds keeps the contract', async () => {
  const { Lift } = await example<{ Lift: Named }>('CONTRIBUTING.md', '')
  const examples = { options: { liftMm: [1, 3] }, random: true, identity: { liftMm: 0 }, bad: [{ liftMm: 101 }] }
  for (const { name, check } of contract(Lift, examples)) test(name, check)
})

describe('every changeset can be read: whose it is, how large the change, and what it is', () => {
  const packages = readdirSync(join(root, 'packages')).map(
    (folder) =>
      (JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as { name: string }).name,
  )
  test.each(readdirSync(join(root, '.changeset')).filter((name) => /^(?!README).*\.md$/.test(name)))('%s', (name) => {
    const text = readFileSync(join(root, '.changeset', name), 'utf8')
    const [, front = '', words = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? []
    const lines = front.split('\n').map((line) => /^'(.+)': (major|minor|patch)$/.exec(line)?.[1])
    expect(packages).toEqual(expect.arrayContaining(lines))
    expect(words.trim()).not.toBe('')
  })
})
