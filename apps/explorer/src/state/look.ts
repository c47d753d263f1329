import { computed, signal } from '@preact/signals'
import type { Window } from '../engine/picture.ts'
import type { Vec3 } from '../viewer/voxel-view.ts'

/** How the page looks: in the link, and never undone. */
export interface Look {
  readonly layout: 'side' | 'wipe' | 'difference'
  readonly view: 'multi' | 'axial' | 'coronal' | 'sagittal' | 'render'
  readonly labels: boolean
  readonly grid: boolean
  /** How much of before the wipe shows, in percent. */
  readonly wipe: number
  readonly channel: number
  /** The windows that somebody set. */
  readonly windowBefore?: Window | undefined
  readonly windowAfter?: Window | undefined
  /** Where somebody put the crosshair, in world mm. */
  readonly crosshair?: Vec3 | undefined
  /** How somebody turned the rendering: azimuth and elevation in degrees, and how many times as large it is. */
  readonly camera?: readonly [azimuth: number, elevation: number, zoom: number] | undefined
}

export const firstLook: Look = { layout: 'side', view: 'multi', labels: true, grid: false, wipe: 50, channel: 0 }

export const look = signal<Look>(firstLook)

/** What a link brought is meant for the scan that is opened next, unless somebody looks otherwise meanwhile. */
let brought: Look | undefined

export function bringLook(next: Look): void {
  brought = next
  look.value = next
}

/** What was set for the values of one scan says nothing of another's. */
export function lookAtAnother(): void {
  if (look.value !== brought) setLook({ channel: 0, windowBefore: undefined, windowAfter: undefined })
  brought = undefined
}

/** Changes a part of it. Another layout has other values in its view: the window that was set for it is not theirs. */
export function setLook(change: Partial<Look>): void {
  look.value = { ...look.value, ...(change.layout && { windowAfter: undefined }), ...change }
}

/** A difference is as far from 0 on both sides. */
export function setWindowAfter(window: Window | undefined): void {
  const half = window && (window[1] - window[0]) / 2
  setLook({ windowAfter: half && look.value.layout === 'difference' ? [-half, half] : window })
}

/** Another channel has values of its own. */
export const setChannel = (channel: number): void =>
  setLook({ channel, windowBefore: undefined, windowAfter: undefined })

/** A part of the look by itself: what follows it does not follow the others. */
export const part = <K extends keyof Look>(key: K) => computed(() => look.value[key])
