import { useSignal } from '@preact/signals'
import type { Pixels } from '@voxaug/figure'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../engine/problem.ts'
import { recipe, setSeed } from '../state/document.ts'
import { engine } from '../state/engine.ts'
import { look } from '../state/look.ts'
import { valueIn } from '../state/notice.ts'
import { channel } from '../state/subject.ts'
import { Dialog } from './dialog.tsx'
import { PixelCanvas } from './pixel-canvas.tsx'

const count = 12

/** What this seed and the next eleven draw; one click takes one over. */
export function VariationsDialog({ onClose }: { readonly onClose: () => void }) {
  // As it was when this was opened.
  const [{ json, seed }] = useState(recipe.peek())
  const sheet = useSignal<readonly Pixels[]>([])
  const wrong = useSignal('')
  const first = Math.min(seed, Number.MAX_SAFE_INTEGER - count + 1)
  const seeds = Array.from({ length: count }, (_, n) => first + n)
  useEffect(() => {
    let isOpen = true
    const tell = ({ message }: Problem) => {
      wrong.value = message
    }
    const go = async () => {
      for (const one of seeds) {
        const pixels = await valueIn(engine.variation({ json, seed: one }, look.value.labels, channel.value), tell)
        if (!pixels || !isOpen) return
        sheet.value = [...sheet.value, pixels]
      }
    }
    void go()
    return () => {
      isOpen = false
    }
  }, [])
  return (
    <Dialog title="12 variations" onClose={onClose}>
      {wrong.value && (
        <p class="problem" role="alert">
          {wrong.value}
        </p>
      )}
      <div class="sheet">
        {seeds.map((one, n) => (
          <button
            key={one}
            type="button"
            class={`thumb ${one === seed ? 'current' : ''}`}
            aria-label={`Seed ${one}`}
            disabled={!sheet.value[n]}
            onClick={() => {
              setSeed(one)
              onClose()
            }}
          >
            {sheet.value[n] && <PixelCanvas pixels={sheet.value[n]} />}
            <span>{one}</span>
          </button>
        ))}
      </div>
    </Dialog>
  )
}
