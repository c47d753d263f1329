import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
let project: string

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'voxaug-lint-'))
  await cp(join(root, 'biome.json'), join(project, 'biome.json'))
  await cp(join(root, 'tooling/lint'), join(project, 'tooling/lint'), { recursive: true })
})
afterAll(() => rm(project, { recursive: true }))

/** The words that the rules find fault with in a file that holds `code` alone. */
async function faults(file: string, code: string): Promise<readonly string[]> {
  const path = join(project, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, code)
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=github', path]
  const report = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: project }, (error, stdout, stderr) => {
      if (error && !stdout.includes('::error')) reject(new Error(stdout + stderr))
      else resolve(stdout)
    })
  })
  const spans = report.matchAll(
    /^::error title=(?:plugin|lint\/security\/noGlobalEval),.*,col=(\d+),endColumn=(\d+)::/gm,
  )
  return [...spans].map(([, from, to]) => code.slice(Number(from) - 1, Number(to) - 1))
}

test.each([
  ['export const a = Math.sin(1)', 'sin'],
  ['export const a = [1].map(Math.log1p)', 'log1p'],
  ['export const a = Math.hypot(3, 4)', 'hypot'],
  ['export const a = Math.random()', 'random'],
  ['export const a = Math.futureFunction(1)', 'futureFunction'],
  ["export const a = Math['cos'](1)", "Math['cos']"],
  ['export const a = globalThis.Math.exp(1)', 'globalThis.Math'],
  ['export const a = 10 ** 3', '10 ** 3'],
  ['export const a = (n: number) => 2 ** n', '2 ** n'],
  ['export const f = (a: number) => (a **= 2)', 'a **= 2'],
  ["export const a = new Function('return 1')", "new Function('return 1')"],
  ["export const a = Function('return 1')", "Function('return 1')"],
  ["export const a = eval('1')", 'eval'],
])('what differs between engines or makes code from strings is found in %s', async (code, found) => {
  expect(await faults('packages/core/src/one.ts', code)).toEqual([found])
})

test('taking Math apart hides nothing', async () => {
  expect(await faults('packages/core/src/one.ts', 'export const { hypot } = Math')).toContain('= Math')
})

test('what every engine does alike is left alone', async () => {
  const code = 'export const a = Math.sqrt(2 ** -32) + Math.round(Math.PI) + Math.fround(2 ** 44)'
  expect(await faults('packages/kernels/src/one.ts', code)).toEqual([])
})

test('tests and packages whose results do not reach voxels may use all of Math', async () => {
  const code = 'export const a = Math.hypot(3, 4) ** 2'
  expect(await faults('packages/core/src/one.test.ts', code)).toEqual([])
  expect(await faults('packages/figure/src/one.ts', code)).toEqual([])
})
