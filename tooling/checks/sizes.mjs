// Size budgets: what one import costs a page, bundled and minified by esbuild, in bytes after gzip -9.
// Core's two are promises, of 6 and 12.5 KiB; the others stand a tenth above what they were when last looked at, so that growth is noticed.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const budgets = [
  ["import { Compose, OneOf, RandomApply, run } from '@voxaug/core'", 6_144],
  ["import * as all from '@voxaug/core'", 12_800],
  ["import { Flip } from '@voxaug/geometry'", 42_000],
  ["import * as all from '@voxaug/geometry'", 51_500],
  ["import { ElasticDeformation } from '@voxaug/elastic'", 42_700],
  ["import * as all from '@voxaug/elastic'", 46_000],
  ["import { ZScore } from '@voxaug/intensity'", 32_400],
  ["import * as all from '@voxaug/intensity'", 35_700],
  ["import { readNifti } from '@voxaug/io'", 30_200],
  ["import { readVolume } from '@voxaug/io'", 43_000],
  ["import { writeNifti } from '@voxaug/io'", 15_500],
  // Without dcm2niix's worker, which a page loads when it first reads a series.
  ["import { readDicomSeries } from '@voxaug/dicom'", 33_000],
  ["import * as all from '@voxaug/figure'", 20_800],
  ["import { headPhantom } from '@voxaug/phantom'", 11_800],
  ["import { resample } from '@voxaug/kernels'", 29_100],
]

let over = 0
for (const [line, most] of budgets) {
  const [, names] = /import (.*) from/.exec(line)
  const used = names.startsWith('*') ? 'all' : names
  const { outputFiles, warnings } = await build({
    stdin: { contents: `${line}\nexport ${used === 'all' ? '{ all }' : used}`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
  })
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'))
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length
  if (bytes > most) over += 1
  console.log(`${bytes > most ? 'OVER' : 'ok  '} ${String(bytes).padStart(6)} of ${String(most).padStart(6)}  ${line}`)
}
process.exit(over > 0 ? 1 : 0)
