import { expect, it } from 'vitest'
import * as web from './index.ts'
import * as node from './node.ts'

it('exports one function from each entry', () => {
  expect([Object.keys(web), Object.keys(node)]).toEqual([['readDicomSeries'], ['readDicomSeries']])
})
