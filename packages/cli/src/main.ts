import { isVoxaugError } from '@voxaug/core'
import { type Command, parseArguments } from './arguments.ts'
import { commands } from './commands.ts'
import { commandHelp, generalHelp } from './help.ts'
import { oneLine } from './one-line.ts'
import { usage } from './usage.ts'
import { version } from './version.ts'

/** Where a command writes: results to `stdout`; warnings and the one line of an error to `stderr`. */
export interface Output {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

/**
 * Runs the command line: `await main(['info', 't1.nii.gz'])`.
 * @returns the exit status: 0 done, 1 bad input, 2 bad usage; it never rejects
 */
export async function main(args: readonly string[], output: Output = process): Promise<number> {
  try {
    await route(args, output)
    return 0
  } catch (error) {
    output.stderr.write(`voxaug: ${oneLine(error instanceof Error ? error.message : String(error))}\n`)
    return isVoxaugError(error) && error.code === 'usage' ? 2 : 1
  }
}

async function route([name, ...rest]: readonly string[], output: Output): Promise<void> {
  if (name === '--version' || name === '-v') return void output.stdout.write(`${version}\n`)
  if (name === '--help' || name === '-h' || name === 'help') return void output.stdout.write(helpOn(rest[0]))
  if (name === undefined) throw usage('a command is missing; voxaug --help lists them.')
  const command = commandOf(name)
  if (rest.includes('--help') || rest.includes('-h')) return void output.stdout.write(commandHelp(command))
  const given = parseArguments(command, rest)
  const run = await command.load()
  await run(given, output)
}

const helpOn = (name: string | undefined) => (name === undefined ? generalHelp(commands) : commandHelp(commandOf(name)))

function commandOf(name: string): Command {
  const command = commands.find((one) => one.name === name)
  if (command) return command
  const what = name.startsWith('-') ? 'option' : 'command'
  throw usage(`${name}: there is no such ${what}; voxaug --help lists them.`)
}
