import { defineConfig } from 'tsup'

/** ESM and its types from `src/<entry>.ts`; `platform: 'neutral'` keeps Node-only fallbacks out of what browsers load. */
export const preset = (entries: readonly string[]) =>
  defineConfig({
    entry: entries.map((entry) => `src/${entry}.ts`),
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: [/^node:/],
    clean: true,
    treeshake: true,
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  })
