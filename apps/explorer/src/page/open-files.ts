import { openPipeline } from '../state/links.ts'
import { tellError } from '../state/notice.ts'
import { openFile } from '../state/subject.ts'

/** How files call themselves that hold labels. */
const labelLike = /(^|[^a-z])(seg|segmentation|label|labels|mask|lesion|aseg|dseg|parc|roi|gt)([^a-z]|$)/i

/** Opens what was dropped or picked: a scan, with a label map where there are two, or a pipeline as JSON. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const pipeline = files.find(({ name }) => /\.json$/i.test(name))
  if (pipeline && files.length === 1) return openPipelineFile(pipeline)
  if (files.length === 0) return
  if (files.length > 2)
    return tellError({ message: `Drop a scan, or a scan and its label map; got ${files.length} files.` })
  const label = files.length === 2 ? (files.find(({ name }) => labelLike.test(name)) ?? files[1]!) : undefined
  const image = files.find((file) => file !== label)!
  if ((await openFile(image, 'image', 'image')) && label) await openFile(label, 'label', 'label')
}

/** As large as no pipeline is. */
const most = 1_000_000

async function openPipelineFile(file: File): Promise<void> {
  if (file.size > most) return tellError({ message: `${file.name} is too large to be a pipeline.` })
  try {
    await openPipeline(JSON.parse(await file.text()))
  } catch {
    tellError({ message: `${file.name} is not JSON.` })
  }
}
