import { writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { encodePng, type FigureRow, figure } from '@voxaug/figure'
import { readVolume } from '@voxaug/io/node'
import { overlaps } from '@voxaug/spatial'
import { apart } from './apart.ts'
import type { Given } from './arguments.ts'
import { inFile } from './fail.ts'
import type { Output } from './main.ts'
import { checkTargets } from './outputs.ts'
import { placeFiles } from './place-files.ts'
import { usage } from './usage.ts'
import { printWarnings } from './warnings.ts'

/** `voxaug preview`: a row of three planes for each volume, the second below the first. */
export async function preview(given: Given, { stdout, stderr }: Output): Promise<void> {
  const images = given.positionals
  const labels = given.all('label')
  const target = given.one('out')!
  const force = given.has('force')
  if (!/\.png$/i.test(target)) throw usage(`--out: must end in .png, got ${target}.`)
  if (labels.length > images.length)
    throw usage(`--label: must be given at most once for each volume, got ${labels.length} for ${images.length}.`)
  const [folder, name] = [dirname(target), basename(target)]
  await checkTargets(folder, [name], [...images, ...labels], force)

  const rows: FigureRow[] = []
  const warnings = []
  for (const [n, path] of images.entries()) {
    const image = await readVolume(path)
    const labelPath = labels[n]
    const label = labelPath === undefined ? undefined : await readVolume(labelPath, { kind: 'label' })
    if (label && !overlaps(image, label)) throw apart(labelPath!, label, path, image)
    rows.push({ title: basename(path), image, label })
    warnings.push([path, image.warnings] as const, [labelPath ?? '', label?.warnings ?? []] as const)
  }
  const png = await inFile(images[0]!, () => encodePng(figure(rows)))
  await placeFiles(folder, force, (put) => put(name, (path) => writeFile(path, png)))
  for (const [file, some] of warnings) printWarnings(stderr, file, some)
  stdout.write(`${target}\n`)
}
