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
    return () => {
      window.removeEventListener('hashchange', onHash)
      window.removeEventListener('keydown', onKey)
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

/** Keys that work wherever nothing is typed. */
function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (document.querySelector('dialog[open]')) return
  const isTyping = target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea')
  const key = event.key.toLowerCase()
  if ((event.ctrlKey || event.metaKey) && key === 'z' && !isTyping) (event.shiftKey ? redo : undo)()
  else if ((event.ctrlKey || event.metaKey) && key === 'y' && !isTyping) redo()
  else if (key === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping) rollDice()
  else return
  event.preventDefault()
}
