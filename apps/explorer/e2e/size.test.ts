import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const assets = fileURLToPath(new URL('../dist/assets', import.meta.url))
/** NiiVue, and the decompressors that it loads when it needs them. */
const niivue = /^(niivue|blosc|lz4|zstd|chunk)-/

test('the app’s own code, worker and style included, is under 150 kB gzipped', () => {
  const own = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name) && !niivue.test(name))
  expect(own.some((name) => name.startsWith('worker'))).toBe(true)
  const bytes = own.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0)
  expect(bytes).toBeLessThan(150_000)
  expect(bytes).toBeGreaterThan(50_000)
})
