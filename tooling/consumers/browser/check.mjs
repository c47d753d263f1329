// Opens pages as Vite built them, and one without any bundler, in Chromium: they must say what Node says.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { readDicomSeries } from '@voxaug/dicom/node'
import { chromium } from 'playwright-core'
import { augment } from './augment.js'
import { describe, series } from './series.js'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}
const server = createServer(async ({ url }, response) => {
  const path = new URL(url, 'http://localhost').pathname
  try {
    const body = await readFile(join(import.meta.dirname, path))
    // WebAssembly is all that a strict page has to allow.
    const policy = path.startsWith('/dist/')
      ? { 'Content-Security-Policy': "script-src 'self' 'wasm-unsafe-eval'" }
      : {}
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', ...policy }).end(body)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const browser = await chromium.launch({
  executablePath: process.env.VOXAUG_BROWSER ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  const augmented = await augment()
  const [volume] = await readDicomSeries(series)
  assert.deepEqual(volume.shape, [3, 4, 3])
  for (const [path, wanted] of [
    ['/dist/index.html', augmented],
    ['/plain.html', augmented],
    ['/dist/dicom.html', describe(volume)],
  ]) {
    const page = await browser.newPage()
    const problems = []
    page.on('pageerror', (error) => problems.push(String(error)))
    // dcm2niix says on the console what it does.
    page.on('console', (message) => {
      if (message.type() !== 'log' || !path.includes('dicom')) problems.push(message.text())
    })
    await page.goto(`http://127.0.0.1:${server.address().port}${path}`)
    await page
      .waitForFunction(() => document.body.textContent.trim() !== '', undefined, { timeout: 20_000 })
      .catch(() => {})
    assert.deepEqual(problems, [], path)
    assert.equal((await page.textContent('body')).trim(), wanted, path)
  }
} finally {
  await browser.close()
  server.close()
}
