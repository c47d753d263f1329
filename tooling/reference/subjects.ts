import { exp, type Points, points, transformPoint, type Vec3, type Volume, volume } from '@voxaug/core'
import { headPhantom, type LabelName, labels } from '@voxaug/phantom'

/** A head, and what some transforms need beside. */
export type Head = {
  readonly image: Volume
  readonly label: Volume
  /** Its centre. */
  readonly lesion: Points
  readonly [name: string]: Volume | Points
}

/** What examples are run on, by name: a made-up head with its label map, and what some transforms need beside. */
export type SubjectName = keyof typeof makers

const made = new Map<SubjectName, Head>()

/** One of the subjects; made once, since no step writes to its input. */
export function subjectOf(name: SubjectName): Head {
  const known = made.get(name) ?? makers[name]()
  made.set(name, known)
  return known
}

/** Anisotropic and oblique, no two sides alike, and so coarse that its pictures stay small. */
function head(): Head {
  const { image, label } = headPhantom({ shape: [64, 80, 48], noiseStd: 8 })
  const few = volume({ ...label, data: Uint8Array.from(label.data, (value) => regions[value] ?? 0) })
  return { image, label: few, lesion: points([centerOf(few, 1)]) }
}

/** Where a label is, on average. */
function centerOf({ data, shape: [nx, ny], affine }: Volume, label: number): Vec3 {
  const places = Array.from(data).flatMap((value, n) =>
    value === label ? [[n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const] : [],
  )
  const mean = [0, 1, 2].map((axis) => places.reduce((sum, place) => sum + place[axis]!, 0) / places.length)
  return transformPoint(affine, mean as unknown as Vec3)
}

const brain: readonly LabelName[] = ['white', 'grey', 'deepGrey', 'brainStem', 'csf']

/** Few labels, so that the image shows through: the lesion 1, the ventricles 2, and all else within the skull 3. */
const regions: Readonly<Record<number, number>> = {
  [labels.lesion]: 1,
  [labels.ventricles]: 2,
  ...Object.fromEntries(brain.map((name) => [labels[name], 3])),
}

const makers = {
  head,
  'head and field': () => ({ ...head(), field: bulge(head().image) }),
  'head and pet': () => ({ ...head(), pet: headPhantom({ shape: [30, 38, 24], noiseStd: 8 }).image }),
}

/** Displacements that enlarge what lies about a place: they look towards it, most some way beside it. */
function bulge({ shape, affine }: Volume): Volume {
  const [nx, ny, nz] = shape
  const place = transformPoint(affine, [0.35 * nx, 0.62 * ny, 0.55 * nz])
  const [strength, widthMm] = [0.7, 32]
  const size = nx * ny * nz
  const data = new Float32Array(3 * size)
  for (let n = 0; n < size; n++) {
    const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const
    const way = transformPoint(affine, index).map((x, axis) => x - place[axis]!) as [number, number, number]
    const squared = way[0] * way[0] + way[1] * way[1] + way[2] * way[2]
    const towards = -strength * exp(-squared / (2 * widthMm * widthMm))
    way.forEach((x, axis) => {
      data[n + axis * size] = towards * x
    })
  }
  return volume({ data, shape, affine, channels: 3 })
}
