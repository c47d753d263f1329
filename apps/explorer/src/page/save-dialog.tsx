import { useSignal } from '@preact/signals'
import type { Saved } from '../engine/answers.ts'
import type { Answer } from '../engine/problem.ts'
import { commandOf, type InputFile, jsonOf, pipelineFile, type Recipe, typescriptOf } from '../state/code.ts'
import { catalog, recipe } from '../state/document.ts'
import { engine } from '../state/engine.ts'
import { linkToThis } from '../state/links.ts'
import { valueIn } from '../state/notice.ts'
import { before, channel } from '../state/subject.ts'
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
  const wrong = useSignal('')
  const saving = useSignal('')
  const now = before.value
  if (!now) return null
  const { json, seed } = recipe.value
  const named = JSON.stringify(json)
  const extras = now.extras.filter((entry) => named.includes(`"${entry}"`))
  const files: readonly (InputFile & { readonly isOurs: boolean })[] = [
    ...now.entries,
    ...extras.map((entry) => {
      const file = `${entry}.nii.gz`
      return { entry, kind: 'image' as const, file, output: `${entry}_aug0.nii.gz`, isOurs: true }
    }),
  ]
  const text = forms[form.value]({ json, seed, files, key: now.key })
  const copy = async (what: string, content: string) => {
    try {
      await navigator.clipboard.writeText(content)
      copied.value = `Copied ${what}.`
    } catch {
      wrong.value = 'The browser did not let this page write to the clipboard: select the text and copy it.'
    }
  }
  const save = async (what: string, asked: () => Promise<Answer<Saved>>) => {
    saving.value = what
    wrong.value = ''
    const saved = await valueIn(asked(), ({ message }) => {
      wrong.value = message
    })
    saving.value = ''
    if (saved) download(saved)
  }
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
      {wrong.value && (
        <p class="problem" role="alert">
          {wrong.value}
        </p>
      )}
      <pre class="code" tabIndex={0} aria-label={form.value}>
        {text}
      </pre>
      <div class="row wrap">
        <button type="button" class="button strong" onClick={() => void copy(form.value, text)}>
          <Icon name="copy" /> Copy {form.value}
        </button>
        <button type="button" class="button" onClick={() => void copy('the link', linkToThis())}>
          <Icon name="copy" /> Copy a link to this
        </button>
        <span role="status" class="hint">
          {copied.value}
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
          onClick={() => void save('the picture', () => engine.savePng({ json, seed }, channel.value))}
        >
          <Icon name="save" /> picture, PNG
        </button>
        {files
          .filter(({ isOurs }) => isOurs)
          .map(({ entry, file }) => (
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
        and nothing of the scan. Paste a link or the JSON onto the page to open it again.
      </p>
    </Dialog>
  )
}

function download({ name, bytes }: Saved): void {
  const url = URL.createObjectURL(new Blob([bytes]))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
