import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

/** Tests read the packages' sources; the packed tarballs are tested by tooling/consumers. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@voxaug\/([a-z]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@voxaug\/([a-z]+)\/([a-z]+)$/, replacement: `${packages}$1/src/$2.ts` },
    ],
  },
  test: { include: ['packages/*/src/**/*.test.ts', 'tooling/*/*.test.ts'] },
})
