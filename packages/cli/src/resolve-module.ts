import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Conditions of package.json's `exports` that an import meets. */
const conditions = new Set(['import', 'node', 'default', 'module-sync'])

/**
 * The URL of a module as an import in `folder` would find it: a path, a file URL, or the name of a package that is installed there.
 *
 * Node can tell this only for the folder of the code that asks.
 * @throws Error where there is none
 */
export function resolveModule(specifier: string, folder: string): string {
  if (specifier.startsWith('file:')) return specifier
  const path = resolve(folder, specifier)
  if (/^\.{1,2}[/\\]/.test(specifier) || isAbsolute(specifier) || existsSync(path)) {
    if (existsSync(path)) return pathToFileURL(path).href
    throw new Error('no such file.')
  }
  const [name, rest] = splitName(specifier)
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, 'node_modules', name)
    if (existsSync(join(root, 'package.json'))) return pathToFileURL(join(root, entryOf(root, rest))).href
    if (dirname(at) === at) throw new Error(`no such file, and no package ${name} is installed in or above ${folder}.`)
  }
}

/** `@a/b/c/d` is the package `@a/b` and its subpath `./c/d`. */
function splitName(specifier: string): readonly [name: string, subpath: string] {
  const parts = specifier.split('/')
  const count = specifier.startsWith('@') ? 2 : 1
  return [parts.slice(0, count).join('/'), ['.', ...parts.slice(count)].join('/')]
}

/** A package's file for a subpath. */
function entryOf(root: string, subpath: string): string {
  const { exports, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports?: unknown
    main?: unknown
  }
  if (exports === undefined) return subpath === '.' ? String(main ?? 'index.js') : subpath
  const keyed =
    typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'))
  const target = targetOf(
    keyed ? Object.entries(exports).find(([key]) => key === subpath)?.[1] : subpath === '.' && exports,
  )
  if (target === undefined) throw new Error(`the package does not export ${subpath}.`)
  return target
}

/** The file that a value of `exports` means: itself, or what the first condition that is met leads to. */
function targetOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, one] of Object.entries(value)) {
    const target = Array.isArray(value) || conditions.has(key) ? targetOf(one) : undefined
    if (target !== undefined) return target
  }
  return undefined
}
