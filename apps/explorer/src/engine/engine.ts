import {
  createRegistry,
  orientationOf,
  type PipelineJson,
  pipelineFromJson,
  pipelineToJson,
  run,
  type Subject,
  type Vec3,
  type Volume,
  VoxaugError,
} from '@voxaug/core'
import { figure, type Pixels } from '@voxaug/figure'
import { stemOf, writeVolume } from '@voxaug/io'
import { overlaps } from '@voxaug/spatial'
import { plugins } from '../plugins.ts'
import type { After, AfterLabels, Before, Probe, Recipe, Saved, Wanted } from './answers.ts'
import { catalogOf, type TransformInfo } from './catalog.ts'
import { computeTimed } from './compute-timed.ts'
import { sparseDeformation } from './deformation.ts'
import { differenceOf, limitOf } from './difference.ts'
import { figureOf } from './figure-of.ts'
import { type Histogram, histogramOf } from './histogram.ts'
import { autoWindow, differencePicture, greyPicture, labelPicture, recycle, type Window } from './picture.ts'
import { probe } from './probe.ts'
import { type Entries, entriesNamed, type Loaded, openExtra, openFile, openPhantom, phantomExtras } from './subject.ts'
import { onGridOf, onlyWithin, reducedShape, viewOf } from './view.ts'

const registry = createRegistry(...plugins.map(({ plugin }) => plugin))

/** Holds the subject and does what the page asks for; lives in a worker. Every method throws a VoxaugError for what it cannot do. */
export function createEngine() {
  let entries: Entries = new Map()
  let isPhantom = false
  let before: { view: Volume; channel: number; labels: Volume | undefined } | undefined
  /** The last run of these entries, and whether its label map is computed. */
  let after: { output: Subject; view: Volume; as: Wanted['as']; shown: Volume; hasLabels: boolean } | undefined
  /** Of the last file that somebody began to open: whichever ends later, it is the one they want. */
  let turn = 0
  let subject = 0
  let scan = 0

  /** Of the phantom, those that a pipeline asked for. */
  const extras = new Map<string, Loaded>()

  const image = () => {
    const found = entries.get('image')
    if (!found) throw new VoxaugError('no-scan', 'there is no scan yet.')
    return found
  }
  const key = () => stemOf(image().file)

  /** Other entries: what was computed from those before is of no use. */
  function replace(others: Entries, phantom: boolean): Before {
    const old = { entries, isPhantom, before, after, scan }
    try {
      if (others.get('image') !== entries.get('image')) scan++
      entries = others
      isPhantom = phantom
      before = undefined
      after = undefined
      subject++
      return show()
    } catch (error) {
      ;({ entries, isPhantom, before, after, scan } = old)
      throw error
    }
  }

  /** What `voxaug apply` calls an entry's output: a label map whose file has the image's name is told from it. */
  function outputOf(entry: string, file: string): string {
    const stem = stemOf(file)
    return entry !== 'image' && stem === key() ? `${stem}_${entry}_aug0.nii.gz` : `${stem}_aug0.nii.gz`
  }

  /** The scan that is there, as the viewer shows it, in a channel that it has. */
  function seen(channel: number): NonNullable<typeof before> {
    const { volume } = image()
    const own = Math.min(channel, volume.channels - 1)
    if (before?.channel === own) return before
    const view = viewOf(volume, own)
    const labels = entries.get('label')
    before = { view, channel: own, labels: labels && onGridOf(view, viewOf(labels.volume, 0)) }
    return before
  }

  function show(channel = 0, window?: Window): Before {
    const { volume } = image()
    const { view, labels } = seen(channel)
    const chosen = window ?? autoWindow(view)
    return {
      subject,
      scan,
      entries: [...entries].map(([name, { volume, file, isOurs }]) => ({
        ...gridOf(volume),
        entry: name,
        kind: volume.kind,
        file,
        output: outputOf(name, file),
        isOurs,
        channels: volume.channels,
      })),
      extras: isPhantom ? phantomExtras.filter((name) => !entries.has(name)) : [],
      key: key(),
      picture: greyPicture(view, chosen),
      labels: labels && labelPicture(labels),
      window: chosen,
      warnings: [...entries.values()].flatMap((one) => one.volume.warnings),
      reducedTo: reducedOf(volume),
    }
  }

  /** The entries that a pipeline acts on: those opened, and what it names of the phantom's others. */
  async function subjectFor(json: PipelineJson): Promise<Subject> {
    const named = isPhantom ? entriesNamed(json, registry) : new Set<string>()
    const wanted = phantomExtras.filter((name) => named.has(name))
    for (const name of wanted) {
      extras.set(name, extras.get(name) ?? (await openExtra(name)))
    }
    return Object.fromEntries(
      [...entries, ...wanted.map((name) => [name, extras.get(name)!] as const)].map(([name, one]) => [
        name,
        one.volume,
      ]),
    )
  }

  const exactly = async ({ json, seed }: Recipe) => {
    const subject = await subjectFor(json)
    return { subject, ...run(pipelineFromJson(json, registry), subject, { seed, key: key() }) }
  }

  return {
    catalog: (): readonly TransformInfo[] => catalogOf(plugins),

    async openPhantom(): Promise<Before> {
      const mine = ++turn
      const opened = await openPhantom()
      // Somebody's own scan is there meanwhile: it stays.
      return mine === turn || entries.size === 0 ? replace(opened, true) : show()
    },

    /** Opens a file as an entry. A new `image` begins another subject; where anything is wrong, all stays as it was. */
    async open(file: Blob, name: string, entry: string, kind: 'image' | 'label'): Promise<Before> {
      if (entry !== 'image') image()
      const mine = ++turn
      const loaded = await openFile(file, name, kind)
      if (mine !== turn) throw new VoxaugError('superseded', `${name} was left out: another file was opened meanwhile.`)
      if (kind === 'label') checkOverlap(image().volume, loaded.volume)
      const others = entry === 'image' ? [] : [...entries].filter(([other]) => other !== entry)
      return replace(new Map([...others, [entry, loaded]]), entry === 'image' ? false : isPhantom)
    },

    close: (entry: string): Before =>
      replace(new Map([...entries].filter(([name]) => name !== entry || name === 'image')), isPhantom),

    /** A pipeline that somebody wrote, as it is written once it was checked. */
    check: (json: unknown): PipelineJson => pipelineToJson(pipelineFromJson(json, registry)),

    showBefore: (channel: number, window: Window | undefined): Before => show(channel, window),

    /** Runs a pipeline and shows the image of it; `labelsAfter` gives its label map. */
    async run({ json, seed }: Recipe, wanted: Wanted): Promise<After> {
      const subject = await subjectFor(json)
      const { output, trace } = run(pipelineFromJson(json, registry), subject, { seed, key: key(), compute: false })
      const image = output['image'] as Volume
      const { passes, warnings } = computeTimed('image', image)
      const own = viewOf(image, Math.min(wanted.channel, image.channels - 1))
      const from = seen(wanted.channel).view
      const view = wanted.as === 'itself' ? own : onGridOf(from, own)
      const shown = wanted.as === 'difference' ? differenceOf(onlyWithin(own, view), from) : view
      after = { output, view: own, as: wanted.as, shown, hasLabels: false }
      const window = wanted.window ?? windowOf(wanted.as, shown)
      return {
        picture: pictureOf(wanted.as, shown, window),
        window,
        deformation: wanted.deformation ? sparseDeformation(trace, subject) : undefined,
        image: gridOf(image),
        passes,
        warnings: [...trace.warnings, ...warnings],
        drawn: trace.steps.map(({ path, transform, params }) => ({ path, transform, params })),
        reducedTo: reducedOf(image),
      }
    },

    /** The label map of the last run; it comes behind the image, which most look at. */
    labelsAfter(): AfterLabels | undefined {
      const label = after?.output['label'] as Volume | undefined
      if (!after || !label) return undefined
      const { passes } = computeTimed('label', label)
      after.hasLabels = true
      return { picture: labelPicture(onGridOf(after.shown, viewOf(label, 0))), passes }
    },

    /** The last run in another window; nothing where it was shown otherwise than `as`. */
    windowAfter(as: Wanted['as'], given: Window | undefined): Pick<After, 'picture' | 'window'> | undefined {
      if (!after || after.as !== as) return undefined
      const window = given ?? windowOf(as, after.shown)
      return { picture: pictureOf(as, after.shown, window), window }
    },

    /** Takes back the memory of pictures that were shown. */
    recycle: (buffers: readonly ArrayBuffer[]): void => buffers.forEach(recycle),

    /** How often values occur, before and after the last run. */
    histograms: (): readonly [Histogram | undefined, Histogram | undefined] => [
      before && histogramOf(before.view),
      after && histogramOf(after.view),
    ],

    /** What lies at a place of the world, before and after the last run; of label maps, where they are computed already. */
    probe(mm: Vec3, channel: number): readonly [Probe | undefined, Probe | undefined] {
      const subject = Object.fromEntries([...entries].map(([name, one]) => [name, one.volume]))
      const { label: _, ...withoutLabels } = after?.output ?? {}
      return [probe(subject, mm, channel), after && probe(after.hasLabels ? after.output : withoutLabels, mm, channel)]
    },

    /** One slice of a run, for a contact sheet or the gallery. */
    async variation(recipe: Recipe, labels: boolean, channel = 0): Promise<Pixels> {
      const { output } = await exactly(recipe)
      const image = output['image'] as Volume
      const label = labels ? (output['label'] as Volume | undefined) : undefined
      return figure([{ image, label, channel: Math.min(channel, image.channels - 1) }], {
        views: ['axial'],
        panelPx: 200,
      })
    },

    /** The output's files as `voxaug apply` writes them, but for the compressor: the image as float32. */
    async saveVolume(recipe: Recipe, entry: string): Promise<Saved> {
      const { output } = await exactly(recipe)
      const volume = output[entry] as Volume
      const bytes = await writeVolume(volume, {
        format: 'nii.gz',
        ...(volume.kind === 'image' && { dtype: 'float32' }),
      })
      return { name: outputOf(entry, entries.get(entry)!.file), bytes }
    },

    /** An input as a file: of the phantom, so that the command line can read it. */
    async saveInput(entry: string): Promise<Saved> {
      const { volume, file } = entries.get(entry) ?? extras.get(entry)!
      return { name: file, bytes: await writeVolume(volume, { format: 'nii.gz', dtype: volume.dtype }) }
    },

    async saveTrace(recipe: Recipe): Promise<Saved> {
      const { trace } = await exactly(recipe)
      return { name: `${key()}_aug0.json`, bytes: new TextEncoder().encode(`${JSON.stringify(trace, undefined, 2)}\n`) }
    },

    savePng: async (recipe: Recipe, channel: number): Promise<Saved> => ({
      name: `${key()}_aug0.png`,
      bytes: await figureOf(await exactly(recipe), { key: key(), seed: recipe.seed, channel }),
    }),
  }
}

export type Engine = ReturnType<typeof createEngine>

const pictureOf = (as: Wanted['as'], shown: Volume, window: Window) =>
  as === 'difference' ? differencePicture(shown, window[1]) : greyPicture(shown, window)

function windowOf(as: Wanted['as'], shown: Volume): Window {
  if (as !== 'difference') return autoWindow(shown)
  const limit = limitOf(shown)
  return [-limit, limit]
}

const gridOf = ({ shape, spacingMm, affine, dtype }: Volume) => ({
  shape,
  spacingMm,
  orientation: orientationOf(affine),
  dtype,
})

function reducedOf({ shape }: Volume): readonly number[] | undefined {
  const reduced = reducedShape(shape)
  return reduced === shape ? undefined : reduced
}

function checkOverlap(image: Volume, label: Volume): void {
  if (overlaps(image, label)) return
  throw new VoxaugError(
    'no-overlap',
    'the label map lies nowhere on the image: it belongs to another scan, or one affine is wrong.',
  )
}
