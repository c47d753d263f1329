import { encodePng, figure } from '@voxaug/figure'

/** Each row is { title, image }. */
export const showMidSlices = (rows) =>
  encodePng(
    figure(rows, {
      planes: 'voxels',
      panelPx: 350,
    }),
  )
