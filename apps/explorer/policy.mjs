/** What the pages may load: themselves, and nothing from anywhere else. */
const directives = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self' blob:",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
]

/** As a page says it of itself, wherever it is served from. */
export const pagePolicy = directives.join('; ')

/** As a server says it: who may show the page in another is not the page's to say. */
export const policy = [...directives, "frame-ancestors 'none'"].join('; ')
