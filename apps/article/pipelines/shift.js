import { Shift } from '@voxaug/geometry'

export const augment = Shift({ fraction: [-0.2, 0.2] })
