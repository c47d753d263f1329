// Who installs core and geometry gets what these need, and nothing else.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { Compose, run, volume } from '@voxaug/core'
import { Affine, Flip } from '@voxaug/geometry'

const data = Int16Array.from({ length: 3 * 4 * 5 }, (_, n) => (n * 37) % 101)
const image = volume({ data, shape: [3, 4, 5], spacingMm: [1, 2, 3] })
const { output } = run(Flip({ axes: ['x'] }), image, { seed: 1 })
assert.deepEqual([...output.data.slice(0, 3)], [...data.slice(0, 3)].reverse())
const moved = run(Compose([Flip({ axes: ['x'] }), Affine({ rotationDegrees: 10 })]), { image }, { seed: 1 })
assert.equal(moved.output.image.dtype, 'float32')
assert.equal(moved.trace.passes.image.length, 1)

const installed = ['@voxaug/core', '@voxaug/geometry', '@voxaug/kernels', '@voxaug/spatial']
const modules = new URL('node_modules/', import.meta.url)
const found = readdirSync(modules).filter((name) => !name.startsWith('.'))
assert.deepEqual(found, ['@voxaug'])
assert.deepEqual(
  readdirSync(new URL('@voxaug/', modules))
    .map((name) => `@voxaug/${name}`)
    .sort(),
  installed,
)
