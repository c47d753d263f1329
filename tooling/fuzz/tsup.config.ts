import { defineConfig } from 'tsup'

/** Packages stay external: what is fuzzed is what is published. */
export default defineConfig({
  entry: ['main.ts', 'child.ts', 'make-corpus.ts'],
  format: 'esm',
  target: 'es2022',
  clean: true,
})
