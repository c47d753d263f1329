import { Crop } from '@voxaug/geometry'

export const augment = Crop({ shape: [32, 40, 24], at: 'random' })
