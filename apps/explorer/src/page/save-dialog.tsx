import { useSignal } from '@preact/signals'
import type { Saved } from '../engine/engine.ts'
import type { Answer } from '../engine/problem.ts'
import { commandOf, type InputFile, jsonOf, pipelineFile, type Recipe, typescriptOf } from '../state/code.ts'
import { engine } from '../state/engine.ts'
import { before, catalog, recipe, tellError, valueIn } from '../state/store.ts'
import { Dialog } from './dialog.tsx'
import { Icon } from './icons.tsx'

const forms = {
  TypeScript: (made: Recipe) => typescriptOf(made, catalog.value),
  JSON: ({ json }: Recipe) => jsonOf(json),
  Command: (made: Recipe) => `# with ${pipelineFile} beside it\n${commandOf(made)}\n`,
} as const

/** The pipeline as code, as data and as a command; the voxels, the trace and a picture as files. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const form = useSignal<keyof typeof forms>('TypeScript')
  const copied = useSignal('')
  const saving = useSignal('')
  const now = before.value
  if (!now) return null
  const { json, seed } = recipe.value
  const named = JSON.stringify(json)
  const extras = now.extras.filter((entry) => named.includes(`"${entry}"`))
  const files: readonly InputFile[] = [
    ...now.entries.map(({ entry, kind, file }) => ({ entry, kind, file })),
    ...extras.map((entry) => ({ entry, kind: 'image' as const, file: `${entry}.nii.gz` })),
  ]
  const text = forms[form.value]({ json, seed, files, key: now.key })
  const copy = async (what: string, content: string) => {
    await navigator.clipboard.writeText(content)
    copied.value = what
  }
  const save = async (what: string, asked: () => Promise<Answer<Saved>>) => {
    saving.value = what
    const saved = await valueIn(asked(), tellError)
    saving.value = ''
    if (saved) download(saved)
  }
  const isMadeUp = now.extras.length > 0 || now.entries.some(({ file }) => file === 'head.nii.gz')
  return (
    <Dialog title="Take it with you" onClose={onClose}>
      <fieldset class="segments">
        <legend class="hidden">Form</legend>
        {(Object.keys(forms) as (keyof typeof forms)[]).map((one) => (
          <label key={one}>
            <input type="radio" name="form" checked={form.value === one} onChange={() => (form.value = one)} />
            <span>{one}</span>
          </label>
        ))}
      </fieldset>
      <pre class="code" tabIndex={0} aria-label={form.value}>
        {text}
      </pre>
      <div class="row wrap">
        <button type="button" class="button strong" onClick={() => void copy(form.value, text)}>
          <Icon name="copy" /> Copy {form.value}
        </button>
        <button type="button" class="button" onClick={() => void copy('the link', location.href)}>
          <Icon name="copy" /> Copy a link to this
        </button>
        <span role="status" class="hint">
          {copied.value && `Copied ${copied.value}.`}
        </span>
      </div>
      <h3>Files</h3>
      <div class="row wrap">
        <button
          type="button"
          class="button"
          onClick={() => download({ name: pipelineFile, bytes: new TextEncoder().encode(jsonOf(json)) })}
        >
          <Icon name="save" /> {pipelineFile}
        </button>
        {now.entries.map(({ entry }) => (
          <button
            key={entry}
            type="button"
            class="button"
            onClick={() => void save(entry, () => engine.saveVolume({ json, seed }, entry))}
          >
            <Icon name="save" /> {entry} after, NIfTI
          </button>
        ))}
        <button
          type="button"
          class="button"
          onClick={() => void save('the trace', () => engine.saveTrace({ json, seed }))}
        >
          <Icon name="save" /> trace
        </button>
        <button
          type="button"
          class="button"
          onClick={() => void save('the picture', () => engine.savePng({ json, seed }))}
        >
          <Icon name="save" /> picture, PNG
        </button>
        {isMadeUp &&
          files.map(({ entry, file }) => (
            <button
              key={entry}
              type="button"
              class="button"
              onClick={() => void save(file, () => engine.saveInput(entry))}
            >
              <Icon name="save" /> {file}, as it was
            </button>
          ))}
        <span role="status" class="hint">
          {saving.value && `Making ${saving.value} …`}
        </span>
      </div>
      <p class="hint">
        Everything was computed here: no voxel leaves this computer. A link holds the pipeline, the seed and the view,
        and nothing of the scan.
      </p>
    </Dialog>
  )
}

function download({ name, bytes }: Saved): void {
  const url = URL.createObjectURL(new Blob([bytes]))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
