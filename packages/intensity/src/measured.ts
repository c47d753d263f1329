import { locate, VoxaugError, type VoxelArray, type Warning } from '@voxaug/core'
import { percentiles, statistics, type VoxelOp, type Where } from '@voxaug/kernels'
import type { Measured, QueuedStep } from './pending.ts'
import { type Selection, whereOf } from './selection.ts'

/** The ops of a step that goes by statistics of the voxels before it. */
export function measuredOps(
  { step, transform, path }: QueuedStep & { readonly step: Measured },
  voxels: VoxelArray,
  warnings: Warning[],
): readonly VoxelOp[] {
  const warn = (code: string, message: string) =>
    void warnings.push({ code, message: `${transform}: ${message}`, path })
  const refuse = (code: string, message: string) => locate(new VoxaugError(code, message, { transform }), path)
  const { over, applyTo, nan = 'error', empty = 'error', constant = 'warn' } = step.step === 'gamma' ? everything : step
  /** Throws, or tells that nothing counts. */
  const isEmpty = ({ count, nonFinite }: { readonly count: number; readonly nonFinite: number }) => {
    if (nonFinite > 0 && nan === 'error')
      throw refuse('non-finite', `the volume must be finite here, got ${nonFinite} voxels that are NaN or infinite.`)
    if (count > 0) return false
    if (empty === 'error')
      throw refuse('empty-mask', 'there are no voxels to take statistics over: the selection is empty.')
    warn('empty-mask', 'there are no voxels to take statistics over; the channel is left as it is.')
    return true
  }
  /** What a constant becomes, with a warning or an error. */
  const flatten = (value: number, becomes: number): readonly VoxelOp[] => {
    if (constant === 'error') throw refuse('constant', `the voxels that count must not be alike, got ${value} for all.`)
    warn('constant', `all voxels counted are ${value}; they become ${becomes}.`)
    return [{ op: 'clip', min: becomes, max: becomes, ...changing(applyTo) }]
  }
  const counted = whereOf(over)

  switch (step.step) {
    case 'gamma': {
      const found = statistics(voxels, counted)
      if (isEmpty(found)) return []
      const { min, max } = found
      return min === max ? [] : [{ op: 'gamma', min, max, gamma: step.gamma }]
    }
    case 'zscore': {
      const found = statistics(voxels, counted)
      if (isEmpty(found)) return []
      const { mean, std } = found
      return std > 0 ? [{ op: 'standardise', mean, std, ...changing(applyTo) }] : flatten(mean, 0)
    }
    case 'clip-percentiles': {
      const { min, max, ...found } = bounds(voxels, step.percents, counted)
      return isEmpty(found) ? [] : [{ op: 'clip', min, max, ...changing(applyTo) }]
    }
    case 'rescale-measured': {
      const { min, max, ...found } = bounds(voxels, step.percents, counted)
      if (isEmpty(found)) return []
      if (min === max && !isConstant(voxels, counted)) {
        const [low, high] = step.to
        warn('no-width', `both percentiles are ${min}: voxels above become ${high}, all others ${low}.`)
        return [{ op: 'rescale', from: [min, stepAbove(min)], to: step.to, clip: true, ...changing(applyTo) }]
      }
      if (min === max) return flatten(min, step.to[0])
      return [{ op: 'rescale', from: [min, max], to: step.to, clip: step.clip, ...changing(applyTo) }]
    }
  }
}

/** A number above x, and not above the next one in float32. */
const stepAbove = (x: number) => x + Math.max(2 ** -149, Math.abs(x) * 2 ** -52)

function isConstant(voxels: VoxelArray, counted: Where | 'all'): boolean {
  const { min, max } = statistics(voxels, counted)
  return min === max
}

/** Gamma goes by all voxels. */
const everything: Omit<Extract<Measured, { step: 'zscore' }>, 'step'> = { over: 'all', applyTo: 'all' }

/** Two percentiles; the least and greatest value are found faster. */
function bounds(voxels: VoxelArray, percents: readonly [number, number], counted: Where | 'all') {
  if (percents[0] === 0 && percents[1] === 100) return statistics(voxels, counted)
  const { values, count, nonFinite } = percentiles(voxels, percents, counted)
  return { min: values[0]!, max: values[1]!, count, nonFinite }
}

function changing(applyTo: Selection): { readonly where?: Where } {
  const where = whereOf(applyTo)
  return where === 'all' ? {} : { where }
}
