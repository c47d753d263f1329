import { locate, type Stream, takeData, VoxaugError, type VoxelArray, voxelsOf, type Warning } from '@voxaug/core'
import { runProgram, statistics, type VoxelOp } from '@voxaug/kernels'
import type { IntensityPending, QueuedStep, Selection } from './pending.ts'

/** Runs queued steps over each channel: one pass over memory for all steps, but for those that must know the whole first. */
export function computeProgram({ source, queue, warnings }: IntensityPending): Float32Array {
  warnings.length = 0
  const size = voxelsOf(source.shape)
  const { data, owned } = takeData(source)
  const out = owned && data instanceof Float32Array ? data : new Float32Array(data.length)
  for (let channel = 0; channel < source.channels; channel++) {
    const part = <A extends VoxelArray>(array: A) => array.subarray(channel * size, (channel + 1) * size) as A
    const to = part(out)
    // What the next statistics or ops read: the source until the first ops have run.
    let from: VoxelArray = part(data)
    let ops: VoxelOp[] = []
    const flush = () => {
      runProgram(from as Float32Array, ops, { start: channel * size, out: to })
      from = to
      ops = []
    }
    for (const queued of queue) {
      if (queued.step.step === 'gamma' || queued.step.step === 'zscore') {
        if (ops.length > 0) flush()
        ops.push(...resolve(queued, from, warnings))
      } else ops.push(fixed(queued.step))
    }
    flush()
  }
  return out
}

type Fixed = Extract<QueuedStep['step'], { step: 'clip' | 'noise' }>

const fixed = (step: Fixed): VoxelOp =>
  step.step === 'clip'
    ? { op: 'clip', min: step.min, max: step.max }
    : { op: 'noise', std: step.std, stream: step.stream as Stream }

/** The ops of a step that needs statistics of the voxels before it. */
function resolve({ step, transform, path }: QueuedStep, voxels: VoxelArray, warnings: Warning[]): readonly VoxelOp[] {
  const measure = (over: Selection) => {
    const found = statistics(voxels, whereOf(over))
    const refuse = (code: string, message: string) => locate(new VoxaugError(code, message, { transform }), path)
    if (found.nonFinite > 0)
      throw refuse(
        'non-finite',
        `the volume must be finite here, got ${found.nonFinite} voxels that are NaN or infinite.`,
      )
    if (found.count === 0)
      throw refuse('empty-mask', 'there are no voxels to take statistics over: the selection is empty.')
    return found
  }
  if (step.step === 'gamma') {
    const { min, max } = measure('all')
    return min === max ? [] : [{ op: 'gamma', min, max, gamma: step.gamma }]
  }
  if (step.step !== 'zscore') return []
  const { mean, std } = measure(step.over)
  const where =
    step.applyTo === 'selection' && step.over !== 'all'
      ? { where: whereOf(step.over) as Exclude<ReturnType<typeof whereOf>, 'all'> }
      : {}
  if (std > 0) return [{ op: 'standardise', mean, std, ...where }]
  warnings.push({ code: 'constant', message: `${transform}: all voxels counted are ${mean}; they become 0.`, path })
  return [{ op: 'clip', min: 0, max: 0, ...where }]
}

function whereOf(selection: Selection): 'all' | 'nonzero' | Uint8Array {
  if (typeof selection === 'string') return selection
  const size = voxelsOf(selection.shape)
  const { data } = selection
  return data instanceof Uint8Array
    ? data.subarray(0, size)
    : Uint8Array.from(data.subarray(0, size), (label) => (label === 0 ? 0 : 1))
}
