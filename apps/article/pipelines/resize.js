import { Resize } from '@voxaug/geometry'

/** As the article does. */
export const nearest = Resize({
  factor: 0.5,
  antialias: false,
  interpolation: 'nearest',
})

export const half = Resize({
  factor: 0.5,
  labelInterpolation: 'vote',
})

export const twice = Resize({
  factor: 2,
  interpolation: 'cubic',
  labelInterpolation: 'vote',
})
