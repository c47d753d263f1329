import { describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { wrap } from './help.ts'
import { voxaug } from './test-folder.ts'
import { version } from './version.ts'

describe('help', () => {
  it('lists the commands', async () => {
    const { status, stdout } = await voxaug('--help')
    expect(status).toBe(0)
    expect(stdout.replace(version, '0.0.0')).toMatchInlineSnapshot(`
      "voxaug 0.0.0: augment 3D medical images.

      Usage:
        voxaug <command> [options]

      Commands:
        apply     Augment images and label maps together, as a pipeline says.
        preview   Draw a volume in three planes, before above after.
        info      Read a volume, verify it, and say what it holds.
        list      List the transforms, by package.
        describe  Explain a transform and its options.
        schema    Print the JSON Schema of pipelines, for editors.

      Options:
        --help     Explain voxaug, or the command before it.
        --version  Print the version.

      Exit status: 0 done, 1 bad input, 2 bad usage.
      "
    `)
    for (const args of [['-h'], ['help']]) expect((await voxaug(...args)).stdout).toBe(stdout)
  })

  it.each(commands.map(({ name }) => name))('explains %s in 80 columns, examples aside', async (name) => {
    const { stdout } = await voxaug(name, '--help')
    expect(stdout).toMatch(new RegExp(`\n\nUsage:\n {2}voxaug ${name} `))
    for (const line of stdout.split('Examples:')[0]!.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect((await voxaug('help', name)).stdout).toBe(stdout)
    expect((await voxaug(name, 'whatever', '--no-such', '-h')).stdout).toBe(stdout)
  })

  it('prints the version', async () => {
    expect(await voxaug('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('wraps words, and leaves a long one whole', () => {
    expect(wrap('a bc def', 4)).toEqual(['a bc', 'def'])
    expect(wrap('ab abcdefgh c', 4)).toEqual(['ab', 'abcdefgh', 'c'])
  })
})
