import { computed, signal } from '@preact/signals'
import type { Vec3 } from '@voxaug/core'
import type { Window } from '../engine/picture.ts'

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

/** What is set for the values of one scan says nothing of another's. */
const ofScan = { channel: 0, windowBefore: undefined, windowAfter: undefined }

/** What a link says of a scan is meant for the one that is opened next, unless somebody sets it otherwise meanwhile. */
let brought: Look | undefined

export function bringLook(next: Look): void {
  brought = next
  look.value = next
}

/** Another scan is there; `isFirst` where it comes after the head that everybody sees first. */
export function lookAtAnother(isFirst: boolean): void {
  const now = look.peek()
  const isMeant =
    isFirst && brought && (Object.keys(ofScan) as (keyof typeof ofScan)[]).every((key) => now[key] === brought![key])
  if (!isMeant) setLook(ofScan)
  brought = undefined
}

/** Changes a part of it. Another layout has other values in its view: the window that was set for it is not theirs. */
export function setLook(change: Partial<Look>): void {
  look.value = { ...look.peek(), ...(change.layout && { windowAfter: undefined }), ...change }
}

export const setWindowBefore = (window: Window | undefined): void => setLook({ windowBefore: window })

/** A difference is as far from 0 on both sides. */
export function setWindowAfter(window: Window | undefined): void {
  const half = window && (window[1] - window[0]) / 2
  setLook({ windowAfter: half && look.peek().layout === 'difference' ? [-half, half] : window })
}

/** Another channel has values of its own. */
export const setChannel = (channel: number): void => setLook({ ...ofScan, channel })

/** A part of the look by itself: what follows it does not follow the others. */
export const part = <K extends keyof Look>(key: K) => computed(() => look.value[key])
