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
import { deformationOf, figure, type Pixels } from '@voxaug/figure'
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
import { onGridOf, reducedShape, viewOf } from './view.ts'

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
  readonly shape: readonly number[]
  readonly spacingMm: Vec3
  readonly orientation: string
  readonly dtype: string
  readonly channels: number
}

/** The subject, as it was opened. */
export interface Before {
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
  readonly image: About
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
  let before: { view: Volume; labels: Volume | undefined } | undefined
  let after: { output: Subject; view: Volume; shown: Volume } | undefined

  /** Of the phantom, those that a pipeline asked for. */
  const extras = new Map<string, Loaded>()

  const image = () => entries.get('image')!
  const key = () => stemOf(image().file)

  function show(channel = 0, window?: Window): Before {
    const { volume } = image()
    const view = viewOf(volume, Math.min(channel, volume.channels - 1))
    const labels = entries.get('label')
    before = { view, labels: labels && onGridOf(view, viewOf(labels.volume, 0)) }
    const chosen = window ?? autoWindow(view)
    return {
      entries: [...entries].map(([name, one]) => aboutOf(name, one.volume, one.file)),
      extras: isPhantom ? phantomExtras.filter((name) => !entries.has(name)) : [],
      key: key(),
      picture: greyPicture(view, chosen),
      labels: before.labels && labelPicture(before.labels),
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
      entries = await openPhantom()
      isPhantom = true
      return show()
    },

    /** Opens a file as an entry. A new `image` begins another subject; where anything is wrong, all stays as it was. */
    async open(file: Blob, name: string, entry: string, kind: 'image' | 'label'): Promise<Before> {
      const loaded = await openFile(file, name, kind)
      const old = { entries, isPhantom, before }
      const others = entry === 'image' ? [] : [...entries].filter(([other]) => other !== entry)
      try {
        if (kind === 'label') checkOverlap(image().volume, loaded.volume)
        entries = new Map([...others, [entry, loaded]])
        if (entry === 'image') isPhantom = false
        return show()
      } catch (error) {
        ;({ entries, isPhantom, before } = old)
        throw error
      }
    },

    close(entry: string): Before {
      entries = new Map([...entries].filter(([name]) => name !== entry || name === 'image'))
      return show()
    },

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
      const view = wanted.as === 'itself' ? own : onGridOf(before!.view, own)
      const shown = wanted.as === 'difference' ? differenceOf(view, before!.view) : view
      after = { output, view: own, shown }
      const window = wanted.window ?? windowOf(wanted.as, shown)
      return {
        picture: pictureOf(wanted.as, shown, window),
        window,
        deformation: wanted.deformation ? sparseDeformation(trace, subject) : undefined,
        image: aboutOf('image', image, ''),
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
      return { picture: labelPicture(onGridOf(after.shown, viewOf(label, 0))), passes }
    },

    /** The last run in another window. */
    windowAfter: (as: Wanted['as'], window: Window): Picture => pictureOf(as, after!.shown, window),

    /** Takes back the memory of pictures that were shown. */
    recycle: (buffers: readonly ArrayBuffer[]): void => buffers.forEach(recycle),

    /** How often values occur, before and after the last run. */
    histograms: (): readonly [Histogram | undefined, Histogram | undefined] => [
      before && histogramOf(before.view),
      after && histogramOf(after.view),
    ],

    /** What lies at a place of the world, before and after the last run. */
    probe(mm: Vec3): readonly [Probe, Probe] {
      const subject = Object.fromEntries([...entries].map(([name, one]) => [name, one.volume]))
      return [probe(subject, mm), probe(after?.output ?? subject, mm)]
    },

    /** One slice of a run, for a contact sheet. */
    async variation(recipe: Recipe, labels: boolean): Promise<Pixels> {
      const { output } = await exactly(recipe)
      return figure(
        [{ image: output['image'] as Volume, label: labels ? (output['label'] as Volume | undefined) : undefined }],
        {
          views: ['axial'],
          panelPx: 200,
        },
      )
    },

    /** The output's files as `voxaug apply` writes them, but for the compressor: the image as float32. */
    async saveVolume(recipe: Recipe, entry: string): Promise<Saved> {
      const { output } = await exactly(recipe)
      const volume = output[entry] as Volume
      const bytes = await writeVolume(volume, {
        format: 'nii.gz',
        ...(volume.kind === 'image' && { dtype: 'float32' }),
      })
      return { name: `${stemOf(entries.get(entry)!.file)}_aug0.nii.gz`, bytes }
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
    async savePng(recipe: Recipe): Promise<Saved> {
      const { subject, output, trace } = await exactly(recipe)
      const [from, to] = [subject['image'] as Volume, output['image'] as Volume]
      const labelOf = (some: Subject) => some['label'] as Volume | undefined
      const { label: _, ...others } = subject
      const rows = [
        { title: key().replaceAll(/[^ -~]/g, '?'), image: from, label: labelOf(subject) },
        { title: `seed ${recipe.seed}`, image: to, label: labelOf(output) },
        ...(sameSpace(from, to) ? [{ title: 'difference', image: to, minus: from }] : []),
        ...(trace.steps.length > 0
          ? [{ title: 'every 10 mm', image: to, deformation: deformationOf(trace, { entries: others }) }]
          : []),
      ]
      return { name: `${key()}_aug0.png`, bytes: await pngOf(figure(rows)) }
    },

    /** A transform's example on the subject, before and after, for the gallery. */
    async example(json: PipelineJson, seed: number): Promise<Pixels> {
      const { output } = await exactly({ json, seed })
      return figure([{ image: output['image'] as Volume }], { views: ['axial'], panelPx: 200 })
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

const aboutOf = (entry: string, volume: Volume, file: string): About => ({
  entry,
  kind: volume.kind,
  file,
  shape: volume.shape,
  spacingMm: volume.spacingMm,
  orientation: orientationOf(volume.affine),
  dtype: volume.dtype,
  channels: volume.channels,
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

function probe(subject: Subject, mm: Vec3): Probe {
  const at = (entry: string) => {
    const volume = subject[entry]
    return volume && isVolume(volume) ? { volume, index: indexOf(volume.affine, mm) } : undefined
  }
  const valueAt = (found: ReturnType<typeof at>) => {
    if (!found) return undefined
    const {
      volume,
      index: [i, j, k],
    } = found
    const [nx, ny, nz] = volume.shape
    const inside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
    return inside ? volume.data[i + nx * (j + ny * k)] : undefined
  }
  const image = at('image')!
  return { voxel: image.index, value: valueAt(image), label: valueAt(at('label')) }
}

const indexOf = (affine: Affine, mm: Vec3) =>
  transformPoint(inverse(affine), mm).map((x) => Math.floor(x + 0.5)) as unknown as Vec3
