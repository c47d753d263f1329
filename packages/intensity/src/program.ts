import { takeData, type VoxelArray, voxelsOf } from '@voxaug/core'
import { blur, runProgram, type VoxelOp } from '@voxaug/kernels'
import { measuredOps } from './measured.ts'
import type { IntensityPending, Measured, VoxelStep } from './pending.ts'
import { startExactly } from './start-exactly.ts'

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
      const exact = startExactly(from, ops, to)
      runProgram(exact?.from ?? from, exact?.ops ?? ops, { start: channel * size, out: to })
      from = to
      ops = []
    }
    for (const queued of queue) {
      const { step } = queued
      const isWhole = step.step === 'blur' || isMeasured(step)
      if (isWhole && ops.length > 0) flush()
      if (step.step === 'blur') from = blur(from, source.shape, step.std, 'reflect', to)
      else if (isMeasured(step)) ops.push(...measuredOps({ ...queued, step }, from, warnings))
      else ops.push(opOf(step))
    }
    if (ops.length > 0 || from !== to) flush()
  }
  return out
}

const fixed: readonly VoxelStep['step'][] = ['clip', 'noise', 'rescale', 'blur']
const isMeasured = (step: VoxelStep): step is Measured => !fixed.includes(step.step)

function opOf(step: Extract<VoxelStep, { step: 'clip' | 'noise' | 'rescale' }>): VoxelOp {
  if (step.step === 'clip') return { op: 'clip', min: step.min, max: step.max }
  if (step.step === 'noise') return { op: 'noise', std: step.std, stream: step.stream }
  return { op: 'rescale', from: step.from, to: step.to, clip: step.clip }
}
