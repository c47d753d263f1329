import { Reorient, ResampleTo } from '@voxaug/geometry'

/** Voxel axes to the back, upwards, and to the right. */
export const otherWay = Reorient({ to: 'PSR' })

/** For { anatomy, label, epi }: all go to the grid of the last. */
export const ontoEpi = ResampleTo({
  entry: 'epi',
  labelInterpolation: 'vote',
})
