import { MULTIPLANAR_TYPE, type Niivue, SHOW_RENDER, SLICE_TYPE } from '@niivue/niivue'
import type { Vec3 } from '@voxaug/core'
import type { Picture } from '../engine/picture.ts'
import type { Look } from '../state/look.ts'
import { ColoredNiivue, imageOf } from './colored-niivue.ts'

/** One flat panel on the canvas, in its pixels. */
export interface Panel {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** The axis that looks at the reader: 0 sagittal, 1 coronal, 2 axial. */
  readonly through: 0 | 1 | 2
  /** The world mm at a pixel of the canvas; undefined beside the volume. */
  readonly mmAt: (x: number, y: number) => Vec3 | undefined
}

const sliceTypes: Readonly<Record<Look['view'], SLICE_TYPE>> = {
  multi: SLICE_TYPE.MULTIPLANAR,
  axial: SLICE_TYPE.AXIAL,
  coronal: SLICE_TYPE.CORONAL,
  sagittal: SLICE_TYPE.SAGITTAL,
  render: SLICE_TYPE.RENDER,
}

/** Bytes that go to the graphics card before the page gets a turn: a tenth of a second where there is no card. */
const slab = 12_000_000

/** How long nothing has to move until all is drawn. */
const restMs = 600

/** Where somebody moved the crosshair or turned the rendering. */
export type Moved = Pick<Look, 'crosshair' | 'camera'>

/** As NiiVue begins: azimuth, elevation, zoom. */
const firstCamera = [110, 10, 1] as const

/** One canvas with three planes and a rendering. */
export class VoxelView {
  private readonly nv: ColoredNiivue
  /** Where somebody put the crosshair: it may lie beside what is shown. */
  private wanted: Vec3 | undefined
  private shown: Pick<Picture, 'shape' | 'affine'> | undefined
  private readonly onPlace: (mm: Vec3) => void
  private isLabelled = false
  /** Whether the rendering turns by itself, and nobody turns it. */
  private isRotating = false
  private others: readonly VoxelView[] = []
  /** Of the last picture that was to be shown. */
  private turn = 0
  private resting: ReturnType<typeof setTimeout> | undefined

  /** `onMove` tells what was moved by hand, `onPlace` where the crosshair is, however it came there. */
  constructor(options: {
    readonly onMove: (moved: Moved) => void
    readonly onPlace: (mm: Vec3) => void
    readonly onDrawn: () => void
  }) {
    this.nv = new ColoredNiivue({
      logLevel: 'error',
      dragAndDropEnabled: false,
      isAntiAlias: false,
      crosshairColor: [0.91, 0.64, 0.24, 0.7],
      crosshairWidthUnit: 'mm',
      crosshairWidth: 0.6,
      backColor: [0.06, 0.065, 0.07, 1],
      fontColor: [0.62, 0.64, 0.67, 1],
      fontMinPx: 12,
      show3Dcrosshair: false,
      multiplanarShowRender: SHOW_RENDER.ALWAYS,
      multiplanarLayout: MULTIPLANAR_TYPE.GRID,
      multiplanarPadPixels: 4,
      viewModeHotKey: '',
      clipPlaneHotKey: '',
      cycleClipPlaneHotKey: '',
      loadingText: '',
    } as ConstructorParameters<typeof Niivue>[0])
    this.nv.onDrawn = options.onDrawn
    this.onPlace = options.onPlace
    this.nv.onLocationChange = () => {
      this.wanted = this.crosshair
      if (this.isHeld) options.onMove({ crosshair: this.crosshair.map((x) => Number(x.toFixed(4))) as unknown as Vec3 })
      this.onPlace(this.crosshair)
    }
    const { scene } = this.nv
    const onTurn = () => {
      const { renderAzimuth, renderElevation, volScaleMultiplier } = scene
      if (this.isHeld && !this.isRotating)
        options.onMove({ camera: [renderAzimuth % 360, renderElevation % 360, volScaleMultiplier] })
    }
    scene.onAzimuthElevationChange = onTurn
    scene.onZoom3DChange = onTurn
  }

  /** Whether somebody works in this view; the others follow it. */
  private get isHeld(): boolean {
    return this.nv.canvas?.matches(':focus') ?? false
  }

  async attach(canvas: HTMLCanvasElement): Promise<void> {
    // NiiVue asks for a context too, and gets this one.
    canvas.getContext('webgl2', { alpha: true, antialias: false, preserveDrawingBuffer: true })
    await this.nv.attachToCanvas(canvas)
  }

  /** The other view's crosshair, zoom and rotation follow this one's. */
  follow(others: readonly VoxelView[]): void {
    this.others = others
    this.nv.broadcastTo(
      others.map(({ nv }) => nv),
      { '2d': true, '3d': true },
    )
  }

  setView(view: Look['view']): void {
    this.nv.setSliceType(sliceTypes[view])
  }

  /** Shows coloured voxels. The planes come first, and the rendering when nothing moves. A picture that comes meanwhile goes first. */
  async show(picture: Picture, isMoving = false): Promise<void> {
    const { nv } = this
    const turn = ++this.turn
    const sameGrid = this.shown && isSameGrid(this.shown, picture)
    if (!sameGrid) {
      const seen = this.shown ? this : this.others.find(({ shown }) => shown)
      const at = this.wanted ?? seen?.crosshair
      const volumes = [await imageOf(picture), await imageOf({ shape: [1, 1, 1], affine: picture.affine })]
      if (turn !== this.turn) return
      this.shown = { shape: picture.shape, affine: picture.affine }
      nv.volumes = volumes
      nv.back = volumes[0]!
      nv.overlays = volumes.slice(1)
      nv.draws = 'nothing'
      nv.updateGLVolume()
      nv.draws = 'all'
      // What was drawn of another grid has other places.
      nv.gl.clear(nv.gl.COLOR_BUFFER_BIT)
      this.isLabelled = false
      this.putCrosshair(at)
    }
    if (
      !(await this.fill(
        () => nv.volumeTexture,
        nv.gl.TEXTURE0,
        picture,
        () => turn === this.turn,
      ))
    )
      return
    this.draw(isMoving)
    if (!sameGrid) this.onPlace(this.crosshair)
  }

  /** Shows nothing: what it would show is yet to come. */
  hide(): void {
    this.turn++
    this.shown = undefined
    clearTimeout(this.resting)
    this.nv.volumes = []
    this.nv.back = null
    this.nv.overlays = []
    this.nv.drawScene()
  }

  /** Puts the crosshair somewhere; undefined is the centre. */
  place(mm: Vec3 | undefined): void {
    this.wanted = mm
    if (!this.shown) return
    this.putCrosshair(mm)
    this.nv.drawScene()
    this.onPlace(this.crosshair)
  }

  /** What is shown may lie elsewhere: then its centre is what one wants to see. */
  private putCrosshair(mm: Vec3 | undefined): void {
    const place = mm && this.nv.mm2frac(mm as unknown as [number, number, number])
    const isInside = place && Array.from(place).every((x) => x >= 0 && x <= 1)
    this.nv.scene.crosshairPos = isInside ? place : Float32Array.of(0.5, 0.5, 0.5)
  }

  /** Turns the rendering. */
  rotate([azimuth, elevation, zoom]: Look['camera'] & object = firstCamera): void {
    const { scene } = this.nv
    this.isRotating = true
    scene.renderAzimuth = azimuth
    scene.renderElevation = elevation
    scene.volScaleMultiplier = zoom
    this.isRotating = false
    this.nv.drawScene()
  }

  /** Moves the crosshair by voxels of what is shown, as they lie in the world: right, anterior, superior. */
  step(right: number, anterior: number, superior: number): void {
    if (this.shown) this.nv.moveCrosshairInVox(right, anterior, superior)
  }

  /** Lays labels over what is shown; they are on its grid. None are taken away. */
  async showLabels(labels: Picture | undefined, isMoving = false): Promise<void> {
    const { nv, shown, turn } = this
    if (!shown || (labels ? !isSameGrid(shown, labels) : !this.isLabelled)) return
    const [nx, ny, nz] = shown.shape
    const colors = labels ?? { shape: shown.shape, rgba: new Uint8Array(4 * nx * ny * nz) }
    if (
      !(await this.fill(
        () => nv.overlayTexture,
        nv.gl.TEXTURE2,
        colors,
        () => turn === this.turn,
      ))
    )
      return
    this.isLabelled = labels !== undefined
    this.draw(isMoving)
  }

  /** Fills a texture, in parts where it is large; false where it became out of date. */
  private async fill(
    texture: () => WebGLTexture | null,
    unit: number,
    colors: Pick<Picture, 'shape' | 'rgba'>,
    isWanted: () => boolean,
  ): Promise<boolean> {
    const [nx, ny, nz] = colors.shape
    const slices = Math.max(1, Math.floor(slab / (4 * nx * ny)))
    for (let from = 0; from < nz; from += slices) {
      if (from > 0) await new Promise((done) => setTimeout(done))
      if (!isWanted()) return false
      this.nv.upload(texture(), unit, colors, from, Math.min(nz, from + slices))
    }
    return true
  }

  private draw(isMoving: boolean): void {
    const { nv } = this
    nv.draws = 'planes'
    try {
      nv.drawScene()
    } finally {
      nv.draws = 'all'
    }
    clearTimeout(this.resting)
    this.resting = setTimeout(() => nv.drawScene(), isMoving ? restMs : 0)
  }

  /** The world mm under a pixel of the page, relative to the canvas; undefined where there is no plane. */
  mmUnder(x: number, y: number): Vec3 | undefined {
    const [px, py] = [x * devicePixelRatio, y * devicePixelRatio]
    const panel = this.panels.find(
      (one) => px >= one.left && py >= one.top && px < one.left + one.width && py < one.top + one.height,
    )
    return panel?.mmAt(px, py)
  }

  /** Where the crosshair is. */
  get crosshair(): Vec3 {
    return Array.from(this.nv.frac2mm(this.nv.scene.crosshairPos)).slice(0, 3) as unknown as Vec3
  }

  get panels(): readonly Panel[] {
    const { nv } = this
    return nv.screenSlices.flatMap(({ leftTopWidthHeight, axCorSag }, tile) => {
      if (axCorSag > SLICE_TYPE.SAGITTAL) return []
      const [left, top, width, height] = leftTopWidthHeight as [number, number, number, number]
      const through = axCorSag === SLICE_TYPE.AXIAL ? 2 : axCorSag === SLICE_TYPE.CORONAL ? 1 : 0
      const mmAt = (x: number, y: number) => {
        const frac = nv.screenXY2TextureFrac(x, y, tile, false)
        if (!frac || frac[0]! < 0) return undefined
        const mm = nv.frac2mm(frac)
        return [mm[0]!, mm[1]!, mm[2]!] as Vec3
      }
      return [{ left, top, width, height, through, mmAt } as const]
    })
  }
}

const isSameGrid = (a: Pick<Picture, 'shape' | 'affine'>, b: Pick<Picture, 'shape' | 'affine'>) =>
  a.shape.every((n, axis) => n === b.shape[axis]) && a.affine.every((x, n) => x === b.affine[n])
