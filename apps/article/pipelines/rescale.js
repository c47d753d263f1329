import { Scale } from '@voxaug/geometry'

export const augment = Scale({ factor: [0.7, 1.2] })
