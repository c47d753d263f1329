import { Compose } from '../combinators.ts'
import { isVoxaugError, show } from '../error.ts'
import { voxelsOf } from '../grid.ts'
import { run } from '../run.ts'
import { isVolume, points, type Subject } from '../subject.ts'
import { dtypeOf, type Volume, volume } from '../volume.ts'
import { assert, assertSame, copyOf, headOf } from './compare.ts'
import type { Case, Given, Setup } from './contract.ts'
import { countPasses } from './count-passes.ts'
import { obliqueGrid, smoothNoise } from './fixtures.ts'
import { thrownBy } from './options.ts'

/** What a transform promises of the volumes it takes and gives. */
export function voxels({ factory, examples, make, subject: makeSubject }: Setup): readonly Case[] {
  const { definition } = factory
  // As a step of a pipeline: a Compose of its own draws otherwise with entries to include than without.
  const augment = <S extends Subject>(subject: S, given?: Given) =>
    run(Compose([make(given)]), subject, { seed: 7 }).output
  const cases: Case[] = [
    {
      name: 'leaves the bytes of its input alone',
      check() {
        const subject = makeSubject()
        const copy = copyOf<Subject>({ ...subject })
        for (const seed of [1, 2, 3]) run(make(), subject, { seed })
        assertSame({ ...subject }, copy, 'the input')
      },
    },
    {
      name: 'tells grid and type before it computes, and they are the real ones',
      check() {
        const subject: Subject = { ...makeSubject() }
        let pending: Subject = subject
        const early = countPasses(() => {
          pending = run(Compose([make()]), subject, { seed: 7, compute: false }).output
        })
        assert(Object.keys(early).length === 0, `no voxel must be computed before it is read, got ${show(early)}.`)
        const heads = Object.values(pending).map(headOf).join()
        for (const [name, entry] of Object.entries(pending)) if (isVolume(entry)) assertHonest(entry, name)
        const computed = augment(subject)
        assert(heads === Object.values(computed).map(headOf).join(), 'what is told must not change with computing.')
        assertSame(computed, pending, 'what run computes')
      },
    },
    {
      name: 'gives entries that structuredClone copies, none of them NaN',
      check() {
        const output = augment({ ...makeSubject() })
        assertSame(structuredClone(output), output, 'the copy')
        for (const [name, entry] of Object.entries(output))
          if (isVolume(entry)) assert(entry.data.every(Number.isFinite), `${name} must have finite voxels.`)
      },
    },
    {
      name: 'gives labels no new value but the fill, and keeps their type',
      check() {
        for (const seed of [1, 2, 3]) {
          const { label } = makeSubject()
          const transform = make()
          const fill = transform.options['labelFill'] as number | undefined
          const after = run(transform, { ...makeSubject(), label }, { seed }).output.label
          const known = new Set([...label.data, ...(fill === undefined ? [] : [fill])])
          const fresh = [...after.data].find((value) => !known.has(value))
          assert(fresh === undefined, `labels must gain no value, got ${show(fresh)}.`)
          assert(after.dtype === label.dtype && after.kind === 'label', `labels must stay uint8, got ${after.dtype}.`)
        }
      },
    },
    {
      name: 'acts on what include names, and leaves what exclude names',
      check() {
        const subject: Subject = { ...makeSubject() }
        const all = augment(subject)
        const names = Object.keys(subject)
        for (const name of names) {
          for (const given of [{ include: [name] }, { exclude: names.filter((other) => other !== name) }]) {
            const output = augment(subject, given)
            for (const other of names) {
              if (other === name) assertSame({ [name]: output[name]! }, { [name]: all[name]! }, show(given))
              else assert(output[other] === subject[other], `${show(given)} must leave ${other} the same object.`)
            }
          }
        }
      },
    },
    {
      name: 'treats the first channel of two as the only one',
      check() {
        const { image } = makeSubject()
        const others = examples.entries?.()
        const alone = augment({ image, ...others }).image
        const both = augment({ image: withChannels(image, 2), ...others }).image
        const size = voxelsOf(both.shape)
        assert(
          both.channels === 2 && both.data.length === 2 * size,
          `two channels must stay two, got ${both.channels}.`,
        )
        const first = volume({ ...both, channels: 1, data: both.data.subarray(0, size) })
        assertSame({ image: first }, { image: alone }, 'of two channels')
        if (definition.changes !== 'geometry') return
        const second = volume({ ...both, channels: 1, data: both.data.subarray(size) })
        assertSame(
          { image: second },
          { image: augment({ image: reversed(image), ...others }).image },
          'the second of two channels',
        )
      },
    },
    {
      name: 'works on a single slice',
      check() {
        const grid = obliqueGrid([20, 24, 1])
        const image = smoothNoise(grid, 3)
        const label = volume({ ...grid, data: Uint8Array.from(image.data, (x) => (x > 0 ? 5 : 0)), kind: 'label' })
        const transform = examples.slice ? factory.create(examples.slice) : make()
        const { output } = run(
          transform,
          { image, label, points: points([[-3, -12, 9]]), ...examples.entries?.() },
          { seed: 7 },
        )
        for (const name of ['image', 'label'] as const) assertHonest(output[name], name)
        assert(output.image.data.every(Number.isFinite), 'the image must have finite voxels.')
      },
    },
    {
      name: 'refuses a volume whose buffer was transferred',
      check() {
        const subject = makeSubject()
        structuredClone(subject.image.data, { transfer: [subject.image.data.buffer] })
        const error = thrownBy(() => run(make(), subject, { seed: 7 }))
        assert(
          isVoxaugError(error) && error.code === 'invalid-volume',
          `a VoxaugError must be thrown, got ${String(error)}.`,
        )
      },
    },
  ]
  if (!definition.order) {
    cases.push({
      name: 'takes at most one pass over an entry',
      check() {
        const { passes } = run(make(), makeSubject(), { seed: 7 }).trace
        for (const [name, all] of Object.entries(passes))
          assert(all.length <= 1, `${name} must take at most one pass, got ${all.length}.`)
      },
    })
  }
  if (definition.changes === 'intensity') {
    cases.push({
      name: 'leaves label maps, points and grids alone',
      check() {
        const subject = makeSubject()
        const output = augment({ ...subject }) as unknown as typeof subject
        assert(output.label === subject.label && output.points === subject.points, 'they must stay the same objects.')
        assert(
          headOf(output.second) === headOf(subject.second),
          `a float32 image must keep grid and type, got ${headOf(output.second)}.`,
        )
      },
    })
  }
  const { identity } = examples
  if (identity) {
    cases.push({
      name: 'changes nothing, to the bit, where its options say so',
      check() {
        const subject = makeSubject()
        const { image, second, label, points } = run(factory.create(identity), subject, { seed: 7 }).output
        assertSame(
          { second, label, points },
          { second: subject.second, label: subject.label, points: subject.points },
          'identity',
        )
        const { data, dtype, ...head } = image
        assert(
          JSON.stringify(head.affine) === JSON.stringify(subject.image.affine) &&
            data.length === subject.image.data.length,
          'the grid must stay.',
        )
        const at = data.findIndex((value, n) => value !== subject.image.data[n])
        assert(at < 0, `voxel ${at} must be ${show(subject.image.data[at])}, got ${show(data[at])}.`)
      },
    })
  }
  return cases
}

function assertHonest(entry: Volume, name: string): void {
  const { shape, channels, dtype, data } = entry
  assert(
    shape.every((n) => Number.isSafeInteger(n) && n > 0) && data.length === voxelsOf(shape) * channels,
    `${name} must have as many voxels as its shape ${show(shape)} says, got ${data.length}.`,
  )
  assert(dtypeOf(data) === dtype, `${name} must be ${dtype} as it says, got ${show(dtypeOf(data))}.`)
}

const reversed = (image: Volume) => volume({ ...image, data: image.data.slice().reverse() })

/** The image, then the same backwards. */
function withChannels(image: Volume, channels: 2): Volume {
  const data = new Int16Array(channels * image.data.length)
  data.set(image.data)
  data.set(image.data.slice().reverse(), image.data.length)
  return volume({ ...image, data, channels })
}
