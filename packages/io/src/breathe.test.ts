import { afterEach, expect, it, vi } from 'vitest'
import { breather } from './breathe.ts'

afterEach(() => void vi.restoreAllMocks())

it('gives a turn when the last was 15 ms ago, and not before', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(100)
  const breathe = breather()
  now.mockReturnValue(114)
  expect(breathe()).toBeUndefined()
  now.mockReturnValue(115)
  const turn = breathe()
  expect(turn).toBeInstanceOf(Promise)
  await turn
  now.mockReturnValue(129)
  expect(breathe()).toBeUndefined()
})

it('a turn lets messages come that were sent before', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0)
  const breathe = breather()
  now.mockReturnValue(1000)
  let came = false
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    came = true
    port1.close()
  }
  port2.postMessage(null)
  await Promise.resolve()
  expect(came).toBe(false)
  await breathe()
  expect(came).toBe(true)
})
