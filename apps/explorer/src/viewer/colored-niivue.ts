import { Niivue, NVImage } from '@niivue/niivue'
import type { Picture } from '../engine/picture.ts'
import { niftiOf } from './nifti-of.ts'

/**
 * NiiVue, given colours in place of values: the worker has coloured the voxels already, so that a new picture is one upload to the
 * graphics card. NiiVue's own way there (three passes over the volume, one of them for gradients that nobody looks at) takes ten times
 * as long where there is no card.
 */
export class ColoredNiivue extends Niivue {
  onDrawn: () => void = () => {}

  override refreshLayers(item: NVImage, layer: number): void {
    withoutDrawing(this.gl, () => super.refreshLayers(item, layer))
  }

  /**
   * Leaves the rendering as it was: it costs more than all else, and follows when what moves has come to rest. The canvas keeps what it
   * has (`attach` sees to that), and the planes cover theirs.
   */
  draws: 'all' | 'planes' | 'nothing' = 'all'

  override clearBounds(mask?: number, ltwh?: [number, number, number, number]): void {
    super.clearBounds(this.draws === 'planes' ? this.gl.DEPTH_BUFFER_BIT : mask, ltwh)
  }

  /** Where a view shows nothing yet, NiiVue counts the digits of no millimetres, and throws. */
  override createOnLocationChange(axCorSag?: number): void {
    if (this.volumes.length > 0) super.createOnLocationChange(axCorSag)
  }

  /** Moves the planes about; nothing would bring them back. */
  override dragForCenterButton(): void {}

  override draw3D(ltwh?: number[], ...rest: []): string | undefined {
    return this.draws === 'planes' && ltwh ? undefined : super.draw3D(ltwh, ...rest)
  }

  override drawScene(): string | undefined {
    if (this.draws === 'nothing') return undefined
    const found = super.drawScene() as string | undefined
    this.onDrawn()
    return found
  }

  /** Puts colours into a texture, from one slice to before another. */
  upload(
    texture: WebGLTexture | null,
    unit: number,
    { shape, rgba }: Pick<Picture, 'shape' | 'rgba'>,
    from: number,
    to: number,
  ): void {
    const { gl } = this
    const [nx, ny] = shape
    const slices = rgba.subarray(4 * nx * ny * from, 4 * nx * ny * to)
    gl.activeTexture(unit)
    gl.bindTexture(gl.TEXTURE_3D, texture)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    gl.texSubImage3D(gl.TEXTURE_3D, 0, 0, 0, from, nx, ny, to - from, gl.RGBA, gl.UNSIGNED_BYTE, slices)
  }
}

// What NiiVue is given has no values: there is no range to look for, and the page would wait for it.
NVImage.prototype.calMinMax = () => [0, 255, 0, 255]

/** Runs what would fill textures that are filled by hand afterwards; made anew, they hold zeros. */
function withoutDrawing(gl: WebGL2RenderingContext, work: () => void): void {
  const idle = {
    drawArrays() {},
    texSubImage3D() {},
    framebufferTextureLayer() {},
    checkFramebufferStatus: () => gl.FRAMEBUFFER_COMPLETE,
  }
  Object.assign(gl, idle)
  try {
    work()
  } finally {
    for (const name of Object.keys(idle)) delete (gl as unknown as Record<string, unknown>)[name]
  }
}

/** NiiVue's number for a NIfTI file. */
const nifti = 1

/** What NiiVue needs to know of a volume whose colours it is given. */
export const imageOf = (grid: Pick<Picture, 'shape' | 'affine'>) => {
  const bytes = niftiOf(grid)
  return NVImage.new(
    bytes,
    'volume.nii',
    'gray',
    1,
    null,
    0,
    255,
    true,
    0.02,
    false,
    false,
    '',
    0,
    nifti,
    NaN,
    NaN,
    false,
    null,
    0,
    null,
  )
}
