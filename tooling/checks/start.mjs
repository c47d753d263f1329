// npm start, as somebody types it: it must say an address, and the page must be there, under its policy.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const started = spawn('npm', ['start'], {
  env: { ...process.env, PORT: '4187' },
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
})
try {
  let address
  for await (const line of createInterface(started.stdout)) {
    console.log(line)
    address = /http:\S+/.exec(line)?.[0]
    if (address) break
  }
  if (!address) throw new Error('npm start ended without an address')
  const page = await fetch(address)
  const policy = page.headers.get('content-security-policy') ?? ''
  if (!page.ok || !(await page.text()).includes('voxaug explorer') || !policy.startsWith("default-src 'none'"))
    throw new Error(`the page is not as it should be: ${page.status}, ${policy}`)
} finally {
  // npm and what it started.
  process.kill(-started.pid)
  await once(started, 'exit')
}
