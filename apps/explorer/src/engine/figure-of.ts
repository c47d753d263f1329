import { type Subject, sameSpace, type Trace, type Volume } from '@voxaug/core'
import { deformationOf, type FigureRow, figure, type Pixels } from '@voxaug/figure'

/** A figure of a run, as PNG: before, after, what changed, and how space was deformed. */
export async function figureOf(
  { subject, output, trace }: { readonly subject: Subject; readonly output: Subject; readonly trace: Trace },
  { key, seed, channel }: { readonly key: string; readonly seed: number; readonly channel: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const [from, to] = [subject['image'] as Volume, output['image'] as Volume]
  const labelOf = (some: Subject) => some['label'] as Volume | undefined
  const { label: _, ...entries } = subject
  const rows: FigureRow[] = [
    { title: key.replaceAll(/[^ -~]/g, '?'), image: from, label: labelOf(subject) },
    { title: `seed ${seed}`, image: to, label: labelOf(output) },
    ...(sameSpace(from, to) ? [{ title: 'difference', image: to, minus: from }] : []),
    ...(trace.steps.length > 0
      ? [{ title: 'every 10 mm', image: to, deformation: deformationOf(trace, { entries }) }]
      : []),
  ]
  return pngOf(figure(rows.map((row) => ({ ...row, channel: Math.min(channel, row.image!.channels - 1) }))))
}

/** The platform's own encoder is here already. */
async function pngOf({ width, height, data }: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data.buffer), width, height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}
