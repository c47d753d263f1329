import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { openFile } from '../state/subject.ts'
import { openFiles } from './open-files.ts'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** The whole page takes files: while they hover, it says what becomes of them. */
export function DropTarget() {
  const isOver = useSignal(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      isOver.value = true
    }
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) isOver.value = false
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      isOver.value = false
      const files = [...(event.dataTransfer?.files ?? [])]
      const zone = (event.target as HTMLElement).closest<HTMLElement>('[data-zone]')?.dataset['zone']
      if (zone === 'label' && files[0]) void openFile(files[0], 'label', 'label')
      else void openFiles(files)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  if (!isOver.value) return null
  return (
    <div class="drop-target">
      <div data-zone="image">
        <b>Open as a scan</b>
        <span>.nii, .nii.gz, .mgz, .nrrd, .mha; with its label map as a second file</span>
      </div>
      <div data-zone="label">
        <b>Lay over as a label map</b>
        <span>whole numbers, on any grid that overlaps the scan</span>
      </div>
    </div>
  )
}
