import type { Plugin } from 'vite'

/**
 * NiiVue has the picture of its letters, and another, as data: URLs in its code. The page's policy allows none: they become files
 * beside it.
 */
export const niivueAssets: Plugin = {
  name: 'niivue-assets',
  transform(code, id) {
    if (!id.includes('@niivue/niivue')) return undefined
    const replaced = code.replaceAll(
      /"data:image\/(png|jpeg);base64,([A-Za-z0-9+/=]+)"/g,
      (_, kind: string, base64: string) => {
        const file = this.emitFile({ type: 'asset', name: `niivue.${kind}`, source: Buffer.from(base64, 'base64') })
        return `import.meta.ROLLUP_FILE_URL_${file}`
      },
    )
    return replaced === code ? undefined : { code: replaced, map: null }
  },
}
