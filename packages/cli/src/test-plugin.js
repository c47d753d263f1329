// A third party's plugin, for tests.
import { define } from '@voxaug/core'

const Negate = define({
  name: 'test/Negate',
  help: 'Turns the sign of every voxel.',
  changes: 'intensity',
  options: {},
  sample: () => ({}),
  apply: (selected) =>
    Object.fromEntries(
      Object.entries(selected).map(([name, entry]) => [
        name,
        entry.kind === 'image' ? { ...entry, dtype: 'float32', data: Float32Array.from(entry.data, (x) => -x) } : entry,
      ]),
    ),
})

const Fail = define({
  name: 'test/Fail',
  help: 'Fails with an error of its own.',
  changes: 'intensity',
  options: {},
  sample: () => ({}),
  apply: () => {
    throw new TypeError('cannot read\nproperties')
  },
})

export const plugin = [Negate, Fail]
