import { signal } from '@preact/signals'
import type { PipelineJson } from '@voxaug/core'
import type { Pixels } from '@voxaug/figure'
import { useEffect } from 'preact/hooks'
import type { TransformInfo } from '../engine/catalog.ts'
import { PixelCanvas } from '../page/pixel-canvas.tsx'
import { engine } from '../state/engine.ts'
import { hashOf } from '../state/link.ts'
import { firstLook } from '../state/look.ts'
import { shortName } from '../state/pipeline.ts'

/** Of every picture: one that shows well what is random. */
const seed = 5

const infos = signal<readonly TransformInfo[]>([])
/** By name; the head as it is has none. */
const pictures = signal<ReadonlyMap<string, Pixels | string>>(new Map())

/** Every transform with what it does to the same head, and a link that opens it in the explorer. */
export function Gallery() {
  useEffect(() => void fill(), [])
  const groups = [...new Set(infos.value.map(({ name }) => name.replace(/\/.*$/, '')))]
  return (
    <div class="gallery">
      <header class="top">
        <h1>
          voxaug <span>gallery</span>
        </h1>
        <p class="scan">What every transform does to the same made-up head. Choose one to try it.</p>
        <nav class="tools" aria-label="Tools">
          <a class="button strong" href="index.html">
            Explorer
          </a>
        </nav>
      </header>
      <main>
        <section aria-label="As it is">
          <div class="cards">
            <div class="card">
              <Picture found={pictures.value.get('')} />
              <b>As it is</b>
              <span>The head that all others begin with.</span>
            </div>
          </div>
        </section>
        {groups.map((group) => (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{group}</h2>
            <div class="cards">
              {infos.value
                .filter(({ name }) => name.startsWith(`${group}/`))
                .map((info) => (
                  <a
                    key={info.name}
                    class="card"
                    href={`index.html${hashOf([info.example], seed, [], firstLook)}`}
                    data-transform={info.name}
                  >
                    <Picture found={pictures.value.get(info.name)} />
                    <b>{shortName(info.name)}</b>
                    <span>{info.help}</span>
                  </a>
                ))}
            </div>
          </section>
        ))}
      </main>
    </div>
  )
}

function Picture({ found }: { readonly found: Pixels | string | undefined }) {
  return (
    <div class="picture">
      {typeof found === 'string' ? <p class="problem">{found}</p> : found && <PixelCanvas pixels={found} />}
    </div>
  )
}

async function fill(): Promise<void> {
  const opened = engine.openPhantom()
  const catalog = await engine.catalog()
  if ('value' in catalog) infos.value = catalog.value
  await opened
  const all = [{ name: '', steps: [] }, ...infos.value.map(({ name, example }) => ({ name, steps: [example] }))]
  for (const { name, steps } of all) {
    const json: PipelineJson = { voxaug: 1, pipeline: steps }
    const found = await engine.variation({ json, seed }, false)
    pictures.value = new Map([...pictures.value, [name, 'value' in found ? found.value : found.problem.message]])
  }
}
