import { readDicomSeries } from '@voxaug/dicom'
import { describe, series } from './series.js'

readDicomSeries(series).then(
  ([volume]) => {
    document.body.textContent = describe(volume)
  },
  (error) => {
    document.body.textContent = String(error)
  },
)
