import { useRef } from 'preact/hooks'
import { canRedo, canUndo, redo, undo } from '../state/document.ts'
import { setChannel } from '../state/look.ts'
import { before, busy, channel, closeEntry, openFile, openPhantom } from '../state/subject.ts'
import { Icon } from './icons.tsx'
import { openFiles } from './open-files.ts'
import { cycleTheme, theme } from './theme.ts'

/** What is open, and what opens other things. */
export function Header({ onSave }: { readonly onSave: () => void }) {
  const image = useRef<HTMLInputElement>(null)
  const label = useRef<HTMLInputElement>(null)
  const now = before.value
  const scan = now?.entries.find(({ entry }) => entry === 'image')
  return (
    <header class="top">
      <h1>
        voxaug <span>explorer</span>
      </h1>
      <div class="files">
        <button type="button" class="button" onClick={() => image.current?.click()}>
          <Icon name="file" /> Open a scan
        </button>
        <button type="button" class="button" onClick={() => label.current?.click()}>
          Label map
        </button>
        {scan && (
          <p class="scan" title={scan.file}>
            <b>{scan.file}</b> {scan.shape.join(' × ')}, {scan.spacingMm.map((x) => Number(x.toFixed(2))).join(' × ')}{' '}
            mm, {scan.orientation}, {scan.dtype}
            {now?.reducedTo && <em> shown reduced to {now.reducedTo.join(' × ')}</em>}
          </p>
        )}
        {scan && scan.channels > 1 && (
          <label class="check">
            channel
            <select value={channel.value} onChange={({ currentTarget }) => setChannel(Number(currentTarget.value))}>
              {Array.from({ length: scan.channels }, (_, n) => (
                <option key={n} value={n}>
                  {n}
                </option>
              ))}
            </select>
          </label>
        )}
        {now?.entries
          .filter(({ entry }) => entry !== 'image')
          .map(({ entry, file }) => (
            <span class="entry" key={entry} title={`${entry}: ${file}`}>
              {entry}
              <button type="button" class="tool" aria-label={`Close ${entry}`} onClick={() => void closeEntry(entry)}>
                <Icon name="remove" />
              </button>
            </span>
          ))}
        {scan && !scan.isOurs && (
          <button type="button" class="quiet" onClick={() => void openPhantom()}>
            back to the made-up head
          </button>
        )}
        {busy.value && (
          <span class="busy" role="status">
            {busy.value}
          </span>
        )}
      </div>
      <nav class="tools" aria-label="Tools">
        <button
          type="button"
          class="tool"
          aria-label="Undo"
          title="Undo (Ctrl+Z)"
          disabled={!canUndo.value}
          onClick={undo}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Redo"
          title="Redo (Ctrl+Shift+Z)"
          disabled={!canRedo.value}
          onClick={redo}
        >
          <Icon name="redo" />
        </button>
        <a class="button" href="gallery.html">
          Gallery
        </a>
        <button
          type="button"
          class="tool"
          aria-label={`Colours: ${theme.value}`}
          title={`Colours: ${theme.value}`}
          onClick={cycleTheme}
        >
          <Icon name="sun" />
        </button>
        <button type="button" class="button strong" onClick={onSave}>
          <Icon name="save" /> Take it with you
        </button>
      </nav>
      <input
        ref={image}
        class="hidden"
        type="file"
        multiple
        aria-label="Files of a scan"
        tabIndex={-1}
        onChange={({ currentTarget }) => void take(currentTarget, (files) => openFiles(files))}
      />
      <input
        ref={label}
        class="hidden"
        type="file"
        aria-label="File of a label map"
        tabIndex={-1}
        onChange={({ currentTarget }) =>
          void take(currentTarget, async ([file]) => void (file && (await openFile(file, 'label', 'label'))))
        }
      />
    </header>
  )
}

/** Hands over what was picked, and forgets it: the same file may be picked again. */
async function take(input: HTMLInputElement, work: (files: readonly File[]) => Promise<void>): Promise<void> {
  const files = [...(input.files ?? [])]
  input.value = ''
  await work(files)
}
