import {
  type Affine,
  createRegistry,
  inverse,
  isVolume,
  orientationOf,
  type PipelineJson,
  pipelineFromJson,
  pipelineToJson,
  run,
  type Subject,
  sameSpace,
  type Trace,
  transformPoint,
  type Vec3,
  type Volume,
  VoxaugError,
  type Warning,
} from '@voxaug/core'
import { deformationOf, type FigureRow, figure, type Pixels } from '@voxaug/figure'
import { stemOf, writeVolume } from '@voxaug/io'
import { overlaps } from '@voxaug/spatial'
import { plugins } from '../plugins.ts'
import { catalogOf, type TransformInfo } from './catalog.ts'
import { computeTimed, type TimedPass } from './compute-timed.ts'
import { type Deformation, sparseDeformation } from './deformation.ts'
import { differenceOf, limitOf } from './difference.ts'
import { type Histogram, histogramOf } from './histogram.ts'
import {
  autoWindow,
  differencePicture,
  greyPicture,
  labelPicture,
  type Picture,
  recycle,
  type Window,
} from './picture.ts'
import { type Entries, entriesNamed, type Loaded, openExtra, openFile, openPhantom, phantomExtras } from './subject.ts'
import { onGridOf, onlyWithin, reducedShape, viewOf } from './view.ts'

/** What is to be run. */
export interface Recipe {
  readonly json: PipelineJson
  readonly seed: number
}

/** What is to be shown of a run. */
export interface Wanted {
  /** On the grid of what it was before, to be laid over it; or its difference from that. */
  readonly as: 'itself' | 'over before' | 'difference'
  readonly deformation: boolean
  readonly channel: number
  /** The values shown black and white; found unless given. */
  readonly window: Window | undefined
}

/** A volume, as the page says what it is. */
export interface About {
  readonly entry: string
  readonly kind: 'image' | 'label'
  readonly file: string
  /** What `voxaug apply` calls what it writes of it. */
  readonly output: string
  /** Whether it is of the made-up head. */
  readonly isOurs: boolean
  readonly shape: readonly number[]
  readonly spacingMm: Vec3
  readonly orientation: string
  readonly dtype: string
  readonly channels: number
}

/** The subject, as it was opened. */
export interface Before {
  /** Another number for other entries. */
  readonly subject: number
  readonly entries: readonly About[]
  /** Entries beside these that steps may read. */
  readonly extras: readonly string[]
  readonly key: string
  readonly picture: Picture
  readonly labels: Picture | undefined
  readonly window: Window
  readonly warnings: readonly Warning[]
  /** The shape that is shown, where the whole is too large for the viewer. */
  readonly reducedTo: readonly number[] | undefined
}

/** A label map after a run. */
export interface AfterLabels {
  readonly picture: Picture
  readonly passes: readonly TimedPass[]
}

/** What came of a run. */
export interface After {
  readonly picture: Picture
  readonly window: Window
  readonly deformation: Deformation | undefined
  readonly image: Pick<About, 'shape' | 'spacingMm' | 'orientation' | 'dtype'>
  readonly passes: readonly TimedPass[]
  readonly warnings: readonly Warning[]
  /** What the steps drew, by path. */
  readonly drawn: readonly Pick<Trace['steps'][number], 'path' | 'transform' | 'params'>[]
  readonly reducedTo: readonly number[] | undefined
}

/** Values at a place of the world; undefined outside. */
export interface Probe {
  readonly voxel: readonly number[]
  readonly value: number | undefined
  readonly label: number | undefined
}

/** A file to be saved. */
export interface Saved {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

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
    const old = { entries, isPhantom, before, after }
    try {
      entries = others
      isPhantom = phantom
      before = undefined
      after = undefined
      subject++
      return show()
    } catch (error) {
      ;({ entries, isPhantom, before, after } = old)
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
      if (after?.as !== as) return undefined
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

    /** A figure of the run: before, after, what changed, and how space was deformed. */
    async savePng(recipe: Recipe, channel: number): Promise<Saved> {
      const { subject, output, trace } = await exactly(recipe)
      const [from, to] = [subject['image'] as Volume, output['image'] as Volume]
      const labelOf = (some: Subject) => some['label'] as Volume | undefined
      const { label: _, ...others } = subject
      const rows: FigureRow[] = [
        { title: key().replaceAll(/[^ -~]/g, '?'), image: from, label: labelOf(subject) },
        { title: `seed ${recipe.seed}`, image: to, label: labelOf(output) },
        ...(sameSpace(from, to) ? [{ title: 'difference', image: to, minus: from }] : []),
        ...(trace.steps.length > 0
          ? [{ title: 'every 10 mm', image: to, deformation: deformationOf(trace, { entries: others }) }]
          : []),
      ]
      return {
        name: `${key()}_aug0.png`,
        bytes: await pngOf(
          figure(rows.map((row) => ({ ...row, channel: Math.min(channel, row.image!.channels - 1) }))),
        ),
      }
    },
  }
}

/** The platform's own encoder is here already. */
async function pngOf({ width, height, data }: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data.buffer), width, height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
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

function probe(subject: Subject, mm: Vec3, channel: number): Probe | undefined {
  const image = subject['image']
  if (!image || !isVolume(image)) return undefined
  const label = subject['label']
  return {
    voxel: indexOf(image.affine, mm),
    value: valueAt(image, mm, Math.min(channel, image.channels - 1)),
    label: label && isVolume(label) ? valueAt(label, mm, 0) : undefined,
  }
}

function valueAt({ shape: [nx, ny, nz], affine, data }: Volume, mm: Vec3, channel: number): number | undefined {
  const [i, j, k] = indexOf(affine, mm)
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
  return isInside ? data[i + nx * (j + ny * (k + nz * channel))] : undefined
}

const indexOf = (affine: Affine, mm: Vec3) =>
  transformPoint(inverse(affine), mm).map((x) => Math.floor(x + 0.5)) as unknown as Vec3
