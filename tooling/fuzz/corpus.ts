import type { Bytes } from './bytes.ts'

declare global {
  interface ImportMeta {
    /** Vite's: the files that a pattern names, here as data URLs, in Node and in browsers. */
    glob(pattern: string, options: { query: '?url&inline'; import: 'default'; eager: true }): Record<string, string>
  }
}

/** The committed corpus, by name in order. For tests: it wants Vite. */
export const corpus: ReadonlyMap<string, Bytes> = new Map(
  Object.entries(import.meta.glob('./corpus/*', { query: '?url&inline', import: 'default', eager: true }))
    .map(([path, url]): [string, Bytes] => [path.slice('./corpus/'.length), fromDataUrl(url)])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
)

function fromDataUrl(url: string): Bytes {
  const [head, body = ''] = url.split(',', 2) as [string, string?]
  if (!head.endsWith(';base64')) throw new Error(`no base64: ${head}`)
  return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))
}
