import { readFileSync } from 'node:fs'
import * as core from '@voxaug/core'
import * as geometry from '@voxaug/geometry'
import * as intensity from '@voxaug/intensity'
import * as phantom from '@voxaug/phantom'
import { expect, test } from 'vitest'
import * as exported from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s example draws four rows of three panels', () => {
  const [, code = ''] = /```ts\n((?:.*\n)*?)```/.exec(readme) ?? []
  const names = { ...core, ...geometry, ...intensity, ...phantom, ...exported }
  const body = `${code.replace(/^import .*$/gm, '')}; return { pixels, png }`
  const { pixels, png } = new Function(...Object.keys(names), body)(...Object.values(names)) as {
    pixels: exported.Pixels
    png: Uint8Array
  }
  // 176 × 224 × 193.6 mm, at 3 pixels to a voxel of 2 mm: panels of 336 × 290, 264 × 290 and 264 × 336.
  expect(pixels).toMatchObject({
    width: 28 + 336 + 264 + 264 + 3 * 40 + 12,
    height: 28 + 4 * (19 + 336 + 40) + 3 * 14,
  })
  expect([...png.subarray(1, 4)]).toEqual([...'PNG'].map((letter) => letter.charCodeAt(0)))
})
