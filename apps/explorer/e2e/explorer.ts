import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Download, type Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { serve } from '../serve.mjs'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A page of the explorer, and what went on in it that nobody wants. */
export interface Opened {
  readonly page: Page
  /** Messages of the console, errors, violations of the policy, and requests for anything elsewhere; all of it must be empty. */
  readonly faults: string[]
  readonly close: () => Promise<void>
}

/** A browser and a server for the tests of one file. */
export function explorer(folder?: string) {
  let browser: Browser
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    server = await serve(folder ? { folder } : {})
    browser = await chromium.launch({ executablePath: process.env['VOXAUG_BROWSER']!, args })
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })
  return {
    address: () => server.address,
    async open(path = '', options: BrowserContextOptions = {}): Promise<Opened> {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        colorScheme: 'dark',
        ...options,
      })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        // Screenshots read what the graphics card has; the driver says that it had to wait.
        if (['error', 'warning'].includes(message.type()) && !/GPU stall due to ReadPixels/.test(message.text()))
          faults.push(`console: ${message.text()}`)
      })
      page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`))
      page.on('request', (request) => {
        const url = request.url()
        if (!url.startsWith(server.address) && !url.startsWith('blob:')) faults.push(`request: ${url}`)
      })
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`policy: ${violatedDirective} ${blockedURI}`),
        )
      })
      await page.goto(`${server.address}${path}`)
      if (!path.startsWith('gallery')) await settled(page)
      return { page, faults, close: () => context.close() }
    },
  }
}

/** Waits until the last change has been run and drawn, the rendering too. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.scan')
  // Twice: what was asked for last may not have begun the first time.
  for (const rest of [50, 800]) {
    await page.waitForSelector('main[aria-busy=false]')
    await page.waitForTimeout(rest)
  }
  await page.waitForSelector('main[aria-busy=false]')
}

/** The pixels of the image after. */
export const pixelsAfter = (page: Page): Promise<Buffer> => page.locator('.view.after .canvas').screenshot()

/** How much two pictures of one size differ at most, in a channel of a pixel. */
export const farthest = (page: Page, ...pngs: readonly [Buffer, Buffer]): Promise<number> =>
  page.evaluate(
    async (both) => {
      const [a, b] = await Promise.all(
        both.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
          const picture = await createImageBitmap(new Blob([bytes]))
          const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!
          context.drawImage(picture, 0, 0)
          return context.getImageData(0, 0, picture.width, picture.height).data
        }),
      )
      return a!.reduce((most, value, n) => Math.max(most, Math.abs(value - b![n]!)), 0)
    },
    pngs.map((png) => png.toString('base64')),
  )

/** Drops files onto the page, as one does from a folder. */
export async function drop(
  page: Page,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
  zone = 'image',
): Promise<void> {
  const plain = files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const)
  await page.evaluate(
    async ({ plain, zone }) => {
      const transfer = new DataTransfer()
      for (const [name, base64] of plain)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
      const send = (type: string, target: Element) =>
        target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
      send('dragover', document.body)
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))
      send('drop', document.querySelector(`[data-zone=${zone}]`) ?? document.body)
    },
    { plain, zone },
  )
}

export const dropFile = (page: Page, path: string, zone?: string): Promise<void> =>
  drop(page, [[basename(path), readFileSync(path)]], zone)

/** Adds a step, as one finds it by its name. */
export async function addStep(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a step', exact: true }).click()
  await page.getByRole('combobox', { name: 'Search transforms' }).fill(name)
  await page.getByRole('option', { name: new RegExp(`^${name} `) }).click()
}

/** Moves the first slider of an option to a part of its width. */
export async function slide(page: Page, step: string, option: string, tick: number): Promise<void> {
  const slider = page.locator(`[data-step="${step}"] [data-option="${option}"] input[type=range]`).first()
  await slider.evaluate((input: HTMLInputElement, tick) => {
    input.value = String(tick)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }, tick)
  await settled(page)
}

/** The names of the steps, from the top. */
export const stepNames = (page: Page): Promise<string[]> => page.locator('.step-name').allInnerTexts()

/** What a button downloads. */
export async function downloaded(
  page: Page,
  name: string | RegExp,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('dialog').getByRole('button', { name }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** Nothing went wrong that nobody saw. */
export const expectNoFaults = ({ faults }: Opened): void => expect(faults).toEqual([])
