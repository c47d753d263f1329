// Every property draws the same cases in every run, so that a change fails by what it broke. New cases are for whoever looks for
// them: VOXAUG_SEED=random npx vitest run --project node, or a number of one's own.
import fc from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    propertySeed: number | 'random'
  }
}

const seed = inject('propertySeed')
fc.configureGlobal(seed === 'random' ? {} : { seed })
