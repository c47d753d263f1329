import { createRegistry, type Registry } from '../registry.ts'
import type { Subject } from '../subject.ts'
import type { Named, Plugin, Transform } from '../transform.ts'
import { drawing } from './drawing.ts'
import { type AsymmetricSubject, asymmetricSubject } from './fixtures.ts'
import { geometry } from './geometry.ts'
import { options } from './options.ts'
import { voxels } from './voxels.ts'

/** Options as data has them. */
export type Given = Readonly<Record<string, unknown>>

/** What the contract needs to know of a transform. Options must suit `asymmetricSubject()`, whose image has 20 × 24 × 18 voxels. */
export interface Examples {
  /** Options of an ordinary use. */
  readonly options: Given
  /** Whether these leave something to chance. */
  readonly random: boolean
  /** Options under which nothing changes, to the bit; absent where there are none. */
  readonly identity?: Given
  /** Options that must be refused, beside those of a wrong type, which are tried anyway. */
  readonly bad: readonly Given[]
  /** Options for an image of 20 × 24 × 1 voxels, where `options` do not suit it. */
  readonly slice?: Given
  /** Entries that `options` name, beside those of `asymmetricSubject()`. */
  readonly entries?: () => Subject
  /** What else pipeline JSON must know, where `options` hold other transforms. */
  readonly plugins?: readonly Plugin[]
}

/** One promise, for a test runner: `test(name, check)`. */
export interface Case {
  readonly name: string
  /** Throws where the promise is broken. */
  readonly check: () => void
}

/** What cases are made from. */
export interface Setup {
  readonly factory: Named
  readonly examples: Examples
  readonly registry: Registry
  /** What to run on, made anew. */
  readonly subject: () => AsymmetricSubject & Subject
  /** The transform, of the options of an ordinary use and what is given. */
  readonly make: (given?: Given) => Transform
}

/**
 * What every transform promises, ours and a third party's, as cases for any test runner:
 *
 * `for (const { name, check } of contract(Flip, { options: { axes: ['x'] }, random: false, bad: [] })) test(name, check)`
 */
export function contract(factory: Named, examples: Examples): readonly Case[] {
  const setup: Setup = {
    factory,
    examples,
    registry: createRegistry([factory], ...(examples.plugins ?? [])),
    subject: () => ({ ...asymmetricSubject(), ...examples.entries?.() }),
    make: (given) => factory.create({ ...examples.options, ...given }),
  }
  return [options, drawing, voxels, geometry].flatMap((cases) => cases(setup))
}
