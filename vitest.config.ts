import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const include = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tooling/*/*.test.ts']

const filesIn = (folder: string, recursive: boolean) =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' }).map((file) => join(folder, file))
const sources = [
  ...readdirSync(join(root, 'packages')).flatMap((name) => filesIn(join('packages', name, 'src'), true)),
  ...filesIn('apps/explorer/src', true),
  ...readdirSync(join(root, 'tooling'), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() && one.name !== 'consumers' ? filesIn(join('tooling', one.name), false) : [],
  ),
]

/** Whether a file, or a file beside it that it imports, wants Node: such a test cannot run in a browser. */
function wantsNode(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false
  seen.add(file)
  const code = readFileSync(file, 'utf8')
  if (/from 'node:|\bprocess\.[a-z]|\bBuffer\.[a-z]/.test(code)) return true
  // At the start of a line's statement: a test may have such words in a text.
  const beside = [...code.matchAll(/^(?:import|export|\}).* from '(\.[^']*\.ts)'/gm)].map(([, path]) =>
    join(dirname(file), path!),
  )
  return beside.some((one) => wantsNode(one, seen))
}

const chromium = (executablePath: string) => ({
  extends: true as const,
  test: {
    name: 'chromium',
    include,
    exclude: sources.filter((file) => file.endsWith('.test.ts') && wantsNode(join(root, file))),
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' as const }],
      provider: playwright({
        launchOptions: {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
    },
  },
})

/** The explorer as it is served, in a browser that is driven from outside: by itself, behind all others, since it wants both cores. */
const explorer = {
  extends: true as const,
  test: {
    name: 'explorer',
    include: ['apps/explorer/e2e/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A page on a shared machine may take its time.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
}

const browser = process.env['VOXAUG_BROWSER']
const given = process.env['VOXAUG_SEED'] ?? '20261125'
const seed = given === 'random' ? given : Number(given)
if (given === '' || (seed !== 'random' && !Number.isSafeInteger(seed)))
  throw new Error(`VOXAUG_SEED must be a whole number, or random, got ${JSON.stringify(given)}.`)

/** Tests read the packages' sources; the packed tarballs are tested by tooling/consumers. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@voxaug\/([a-z]+)$/, replacement: `${root}packages/$1/src/index.ts` },
      { find: /^@voxaug\/([a-z]+)\/([a-z]+)$/, replacement: `${root}packages/$1/src/$2.ts` },
    ],
  },
  test: {
    reporters: ['dot'],
    setupFiles: [`${root}tooling/property-seed.ts`],
    provide: { propertySeed: seed },
    // A shared machine may be many times slower than a quiet one; nothing here is a timed test.
    testTimeout: 60_000,
    projects: [{ extends: true, test: { name: 'node', include } }, ...(browser ? [chromium(browser), explorer] : [])],
  },
})
