import { cos, cosDegrees, exp, log, pow, sin, sinDegrees } from '@voxaug/core'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'

/** A copy of the module that has not been used yet. */
async function fresh() {
  vi.resetModules()
  return (await import('./instance.ts')).withMemory
}

test('nothing is compiled before the first use, and only once', async () => {
  const compile = vi.spyOn(WebAssembly, 'Module')
  const withMemory = await fresh()
  expect(compile).not.toHaveBeenCalled()
  withMemory(1, () => {})
  withMemory(300 * 2 ** 20, () => {})
  withMemory(1, () => {})
  expect(compile).toHaveBeenCalledTimes(1)
  compile.mockRestore()
})

test('the region lies behind static data, is aligned, and as large as was asked for', async () => {
  const withMemory = await fresh()
  for (const bytes of [1, 65_536, 1_000_001, 5]) {
    withMemory(bytes, (kernels, buffer, base) => {
      expect(base % 16).toBe(0)
      expect(base).toBeGreaterThanOrEqual(kernels.heapBase())
      expect(base + bytes).toBeLessThanOrEqual(buffer.byteLength)
    })
  }
})

test('memory is used again, until it grew past 256 MiB', async () => {
  const withMemory = await fresh()
  const sizeNow = () => withMemory(1, (_, buffer) => buffer.byteLength)
  withMemory(100 * 2 ** 20, () => {})
  expect(sizeNow()).toBeGreaterThan(100 * 2 ** 20)
  const fail = () => {
    throw new Error('in use')
  }
  expect(() => withMemory(257 * 2 ** 20, fail)).toThrow('in use')
  expect(sizeNow()).toBeLessThan(2 ** 20)
})

test('more memory than there can be is an error that says how much', async () => {
  const withMemory = await fresh()
  expect(() => withMemory(2 ** 33, () => {})).toThrow(
    new RangeError('kernels: the engine cannot give 8193 MiB of WebAssembly memory.'),
  )
  expect(withMemory(1, () => 'still works')).toBe('still works')
})

test('core’s mathematics, compiled to WebAssembly, gives the same bits', async () => {
  const withMemory = await fresh()
  withMemory(0, (kernels) => {
    const one = { cos, cosDegrees, exp, log, sin, sinDegrees }
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: -800, max: 800 })), fc.double(), (x, y) => {
        for (const name of Object.keys(one) as (keyof typeof one)[]) expect(kernels[name](x)).toBe(one[name](x))
        expect(kernels.pow(x, y)).toBe(pow(x, y))
        expect(kernels.pow(Math.abs(x), y % 20)).toBe(pow(Math.abs(x), y % 20))
      }),
      { numRuns: 2000 },
    )
  })
})
