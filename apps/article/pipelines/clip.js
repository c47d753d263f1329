import { ClipPercentile } from '@voxaug/intensity'

export const clip = ClipPercentile({ lower: 5, upper: 95 })
