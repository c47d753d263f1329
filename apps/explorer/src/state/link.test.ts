import { pipelineFromJson } from '@voxaug/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySteps, registry } from '../engine/test-catalog.ts'
import { hashOf, linkFrom } from './link.ts'
import { firstLook, type Look } from './look.ts'

// + 0: a link knows one zero.
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)
const value = fc.double({ min: -1e300, max: 1e300, noNaN: true }).map((x) => x + 0)
const anyWindow = fc.tuple(value, value).filter(([black, white]) => black < white)
const angle = fc.double({ min: -360, max: 360, noNaN: true }).map((x) => x + 0)
const anyLook: fc.Arbitrary<Look> = fc
  .record<Look>(
    {
      layout: fc.constantFrom('side', 'wipe', 'difference'),
      labels: fc.boolean(),
      grid: fc.boolean(),
      view: fc.constantFrom('multi', 'axial', 'coronal', 'sagittal', 'render'),
      wipe: fc.double({ min: 1e-3, max: 100, noNaN: true }),
      channel: fc.maxSafeNat(),
      windowBefore: anyWindow,
      windowAfter: anyWindow,
      crosshair: fc.tuple(real, real, real),
      camera: fc.tuple(angle, angle, fc.double({ min: 0.1, max: 10, noNaN: true })),
    },
    { requiredKeys: ['layout', 'labels', 'grid', 'view', 'wipe', 'channel'] },
  )
  // A difference is as far from 0 on both sides.
  .map((look) => {
    const white = look.windowAfter?.[1] ?? 0
    if (look.layout !== 'difference' || !look.windowAfter) return look
    return { ...look, windowAfter: white > 0 ? ([-white, white] as const) : undefined }
  })
const anyOff = fc.uniqueArray(fc.constantFrom('0', '3', '12', '2.1', '2.10.4'))

/** A hash with one part that is not as it should be. */
const hash = (parts: Readonly<Record<string, string>>) => `#${new URLSearchParams({ pipeline: '[]', ...parts })}`

test('a link holds the seed and the pipeline, and of the look what is not as at first', () => {
  const off = ['1', '2.0']
  const look = { ...firstLook, grid: true, view: 'axial' } as const
  const parts = new URLSearchParams(hashOf([{ transform: 'geometry/Flip' }], 12, off, look).slice(1))
  expect(Object.fromEntries(parts)).toEqual({
    seed: '12',
    off: '1_2.0',
    grid: 'true',
    view: 'axial',
    pipeline: '[{"transform":"geometry/Flip"}]',
  })
  expect(hashOf([], 7, [], firstLook)).toBe('#seed=7&pipeline=%5B%5D')
})

test('what is put into a link comes out of it', () => {
  fc.assert(
    fc.property(anySteps, fc.maxSafeNat(), anyOff, anyLook, (steps, seed, off, look) => {
      const made = hashOf(steps, seed, off, look)
      expect(linkFrom(made)).toEqual({ pipeline: { voxaug: 1, pipeline: steps }, seed, off: new Set(off), look })
    }),
  )
})

test('any text comes through, in whatever letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const link = linkFrom(hashOf([{ transform: text }], 0, [], firstLook))
      expect(link!.pipeline).toEqual({ voxaug: 1, pipeline: [{ transform: text }] })
    }),
  )
})

test('an address without a hash says nothing', () => {
  expect(linkFrom('')).toBeUndefined()
  expect(linkFrom('#')).toBeUndefined()
})

describe('damaged links', () => {
  test('without a pipeline', () => {
    expect(() => linkFrom('#seed=3')).toThrowErrorMatchingInlineSnapshot(`[Error: The link has no pipeline.]`)
  })

  test('with a pipeline that is cut off', () => {
    const whole = hashOf([{ transform: 'geometry/Flip' }], 7, [], firstLook)
    expect(() => linkFrom(whole.slice(0, -5))).toThrowErrorMatchingInlineSnapshot(
      `[Error: The link is damaged: its pipeline is not JSON.]`,
    )
  })

  test('with a seed that is no whole number from 0', () => {
    for (const seed of ['-1', '1.5', 'seven', 'NaN', 'Infinity', '9007199254740992'])
      expect(() => linkFrom(hash({ seed })), seed).toThrow('The link is damaged: its seed is no whole number.')
    expect(linkFrom(hash({ seed: '9007199254740991' }))!.seed).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('with a wipe at either end: it stays there', () => {
    for (const wipe of [0, 100]) expect(linkFrom(hash({ wipe: String(wipe) }))!.look.wipe).toBe(wipe)
  })

  test('without a seed: it is 0', () => {
    expect(linkFrom('#pipeline=[]')!.seed).toBe(0)
  })

  test('longer than a million characters', () => {
    expect(() => linkFrom(`#pipeline=${' '.repeat(1_000_000)}[]`)).toThrowErrorMatchingInlineSnapshot(
      `[Error: The link is too long to be a pipeline.]`,
    )
  })

  test('with words for the look that nobody knows: it is as at first', () => {
    const link = linkFrom(hash({ layout: 'constructor', view: '__proto__', labels: 'yes', grid: '1' }))
    expect(link!.look).toEqual(firstLook)
  })

  test('with a window of a difference that is not as far from 0 on both sides: it is as at first', () => {
    const ofDifference = (windowAfter: string) => linkFrom(hash({ layout: 'difference', windowAfter }))!.look
    for (const text of ['-20_-10', '-5_0', '10_20', '-5_6'])
      expect(ofDifference(text).windowAfter, text).toBeUndefined()
    expect(ofDifference('-5.5_5.5').windowAfter).toEqual([-5.5, 5.5])
  })

  test.each<readonly [keyof Look, readonly string[]]>([
    ['wipe', ['-1', '100.5', 'half', '', '5_5', 'NaN']],
    ['channel', ['-1', '1.5', '1e300', ' ', '1_2', 'Infinity']],
    ['windowBefore', ['5', '5_5', '6_5', '_5', '1_Infinity', '1_2_3', 'a_b', '-1.7e308_1.7e308']],
    ['windowAfter', ['0_-1', 'NaN_1', '']],
    ['crosshair', ['1_2', '1_2_3_4', '1_2_Infinity', '1__3', '__proto__']],
    ['camera', ['110_10', '110_10_0', '110_10_11', '110_10_-1', 'x_10_1', '361_10_1', '110_-1e17_1']],
  ])('with numbers for the %s that are none of its: it is as at first', (key, texts) => {
    for (const text of texts) expect(linkFrom(hash({ [key]: text }))!.look, text).toEqual(firstLook)
  })

  test('with places that are none: they are left out', () => {
    expect(linkFrom(hash({ off: '1_x_2.1_-3_4._.5__6..7_0' }))!.off).toEqual(new Set(['1', '2.1', '0']))
  })

  test('cut off anywhere, a link is read or refused with a sentence', () => {
    fc.assert(
      fc.property(anySteps, fc.double({ min: 0, max: 1, noNaN: true }), (steps, part) => {
        const whole = hashOf(steps, 7, ['0'], firstLook)
        try {
          linkFrom(whole.slice(0, Math.round(part * whole.length)))
        } catch (error) {
          expect((error as Error).message).toMatch(/^The link (has no pipeline|is damaged: .*)\.$/)
        }
      }),
    )
  })
})

describe('hostile links', () => {
  test('a __proto__ stays a key like any other, which the check of the pipeline refuses', () => {
    const step = '{"transform":"geometry/Flip","options":{"axes":["x"],"__proto__":{"hacked":1}}}'
    const inOptions = linkFrom(hash({ pipeline: `[${step}]` }))!
    expect(({} as Record<string, unknown>)['hacked']).toBeUndefined()
    expect(() => pipelineFromJson(inOptions.pipeline, registry)).toThrow('there is no option __proto__')
    const inStep = linkFrom(hash({ pipeline: '[{"transform":"geometry/Scale","__proto__":{"options":{}}}]' }))!
    expect(() => pipelineFromJson(inStep.pipeline, registry)).toThrow('there is no key "__proto__" here')
  })

  test('a pipeline that is no list is refused by the check', () => {
    for (const pipeline of ['null', '{}', '"geometry/Flip"', '3']) {
      const link = linkFrom(hash({ pipeline }))!
      expect(() => pipelineFromJson(link.pipeline, registry)).toThrow('a pipeline must be')
    }
  })

  test('a list within lists to the greatest length is refused with a sentence', () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
    const refused = () => pipelineFromJson(linkFrom(`#pipeline=${deep}`)!.pipeline, registry)
    expect(refused).toThrow(/^Compose\[0\] > a step must be|^The link is damaged/)
  })
})
