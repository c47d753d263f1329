import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a command in the root. Quiet ones show their output only when they fail.
 * A failure ends this process with the command's exit status.
 */
export function step(command, args, { quiet = false, env = {} } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 28,
  })
  if (status === 0) return
  process.stderr.write(`${quiet ? `${stdout}${stderr}\n` : ''}${error ?? ''}failed: ${command} ${args.join(' ')}\n`)
  process.exit(status ?? 1)
}

/**
 * Installs what the lockfile names, by the pnpm that package.json names, and builds what changed: all, or the workspaces of a
 * folder, as in `./packages/*`.
 */
export function build(folder) {
  const { packageManager } = createRequire(import.meta.url)('../package.json')
  const [pnpm] = packageManager.split('+')
  const settings = { CI: 'true', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }
  step('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], { quiet: true, env: settings })
  const filter = folder ? [`--filter=${folder}`] : []
  step('npx', ['turbo', 'run', 'build', '--output-logs=errors-only', ...filter], { quiet: true, env: settings })
}
