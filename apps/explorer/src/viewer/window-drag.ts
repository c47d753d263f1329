import type { Window } from '../engine/picture.ts'

/** The right button sets the window, as in radiologists' viewers: across its width, upwards its level. */
export function windowByDrag(
  event: PointerEvent,
  window: Window | undefined,
  onChange: (window: Window) => void,
): void {
  if (event.button !== 2 || !window) return
  const target = event.currentTarget as HTMLElement
  const { clientX, clientY } = event
  const [black, white] = window
  const [level, width] = [(black + white) / 2, white - black]
  const move = (now: PointerEvent) => {
    const wide = width * 2 ** ((now.clientX - clientX) / 150)
    // Upwards is brighter: the values shown are lower.
    const middle = level + (width * (now.clientY - clientY)) / 300
    onChange([middle - wide / 2, middle + wide / 2])
  }
  const end = () => {
    target.removeEventListener('pointermove', move)
    target.removeEventListener('pointerup', end)
    target.removeEventListener('pointercancel', end)
  }
  target.addEventListener('pointermove', move)
  target.addEventListener('pointerup', end)
  target.addEventListener('pointercancel', end)
}
