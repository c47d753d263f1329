import { Rotate } from '@voxaug/geometry'

export const augment = Rotate({ degrees: [-30, 30], axes: 'one' })
