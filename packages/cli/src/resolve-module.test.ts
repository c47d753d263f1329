import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveModule } from './resolve-module.ts'
import { testFolder } from './test-folder.ts'

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
})
afterEach(() => at.remove())

function install(name: string, manifest: object): void {
  mkdirSync(join('node_modules', name), { recursive: true })
  writeFileSync(join('node_modules', name, 'package.json'), JSON.stringify(manifest))
}

const found = (specifier: string, folder = at.folder) => resolveModule(specifier, folder)
const url = (path: string) => pathToFileURL(join(at.folder, path)).href

describe('resolveModule', () => {
  it('takes paths from the folder, with or without ./ before them', () => {
    writeFileSync('mine.js', '')
    expect(found('./mine.js')).toBe(url('mine.js'))
    expect(found('mine.js')).toBe(url('mine.js'))
    expect(found(join(at.folder, 'mine.js'), '/')).toBe(url('mine.js'))
    expect(found('file:///a/b.js')).toBe('file:///a/b.js')
  })

  it('takes packages from node_modules, there or above, by what they export to an import', () => {
    install('plain', { main: 'lib/plain.js' })
    install('bare', {})
    install('@a/one', { exports: './one.js' })
    install('conditional', { exports: { types: './x.d.ts', require: './x.cjs', import: './x.js' } })
    install('@a/many', { exports: { '.': { default: './many.js' }, './plugin': { node: { import: './plugin.js' } } } })
    mkdirSync('deep/er', { recursive: true })
    expect(found('plain')).toBe(url('node_modules/plain/lib/plain.js'))
    expect(found('plain/other.js')).toBe(url('node_modules/plain/other.js'))
    expect(found('bare')).toBe(url('node_modules/bare/index.js'))
    expect(found('@a/one')).toBe(url('node_modules/@a/one/one.js'))
    expect(found('conditional')).toBe(url('node_modules/conditional/x.js'))
    expect(found('@a/many', join(at.folder, 'deep/er'))).toBe(url('node_modules/@a/many/many.js'))
    expect(found('@a/many/plugin')).toBe(url('node_modules/@a/many/plugin.js'))
    expect(() => found('@a/many/no')).toThrow(/^the package does not export \.\/no\.$/)
    expect(() => found('@a/one/no')).toThrow(/^the package does not export \.\/no\.$/)
  })

  it('says where it looked', () => {
    expect(() => found('./no.js')).toThrow(/^no such file\.$/)
    expect(() => found('no-such')).toThrow(
      `no such file, and no package no-such is installed in or above ${at.folder}.`,
    )
  })
})
