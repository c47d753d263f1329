import { preset } from '../../tooling/presets/tsup.ts'

export default preset(['index', 'example', 'testing'])
