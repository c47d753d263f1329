// Serves what was built, on this computer alone, under a policy that lets it load nothing from anywhere else.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { policy } from './policy.mjs'

/** Serves a folder; gives the address, and what ends it. `port` 0 takes one that is free. */
export async function serve({ port = 0, folder = fileURLToPath(new URL('dist', import.meta.url)) } = {}) {
  const files = sirv(folder, {
    etag: true,
    setHeaders(response) {
      response.setHeader('Content-Security-Policy', policy)
      response.setHeader('X-Content-Type-Options', 'nosniff')
      response.setHeader('Referrer-Policy', 'no-referrer')
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    },
  })
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.statusCode = 404
      response.end('There is no such file.')
    }),
  )
  await new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return { address: `http://localhost:${server.address().port}/`, close: () => server.close() }
}

/** Serves a folder at the usual port, or at one that is free, and says where. */
export async function listen(folder) {
  // Another explorer may have the port.
  const { address } = await serve({ port: Number(process.env.PORT ?? 4180), folder }).catch(() => serve({ folder }))
  process.stdout.write(`The explorer is at ${address} (Ctrl+C ends it)\n`)
}
