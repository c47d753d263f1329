import { type Affine, type Grid, orientationOf, spacingOf, type Vec3 } from '@voxaug/core'

/** The three planes of a figure. */
export type View = 'sagittal' | 'coronal' | 'axial'

/** What the panels go by: the body's planes, or the axes of the array, as sagittal, coronal and axial if it is stored as RAS. */
export type Planes = 'anatomical' | 'voxels'

/** World axes: 0 left → right, 1 posterior → anterior, 2 inferior → superior; or voxel axes: 0 i, 1 j, 2 k. */
type AxisNumber = 0 | 1 | 2

/** Across and up the panel, and through it: world axes, or voxel axes, in the directions in which coordinates or indices grow. */
const axesOf: Record<View, { readonly across: AxisNumber; readonly up: AxisNumber; readonly through: AxisNumber }> = {
  sagittal: { across: 1, up: 2, through: 0 },
  coronal: { across: 0, up: 2, through: 1 },
  axial: { across: 0, up: 1, through: 2 },
}

/** One voxel axis as it lies in a panel. `grows`: its index increases in the panel's direction, right or up. */
export interface PanelAxis {
  readonly axis: AxisNumber
  readonly voxels: number
  readonly spacingMm: number
  readonly grows: boolean
}

/** How a grid is laid into a panel. Letters name the anatomical direction in which each edge lies. */
export interface PanelGeometry {
  readonly across: PanelAxis
  readonly up: PanelAxis
  readonly through: PanelAxis
  readonly letters: { readonly left: string; readonly right: string; readonly top: string; readonly bottom: string }
}

/**
 * Lays a grid into a panel along its own voxel axes: each taken for the world axis that it is nearest to, or as they are stored.
 */
export function panelGeometry(grid: Grid, view: View, planes: Planes = 'anatomical'): PanelGeometry {
  const orientation = orientationOf(grid.affine)
  const spacing = spacingOf(grid.affine)
  const panelAxis = (n: AxisNumber): PanelAxis => {
    const axis =
      planes === 'voxels' ? n : ([...orientation].findIndex((letter) => ends[n].includes(letter)) as AxisNumber)
    const grows = planes === 'voxels' || orientation[axis] === ends[n][1]
    return { axis, voxels: grid.shape[axis], spacingMm: spacing[axis], grows }
  }
  const { across, up, through } = axesOf[view]
  const [a, u, t] = [panelAxis(across), panelAxis(up), panelAxis(through)]
  const letters = (panel: PanelAxis, sign: 1 | -1) => {
    const nearest = ends.findIndex((pair) => pair.includes(orientation[panel.axis]!)) as AxisNumber
    return lettersOf(direction(grid.affine, panel, sign), nearest)
  }
  return {
    across: a,
    up: u,
    through: t,
    letters: { left: letters(a, -1), right: letters(a, 1), bottom: letters(u, -1), top: letters(u, 1) },
  }
}

/** The letters at the lower and the upper end of each world axis. */
const ends = ['LR', 'PA', 'IS'] as const

/** The world direction of a panel's right or top edge (sign 1), or of its left or bottom edge (−1), of length 1. */
function direction(affine: Affine, { axis, spacingMm, grows }: PanelAxis, sign: 1 | -1): Vec3 {
  const towards = (grows ? sign : -sign) / spacingMm
  return [affine[axis]! * towards, affine[axis + 4]! * towards, affine[axis + 8]! * towards]
}

/** sin 22.5°: from this obliquity on an edge is named by a second letter too, as radiological viewers do. */
const oblique = 0.3827

function lettersOf(towards: Vec3, first: AxisNumber): string {
  const letter = (world: AxisNumber) => ends[world][towards[world] > 0 ? 1 : 0]
  const others = ([0, 1, 2] as const)
    .filter((world) => world !== first && Math.abs(towards[world]) > oblique)
    .sort((a, b) => Math.abs(towards[b]) - Math.abs(towards[a]))
  return [first, ...others].map(letter).join('')
}

/** The index in memory of the n-th voxel along a panel's axis, counted in the panel's direction. */
export const indexAlong = ({ grows, voxels }: PanelAxis, n: number): number => (grows ? n : voxels - 1 - n)
