import type { Volume } from '@voxaug/core'
import { convertInBrowser } from './convert-browser.ts'
import { parseOptions, type ReadDicomOptions, readSeries } from './series.ts'
import { blobsOf, type DicomSource } from './sources.ts'

export type { ReadDicomOptions } from './series.ts'
export type { DicomSource } from './sources.ts'

/**
 * The volumes of DICOM files, in the browser: one for each series, or more where a series has several, by series number.
 *
 * dcm2niix does the work, in a worker. The order of the files does not matter, and files that are no DICOM are left out.
 * @throws VoxaugError `invalid-option`, `unreadable`, `aborted`, `not-dicom` where no file has an image that it reads, `invalid-dicom` where dcm2niix fails,
 *   `unsupported` where it cannot start or gives colours alone; and as `readNifti` of `@voxaug/io`
 */
export async function readDicomSeries(files: Iterable<DicomSource>, options: ReadDicomOptions = {}): Promise<Volume[]> {
  const parsed = parseOptions(options, 2 ** 30)
  return readSeries(blobsOf(files), convertInBrowser, parsed)
}
