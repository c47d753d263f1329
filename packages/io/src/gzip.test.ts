import { volume } from '@voxaug/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeNifti } from './index.ts'
import { bytesOf } from './test-file.ts'

const inflate = (bytes: Uint8Array<ArrayBuffer>) =>
  bytesOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))

/** Compresses to a third, at some cost. */
const large = volume({
  data: Int16Array.from({ length: 200 * 150 * 100 }, (_, n) => (n * n) % 97),
  shape: [200, 150, 100],
  spacingMm: [1, 2, 3],
})

describe('gzipLevel', () => {
  it('is smaller the higher it is, and holds the same', async () => {
    const file = await writeNifti(large, { dtype: 'int16', gzip: false })
    const [fast, small] = await Promise.all([1, 9].map((gzipLevel) => writeNifti(large, { dtype: 'int16', gzipLevel })))
    expect(small!.length).toBeLessThan(fast!.length)
    // Compared as text: toEqual takes seconds over millions of bytes.
    for (const bytes of [fast!, small!, await writeNifti(large, { dtype: 'int16' })])
      expect(await digest(await inflate(bytes))).toBe(await digest(file))
    // No name, no time: nothing but the voxels decides on the bytes.
    expect(Array.from(fast!.subarray(0, 8))).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
  })
})

describe('while a file is made', () => {
  afterEach(() => void vi.restoreAllMocks())

  it.each([{}, { gzip: false }, { gzipLevel: 6 }, { dtype: 'uint8', scaled: true, gzip: false }] as const)(
    'others get their turn: %j',
    async (options) => {
      // A clock by which every piece of work takes long.
      let clock = 0
      vi.spyOn(performance, 'now').mockImplementation(() => {
        clock += 20
        return clock
      })
      let turns = 0
      let over = false
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        turns++
        if (over) port1.close()
        else port2.postMessage(null)
      }
      port2.postMessage(null)
      await writeNifti(large, options)
      over = true
      // 3 million voxels of 4 bytes, a megabyte at a time.
      expect(turns).toBeGreaterThan(11)
    },
  )

  it('it may be aborted, with the reason as the cause', async () => {
    for (const options of [{}, { gzip: false }, { gzipLevel: 1 }]) {
      const controller = new AbortController()
      const writing = writeNifti(large, { ...options, signal: controller.signal })
      const reason = new Error('the page was left')
      controller.abort(reason)
      await expect(writing).rejects.toThrow(
        expect.objectContaining({
          code: 'aborted',
          name: 'VoxaugError',
          message: 'writing was aborted.',
          cause: reason,
        }),
      )
    }
  })

  it('a bad voxel far behind ends it with its own error', async () => {
    const data = new Float32Array(200 * 150 * 100)
    data[data.length - 1] = Number.NaN
    for (const options of [{}, { gzip: false }, { gzipLevel: 1 }]) {
      await expect(
        writeNifti(volume({ data, shape: [200, 150, 100] }), { dtype: 'int16', ...options }),
      ).rejects.toThrow(
        expect.objectContaining({
          code: 'out-of-range',
          message: 'voxel (199, 149, 99) must be a value that int16 holds, got NaN.',
        }),
      )
    }
  })

  it('its voxels must stay', async () => {
    const data = new Float32Array(2e6)
    const writing = writeNifti(volume({ data, shape: [200, 100, 100] }))
    structuredClone(data, { transfer: [data.buffer] })
    await expect(writing).rejects.toThrow(
      expect.objectContaining({
        code: 'invalid-volume',
        name: 'VoxaugError',
        message: 'data must stay while it is written, got 0 voxels.',
      }),
    )
  })
})

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
