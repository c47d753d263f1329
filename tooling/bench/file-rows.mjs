// The ratios of reading and writing files that have a target.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost } from './rows.mjs'

/** Makes a scan, measures, and takes it away again. `child` runs a script and gives what it prints. */
export function measureFiles(child, rounds, shape = []) {
  const folder = mkdtempSync(join(tmpdir(), 'voxaug-bench-'))
  const memory = (name) => child('files-memory.mjs', [join(folder, name)])
  try {
    const { voxels } = child('scan.mjs', [folder, ...shape])
    const names = ['scan.nii', 'stored.nii.gz', 'scan.nii.gz']
    return {
      voxels,
      ...child('files.mjs', [rounds, folder]),
      memory: Object.fromEntries(names.map((name) => [name, memory(name)])),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every row: what, its value, its target. */
export function fileRowsOf({ voxels, ms, blocked, memory }) {
  const inflated = (voxels * 2) / 2 ** 20
  const over = (what, name, floor, target) => atMost(what, ms[name] / ms[floor], target)
  const peak = (what, name) =>
    atMost(
      `${what}: peak memory over file inflated + result`,
      memory[name].peak / (inflated + memory[name].result),
      1.2,
    )
  const still = (name) => atMost(`${name}: longest that the event loop stood still, ms`, blocked[name], 50)
  return [
    over(
      '.nii to float32, over reading and a loop that copies and converts',
      'read .nii to float32',
      'copy and convert',
      1.5,
    ),
    over('.nii.gz as stored, over node:zlib alone', 'read .nii.gz as stored', 'gunzip alone', 1.15),
    over('.nii.gz to float32, over node:zlib alone', 'read .nii.gz to float32', 'gunzip alone', 1.15),
    over('writing .nii.gz, over node:zlib alone at level 1', 'write .nii.gz, level 1', 'gzip alone, level 1', 1.15),
    over('writing .nii.gz, over node:zlib alone at level 6', 'write .nii.gz, level 6', 'gzip alone, level 6', 1.15),
    peak('.nii to float32', 'scan.nii'),
    peak('.nii.gz as stored', 'stored.nii.gz'),
    peak('.nii.gz to float32', 'scan.nii.gz'),
    still('read .nii.gz as stored'),
    still('read .nii.gz to float32'),
    still('write .nii.gz, level 1'),
  ]
}
