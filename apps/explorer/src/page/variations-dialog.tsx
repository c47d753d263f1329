import { useSignal } from '@preact/signals'
import type { Pixels } from '@voxaug/figure'
import { useEffect } from 'preact/hooks'
import { engine } from '../state/engine.ts'
import { look, recipe, setSeed, tellError, valueIn } from '../state/store.ts'
import { Dialog } from './dialog.tsx'
import { PixelCanvas } from './pixel-canvas.tsx'

const count = 12

/** What this seed and the next eleven draw; one click takes one over. */
export function VariationsDialog({ onClose }: { readonly onClose: () => void }) {
  const { json, seed } = recipe.value
  const sheet = useSignal<readonly Pixels[]>([])
  const seeds = Array.from({ length: count }, (_, n) => seed + n)
  useEffect(() => {
    let isOpen = true
    const go = async () => {
      for (const one of seeds) {
        const pixels = await valueIn(engine.variation({ json, seed: one }, look.value.labels), tellError)
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
      <div class="sheet">
        {seeds.map((one, n) => (
          <button
            key={one}
            type="button"
            class={`thumb ${n === 0 ? 'current' : ''}`}
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
