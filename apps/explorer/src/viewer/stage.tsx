import { effect, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Picture } from '../engine/picture.ts'
import { probe } from '../state/cursor.ts'
import { engine } from '../state/engine.ts'
import { look, part, setLook, setWindowAfter, setWindowBefore } from '../state/look.ts'
import { after, afterLabels, problem } from '../state/runs.ts'
import { before } from '../state/subject.ts'
import { drawGridLines } from './grid-lines.ts'
import { type Moved, VoxelView } from './voxel-view.ts'
import { WindowControl } from './window-control.tsx'
import { windowByDrag } from './window-drag.ts'

/** Where keys move the crosshair, by voxels: right, anterior, superior. */
const ways: Readonly<Record<string, readonly [number, number, number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, 1, 0],
  ArrowDown: [0, -1, 0],
  PageUp: [0, 0, 1],
  PageDown: [0, 0, -1],
}

const [planes, showsLabels, crosshair, camera] = [part('view'), part('labels'), part('crosshair'), part('camera')]

/** Before and after: side by side, or one over the other with a slider between them. */
export function Stage() {
  const canvases = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)] as const
  const lines = useRef<HTMLCanvasElement>(null)
  const failed = useSignal('')

  useEffect(() => {
    const drawLines = () => {
      const canvas = lines.current
      const { clientWidth, clientHeight } = canvases[1].current!
      if (!canvas) return
      // As many pixels as the view has: setting either clears all.
      canvas.width = Math.round(clientWidth * devicePixelRatio)
      canvas.height = Math.round(clientHeight * devicePixelRatio)
      const deformation = after.peek()?.deformation
      if (deformation && look.peek().grid) drawGridLines(canvas.getContext('2d')!, views[1].panels, deformation)
    }
    /** Where the views are already. */
    let moved: Moved = {}
    const onMove = (change: Moved) => {
      moved = { ...moved, ...change }
      setLook(change)
    }
    const views = [
      new VoxelView({ onMove, onPlace: probe, onDrawn: () => {} }),
      new VoxelView({ onMove, onPlace: probe, onDrawn: drawLines }),
    ] as const
    const ends: (() => void)[] = []
    for (const [n, view] of views.entries()) {
      const canvas = canvases[n]!.current!
      const follow = ({ offsetX, offsetY }: PointerEvent) => {
        const mm = view.mmUnder(offsetX, offsetY)
        if (mm) probe(mm)
      }
      const leave = () => probe(view.crosshair)
      canvas.addEventListener('pointermove', follow)
      canvas.addEventListener('pointerleave', leave)
      canvas.addEventListener('keydown', (event) => {
        const way = ways[event.key]
        if (!way || event.altKey || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        event.stopImmediatePropagation()
        view.step(...way)
      })
    }
    let shown = Promise.resolve()
    const go = async () => {
      await Promise.all(views.map((view, n) => view.attach(canvases[n]!.current!)))
      views[0].follow([views[1]])
      views[1].follow([views[0]])
      ends.push(
        effect(() => {
          for (const one of views) one.setView(planes.value)
        }),
        effect(() => {
          if (crosshair.value === moved.crosshair) return
          moved = { ...moved, crosshair: crosshair.value }
          for (const one of views) one.place(crosshair.value)
        }),
        effect(() => {
          if (camera.value === moved.camera) return
          moved = { ...moved, camera: camera.value }
          for (const one of views) one.rotate(camera.value)
        }),
        effect(() => {
          const now = before.value
          const labels = showsLabels.value ? now?.labels : undefined
          if (now) void views[0].show(now.picture).then(() => views[0].showLabels(labels))
        }),
        effect(() => {
          const now = after.value
          if (now) shown = showAfter(views[1], now)
          else views[1].hide()
        }),
        effect(() => {
          const labels = afterLabels.value?.picture
          const isMoving = after.peek()?.edited !== undefined
          void shown.then(() => views[1].showLabels(labels, isMoving)).then(() => labels && giveBack(labels))
        }),
      )
    }
    go().catch(() => {
      failed.value =
        'This browser shows no 3D graphics (WebGL 2), which the viewer needs. All else works: the pipeline, its code and its files.'
    })
    return () => {
      for (const end of ends) end()
    }
  }, [])

  const { layout, wipe, windowBefore, windowAfter } = look.value
  const isWipe = layout === 'wipe'
  return (
    <section class={`stage ${layout}`} aria-label="Before and after" style={{ '--wipe': `${wipe}%` }}>
      {failed.value && <p class="problem">{failed.value}</p>}
      <figure class="view before">
        <figcaption>
          <b>Before</b>
          {before.value && (
            <WindowControl
              label="Window before"
              value={before.value.window}
              isSet={windowBefore !== undefined}
              onChange={setWindowBefore}
            />
          )}
        </figcaption>
        <div class="canvas" onPointerDown={(event) => windowByDrag(event, before.peek()?.window, setWindowBefore)}>
          <canvas
            ref={canvases[0]}
            role="application"
            aria-label="The scan before. Arrows, Page Up and Page Down move the crosshair."
            tabIndex={0}
          />
        </div>
      </figure>
      <figure class={`view after ${problem.value ? 'stale' : ''}`}>
        <figcaption>
          <b>
            {layout === 'difference' ? 'After − before' : 'After'}
            {problem.value && <span class="stale-note"> of the last pipeline that worked</span>}
          </b>
          {after.value && (
            <WindowControl
              label="Window after"
              isDifference={layout === 'difference'}
              value={after.value.window}
              isSet={windowAfter !== undefined}
              onChange={setWindowAfter}
            />
          )}
        </figcaption>
        <div class="canvas" onPointerDown={(event) => windowByDrag(event, after.peek()?.window, setWindowAfter)}>
          <canvas
            ref={canvases[1]}
            role="application"
            aria-label="The scan after. Arrows, Page Up and Page Down move the crosshair."
            tabIndex={0}
          />
          <canvas ref={lines} class="lines" />
        </div>
      </figure>
      {isWipe && (
        <input
          class="wipe"
          type="range"
          min={0}
          max={100}
          step={0.5}
          value={wipe}
          aria-label="Wipe: how much of before is seen"
          onInput={({ currentTarget }) => setLook({ wipe: Number(currentTarget.value) })}
        />
      )}
    </section>
  )
}

/** Shows a run, and measures how long it took from the change that it is of. */
async function showAfter(view: VoxelView, { picture, edited }: NonNullable<typeof after.value>): Promise<void> {
  await view.show(picture, edited !== undefined)
  giveBack(picture)
  if (edited === undefined) return
  performance.measure('voxaug: in the viewer', { start: edited })
  // After the frame that this was drawn for.
  requestAnimationFrame(() => setTimeout(() => performance.measure('voxaug: on the screen', { start: edited })))
}

/** Hands the memory of a picture that the graphics card has back to the worker. */
function giveBack({ rgba }: Picture): void {
  void engine.recycle([rgba.buffer])
}
