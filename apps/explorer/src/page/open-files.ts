import { openLink, openPipeline } from '../state/links.ts'
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

/** Opens what was copied elsewhere: files, a link to a state of this page, or a pipeline as JSON. */
export async function openPasted(pasted: DataTransfer): Promise<void> {
  if (pasted.files.length > 0) return openFiles([...pasted.files])
  const text = pasted.getData('text/plain').trim()
  if (text === '') return
  const hash = /^https?:\/\/[^\s#]+(#\S+)$/.exec(text)?.[1]
  if (hash) await openLink(hash)
  else await openText(text, 'What was pasted')
}

/** As large as no pipeline is. */
const most = 1_000_000

async function openPipelineFile(file: File): Promise<void> {
  if (file.size > most) return tellError({ message: `${file.name} is too large to be a pipeline.` })
  await openText(await file.text(), file.name)
}

async function openText(text: string, name: string): Promise<void> {
  if (text.length > most) return tellError({ message: `${name} is too large to be a pipeline.` })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return tellError({ message: `${name} is not JSON.` })
  }
  await openPipeline(json)
}
