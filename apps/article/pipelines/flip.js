import { Flip } from '@voxaug/geometry'

export const augment = Flip({
  axes: ['left-right', 'anterior-posterior', 'inferior-superior'],
  probability: 0.5,
})
