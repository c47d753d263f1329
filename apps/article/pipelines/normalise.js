import { RescaleIntensity, ZScore } from '@voxaug/intensity'

export const zscore = ZScore({ over: { label: 'label' } })

export const zeroToOne = RescaleIntensity({ to: [0, 1] })
