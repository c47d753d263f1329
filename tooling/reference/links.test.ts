import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { brokenLinks, documentsOf } from './links.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'voxaug-links-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every link of a README, of CONTRIBUTING and of the reference leads somewhere', () => {
  const documents = documentsOf(root)
  expect(documents.filter((one) => one.endsWith('README.md')).length).toBeGreaterThan(10)
  expect(brokenLinks(root, documents)).toEqual([])
})

test('links to files and headings that are not there are told, those in code and to the web are left alone', () => {
  mkdirSync(join(folder, 'docs'))
  writeFileSync(join(folder, 'docs/a.md'), '# Other `ways` to draw\n')
  writeFileSync(
    join(folder, 'README.md'),
    [
      '# Here',
      '[`a`](docs/a.md), [web](https://example.org/x), [b](docs/b.md), ![c](docs/c.png), [d](#here), [e](#there)',
      '[f](docs/a.md#other-ways-to-draw) and `[g](docs/g.md)`',
      '```ts',
      "call(['h'](docs/h.md))",
      '```',
    ].join('\n'),
  )
  expect(brokenLinks(folder, ['README.md'])).toEqual([
    'README.md: links docs/b.md, which is not there',
    'README.md: links docs/c.png, which is not there',
    'README.md: links #there, but there is no such heading',
  ])
})
