import type { Pixels } from '@voxaug/figure'
import { useEffect, useRef } from 'preact/hooks'

/** A figure's pixels on the page. */
export function PixelCanvas({ pixels: { width, height, data } }: { readonly pixels: Pixels }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = new ImageData(new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width, height)
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [data])
  return <canvas ref={canvas} width={width} height={height} />
}
