import { defineConfig } from 'tsup'

/** Packages stay external: the hashes are those of what is published. */
export default defineConfig({ entry: ['main.ts'], format: 'esm', target: 'es2022', clean: true })
