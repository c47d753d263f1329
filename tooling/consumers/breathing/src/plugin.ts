import type { Plugin } from '@voxaug/core'
import { Breathe } from './index.js'

const breathing: Plugin = [Breathe]

export default breathing
