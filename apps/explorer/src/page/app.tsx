import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { PipelinePanel } from '../pipeline/pipeline-panel.tsx'
import { redo, rollDice, undo } from '../state/document.ts'
import { openLink } from '../state/links.ts'
import { notice } from '../state/notice.ts'
import { isRunning } from '../state/runs.ts'
import { busy } from '../state/subject.ts'
import { Stage } from '../viewer/stage.tsx'
import { DropTarget } from './drop-target.tsx'
import { Header } from './header.tsx'
import { Icon } from './icons.tsx'
import { openPasted } from './open-files.ts'
import { SaveDialog } from './save-dialog.tsx'
import { Status } from './status.tsx'
import { Toolbar } from './toolbar.tsx'
import { VariationsDialog } from './variations-dialog.tsx'

export function App() {
  const dialog = useSignal<'save' | 'variations' | undefined>(undefined)
  const close = () => {
    dialog.value = undefined
  }
  useEffect(() => {
    const onHash = () => void openLink(location.hash)
    window.addEventListener('hashchange', onHash)
    window.addEventListener('keydown', onKey)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('hashchange', onHash)
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('paste', onPaste)
    }
  }, [])
  return (
    <>
      <Header onSave={() => (dialog.value = 'save')} />
      {notice.value && (
        <div class={`notice ${notice.value.kind}`} role={notice.value.kind === 'error' ? 'alert' : 'status'}>
          <p>{notice.value.text}</p>
          <button type="button" class="tool" aria-label="Dismiss" onClick={() => (notice.value = undefined)}>
            <Icon name="remove" />
          </button>
        </div>
      )}
      <main aria-busy={isRunning.value || busy.value !== undefined}>
        <PipelinePanel onVariations={() => (dialog.value = 'variations')} />
        <div class="work">
          <Toolbar />
          <Stage />
          <Status />
        </div>
      </main>
      {dialog.value === 'save' && <SaveDialog onClose={close} />}
      {dialog.value === 'variations' && <VariationsDialog onClose={close} />}
      <DropTarget />
    </>
  )
}

const isDialogOpen = () => document.querySelector('dialog[open]') !== null

/** Whether what somebody does goes into a field of text. */
const isTyping = ({ target }: Event) =>
  (target as HTMLElement).matches?.('input:not([type=range], [type=checkbox], [type=radio]), textarea') ?? false

function onPaste(event: ClipboardEvent): void {
  if (isDialogOpen() || isTyping(event) || !event.clipboardData) return
  event.preventDefault()
  void openPasted(event.clipboardData)
}

/** Keys that work wherever nothing is typed. */
function onKey(event: KeyboardEvent): void {
  if (isDialogOpen()) return
  const key = event.key.toLowerCase()
  if ((event.ctrlKey || event.metaKey) && key === 'z' && !isTyping(event)) (event.shiftKey ? redo : undo)()
  else if ((event.ctrlKey || event.metaKey) && key === 'y' && !isTyping(event)) redo()
  else if (key === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event)) rollDice()
  else return
  event.preventDefault()
}
