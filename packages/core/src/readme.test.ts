import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as core from './index.ts'
import * as testing from './testing.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!.replace(/^import.*$/gm, ''))

const values = Object.values(core)

function scale(): core.Named {
  const code = blocks[0]!.slice(0, blocks[0]!.indexOf('const image'))
  return new Function(...Object.keys(core), `${code}; return Scale`)(...values)
}

test('the README’s first example does what it says', () => {
  const body = `${blocks[0]}; return { image, output, again, trace }`
  const { image, output, again, trace } = new Function(...Object.keys(core), body)(...values)
  expect(image.data).toEqual(Int16Array.of(0, 10, 20, 30))
  const factors: readonly number[] = trace.steps.map(({ params }: core.Step) => params['factor'])
  expect([2, 3]).toContain(factors.at(-1))
  expect(output.image.data[3]).toBeCloseTo(
    factors.reduce((value, factor) => value * factor, 30),
    4,
  )
  expect(again.output).toEqual(output)
  const read = JSON.parse(JSON.stringify(trace))
  const registry = core.createRegistry([scale()])
  expect(core.replay(read, { image }, { registry }).output).toEqual(output)
})

test('the README’s transform keeps the contract, as its second example says', () => {
  const cases: testing.Case[] = []
  const collect = (name: string, check: () => void) => void cases.push({ name, check })
  new Function('contract', 'Scale', 'test', blocks[1]!)(testing.contract, scale(), collect)
  for (const { name, check } of cases) expect(check, name).not.toThrow()
  expect(cases.length).toBeGreaterThan(15)
})

test('the README names each public export', () => {
  for (const name of [...Object.keys(core), ...Object.keys(testing)]) {
    if (!['determinant', 'isInvertible', 'parseAffine', 'voxelsOf'].includes(name)) expect(readme).toContain(name)
  }
})
