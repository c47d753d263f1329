import { defineConfig } from 'tsup'

/** Packages stay external: what the reference says is what is published. */
export default defineConfig({ entry: ['main.ts'], format: 'esm', target: 'es2022', clean: true })
