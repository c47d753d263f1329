import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readNifti, writeNifti } from '@voxaug/io/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { image, inflated, testFolder, voxaug } from './test-folder.ts'

/** The command as it is installed: these tests want the packages built, as `npm test` does first. */
const bin = fileURLToPath(new URL('../bin/voxaug.js', import.meta.url))
const plugin = fileURLToPath(new URL('./test-plugin.js', import.meta.url))
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

// Starting processes and whole scans take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let at: Awaited<ReturnType<typeof testFolder>>
beforeEach(async () => {
  at = await testFolder()
})
afterEach(() => at.remove())

/** Runs the built command in a process of its own. */
async function built(...args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args])
  const [out, error]: [string[], string[]] = [[], []]
  child.stdout.on('data', (part: Buffer) => out.push(part.toString()))
  child.stderr.on('data', (part: Buffer) => error.push(part.toString()))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout: out.join(''), stderr: error.join('') }
}

describe('the built command', () => {
  it.each([
    [['--version']],
    [['list']],
    [['describe', 'geometry/Affine']],
    [['info', 't1.nii.gz', '--json']],
    [['info', 'no.nii']],
    [['apply', '--frobnicate']],
  ])('gives for %j what the sources give', async (args) => {
    expect(await built(...args)).toEqual(await voxaug(...args))
  })

  it('augments and previews, with the same voxels and pixels as the sources', async () => {
    const inputs = ['--image', 't1.nii.gz', '--label', 'seg.nii.gz', '--pipeline', 'augment.json', '--copies', '2']
    const { status, stderr } = await built('apply', ...inputs, '--out', 'built')
    expect([status, stderr]).toEqual([0, ''])
    await voxaug('apply', ...inputs, '--out', 'sources')
    for (const name of ['t1_aug0', 't1_aug1', 'seg_aug0', 'seg_aug1'])
      expect(inflated(`built/${name}.nii.gz`)).toEqual(inflated(`sources/${name}.nii.gz`))
    expect(readFileSync('built/t1_aug1.json')).toEqual(readFileSync('sources/t1_aug1.json'))
    await built('preview', 't1.nii.gz', 'built/t1_aug0.nii.gz', '--out', 'built.png')
    await voxaug('preview', 't1.nii.gz', 'sources/t1_aug0.nii.gz', '--out', 'sources.png')
    expect(readFileSync('built.png')).toEqual(readFileSync('sources.png'))
  })

  it('loads a plugin, by path or by package, for every command that takes one', async () => {
    const pipeline = { voxaug: 1, pipeline: [{ transform: 'test/Negate' }] }
    writeFileSync('negate.json', JSON.stringify(pipeline))
    const args = ['apply', '--image', 't1.nii.gz', '--pipeline', 'negate.json', '--plugin', plugin]
    expect((await built(...args, '--plugin', plugin)).stderr).toBe('')
    expect((await readNifti('t1_aug0.nii.gz')).data).toEqual(Float32Array.from(image.data, (x) => -x))

    mkdirSync('node_modules/negate', { recursive: true })
    writeFileSync('node_modules/negate/package.json', JSON.stringify({ exports: { './plugin': './plugin.js' } }))
    writeFileSync('node_modules/negate/plugin.js', `export { plugin as default } from ${JSON.stringify(plugin)}`)
    expect((await built('list', '--plugin', 'negate/plugin')).stdout).toContain(
      'test:\n  test/Fail    Fails with an error of its own.\n  test/Negate  Turns the sign of every voxel.\n',
    )
    expect((await built('describe', 'test/Negate', '--plugin', plugin)).stdout).toContain('"transform": "test/Negate"')
    expect((await built('schema', '--plugin', plugin)).stdout).toContain('"const": "test/Negate"')
  })

  it('says in one line what is wrong with a plugin', async () => {
    writeFileSync('none.mjs', 'export const a = 1, b = 2')
    writeFileSync('foreign.mjs', 'export default [{ definition: { name: "__proto__" } }]')
    writeFileSync('twice.mjs', 'export default [{ definition: { name: "geometry/Flip" } }]')
    writeFileSync('broken.mjs', 'throw new Error("no luck")')
    const lines = {
      'none.mjs': 'must export a list of transforms, as default or as plugin, got a, b.',
      'foreign.mjs': 'a plugin\'s transforms must be named package/Factory, got "__proto__".',
      'twice.mjs': 'geometry/Flip: two transforms are named geometry/Flip.',
      'broken.mjs': 'no luck',
      'no-such-package': `no such file, and no package no-such-package is installed in or above ${at.folder}.`,
    }
    for (const [specifier, line] of Object.entries(lines)) {
      const stderr = `voxaug: ${specifier}: ${line}\n`
      expect(await built('list', '--plugin', specifier)).toEqual({ status: 1, stdout: '', stderr })
    }
  })

  it('says in one line what a plugin throws, and writes nothing', async () => {
    writeFileSync('fail.json', '{"voxaug": 1, "pipeline": [{"transform": "test/Fail"}]}')
    const before = at.files()
    const args = ['apply', '--image', 't1.nii.gz', '--pipeline', 'fail.json', '--plugin', plugin, '--out', 'o']
    const stderr = 'voxaug: fail.json: cannot read properties\n'
    expect(await built(...args)).toEqual({ status: 1, stdout: '', stderr })
    expect(at.files()).toEqual(before)
  })

  it('leaves nothing when it is ended half-way', async () => {
    const before = at.files()
    const args = ['apply', '--image', 't1.nii.gz', '--pipeline', 'augment.json', '--copies', '100000', '--out', 'o']
    const child = spawn(process.execPath, [bin, ...args])
    const closed = once(child, 'close')
    await expect
      .poll(() => at.files().some((name) => name.endsWith('_aug00003.nii.gz')), { timeout: 20_000 })
      .toBe(true)
    child.kill('SIGTERM')
    expect(await closed).toEqual([143, null])
    expect(at.files().filter((name) => name !== 'o/')).toEqual(before)
  })

  it('does not mind a reader that has had enough', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${bin}" schema | head -n 1`])
    const error: string[] = []
    child.stderr.on('data', (part: Buffer) => error.push(part.toString()))
    expect(await once(child, 'close')).toEqual([0, null])
    expect(error).toEqual([])
  })

  it('comes with the schema of pipelines as a file', async () => {
    const file = fileURLToPath(new URL('../dist/pipeline.schema.json', import.meta.url))
    expect(readFileSync(file, 'utf8')).toBe((await voxaug('schema')).stdout)
  })
})

describe('README.md', () => {
  const blocks = (language: string) =>
    [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!)

  it('has examples that run', async () => {
    writeFileSync('p.json', blocks('json')[0]!)
    writeFileSync('my-transforms.js', `export { plugin } from ${JSON.stringify(plugin)}`)
    await writeNifti('t2.nii.gz', image)
    const lines = blocks('sh').flatMap((text) => text.replaceAll('\\\n', ' ').trim().split('\n'))
    expect(lines.length).toBeGreaterThan(8)
    for (const line of lines) {
      const [command, ...args] = line
        .replace(/ > .*$/, '')
        .trim()
        .split(/\s+/)
      expect([line, command]).toEqual([line, 'voxaug'])
      // The volumes of this test are a centimetre wide, which 7.5 mm fold.
      const stderr = expect.stringMatching(/^(voxaug: [^\n]*: warning: [^\n]* folds [^\n]*\n)*$/)
      expect([line, await voxaug(...args)]).toEqual([line, { status: 0, stdout: expect.anything(), stderr }])
    }
  })
})
