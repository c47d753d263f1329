import { defineConfig, type Plugin } from 'vite'
import { niivueAssets } from './niivue-assets.ts'
import { pagePolicy } from './policy.mjs'

/** Modules of transforms to build in: absolute paths, separated by commas; see README. */
const named = (process.env['VOXAUG_PLUGINS'] ?? '').split(',').filter((name) => name !== '')

/** `virtual:plugins`: the transforms of others, with the module that each comes from. */
const others: Plugin = {
  name: 'voxaug-plugins',
  resolveId: (id) => (id === 'virtual:plugins' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:plugins') return undefined
    const imports = named.map((name, n) => `import plugin${n} from ${JSON.stringify(name)}`)
    const list = named.map((name, n) => `{ module: ${JSON.stringify(name)}, plugin: plugin${n} }`)
    return `${imports.join('\n')}\nexport default [${list.join(', ')}]`
  },
}

/** The policy in the pages themselves: a server may not be ours. */
const policyInPages: Plugin = {
  name: 'voxaug-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy }, injectTo: 'head-prepend' },
  ],
}

export default defineConfig({
  // Served from any folder.
  base: './',
  plugins: [others, niivueAssets, policyInPages],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', plugins: () => [others] },
  build: {
    target: 'es2022',
    // The policy of the page allows no data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    outDir: process.env['VOXAUG_EXPLORER_OUT'] ?? 'dist',
    emptyOutDir: true,
    rolldownOptions: {
      input: ['index.html', 'gallery.html'],
      // NiiVue by itself: what is left is the explorer's own code.
      output: { codeSplitting: { groups: [{ name: 'niivue', test: /niivue|gl-matrix|zarrita|nifti-reader/ }] } },
    },
  },
})
