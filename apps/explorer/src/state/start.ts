import type { StepJson } from '@voxaug/core'
import { catalog, doc, history } from './document.ts'
import { engine } from './engine.ts'
import { openLink } from './links.ts'
import { tellError, valueIn } from './notice.ts'
import { nodesFrom } from './pipeline.ts'
import { openPhantom } from './subject.ts'

/** What one sees first: a step of each kind. */
const first: readonly StepJson[] = [
  { transform: 'geometry/Affine', options: { rotationDegrees: [0, 0, [-20, 20]], scale: [0.9, 1.1] } },
  { transform: 'elastic/ElasticDeformation', options: { maxDisplacementMm: 10 } },
  { transform: 'intensity/Gamma', options: { logGamma: [-0.3, 0.3] } },
]

/** Opens the head, with the pipeline of the address or the first one. */
export async function start(): Promise<void> {
  const head = openPhantom()
  const infos = await valueIn(engine.catalog(), tellError)
  if (!infos) return
  catalog.value = new Map(infos.map((info) => [info.name, info]))
  const isOpened = await openLink(location.hash)
  history.begin(isOpened ? doc.value : { ...doc.value, steps: nodesFrom(first, catalog.value) })
  await head
}
