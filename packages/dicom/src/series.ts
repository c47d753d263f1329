import { isVoxaugError, show, type Volume, VoxaugError, type Warning } from '@voxaug/core'
import { readNifti } from '@voxaug/io'
import type { Convert, Converted } from './convert.ts'

/** How to read. */
export interface ReadDicomOptions {
  /** Ends the reading early, with the error `aborted`: nobody knows how long a hostile file may take. */
  readonly signal?: AbortSignal
  /** Most bytes that the voxels of a volume may take; unless given, 2 GiB in Node and 1 GiB in the browser. */
  readonly maxBytes?: number
}

/** Options checked, with defaults. */
export interface ParsedDicomOptions {
  readonly signal: AbortSignal | undefined
  readonly maxBytes: number
}

/** Checks options before a file is touched. */
export function parseOptions(options: ReadDicomOptions, defaultMaxBytes: number): ParsedDicomOptions {
  if (typeof options !== 'object' || options === null)
    throw new VoxaugError('invalid-option', `options must be a record, got ${show(options)}.`, { option: 'options' })
  const { signal, maxBytes = defaultMaxBytes, ...others } = options
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw new VoxaugError('invalid-option', `options of readDicomSeries are signal and maxBytes, got ${unknown}.`, {
      option: unknown,
    })
  if (!(typeof maxBytes === 'number' && maxBytes > 0))
    throw new VoxaugError('invalid-option', `maxBytes must be a number above 0, got ${show(maxBytes)}.`, {
      option: 'maxBytes',
      received: maxBytes,
    })
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new VoxaugError('invalid-option', `signal must be an AbortSignal, got ${show(signal)}.`, {
      option: 'signal',
      received: signal,
    })
  return { signal, maxBytes }
}

/** The volumes that dcm2niix finds in some files. */
export async function readSeries(
  blobs: readonly Blob[],
  convert: Convert,
  { signal, maxBytes }: ParsedDicomOptions,
): Promise<Volume[]> {
  const heads = await headsOf(blobs)
  const dicoms = heads.filter((head) => head.slice(128, 132) === 'DICM').length
  const { status, files } = await convert(blobs, signal)
  if (status === 2 || (status === 0 && files.length === 0))
    throw new VoxaugError('not-dicom', `no DICOM image that dcm2niix reads is among the ${blobs.length} files.`, {
      received: blobs.length,
    })
  if (status !== 0)
    throw new VoxaugError(
      'invalid-dicom',
      `dcm2niix ended with status ${status}: a file is damaged, cut short, or of a kind that it does not read.`,
      { received: status },
    )
  const warnings: Warning[] = []
  const warn = (code: string, message: string) => void warnings.push({ code, message, path: '' })
  const volumes: Volume[] = []
  let refusal: unknown
  for (const { bytes, resampled } of best(files)) {
    try {
      const volume = await readNifti(bytes, { maxBytes })
      if (/^u?int32$/.test(volume.dtype) && heads.some((head) => head.includes(runLengths)))
        throw new VoxaugError(
          'invalid-dicom',
          '32-bit voxels in run lengths cannot be read: dcm2niix gives wrong ones.',
        )
      volumes.push(resampled ? { ...volume, warnings: [...volume.warnings, resampledWarning] } : volume)
    } catch (error) {
      // Colours: a screenshot or a report among the series.
      if (!isVoxaugError(error) || error.code !== 'unsupported') throw error
      refusal = error
      warn('left-out', `a series was left out: ${error.message}`)
    }
  }
  if (volumes.length === 0) throw refusal
  const slices = volumes.reduce((sum, { shape, channels }) => sum + shape[2] * channels, 0)
  if (slices < dicoms)
    warn('files-missing', `${dicoms} DICOM files gave ${slices} slices; others are twice there, damaged, or no image.`)
  return warnings.length > 0
    ? volumes.map((volume) => ({ ...volume, warnings: [...volume.warnings, ...warnings] }))
    : volumes
}

/** The transfer syntax RLE lossless; the zero makes its length even. */
const runLengths = '1.2.840.10008.1.2.5\0'

const resampledWarning: Warning = {
  code: 'resampled',
  message: 'slices were not evenly spaced, or the gantry was tilted; dcm2niix resampled them. Is a slice missing?',
  path: '',
}

/** The files by name; where dcm2niix evened out a series, that and not the one whose affine cannot say where its slices were. */
function best(files: Converted['files']): { bytes: Uint8Array<ArrayBuffer>; resampled: boolean }[] {
  const stem = ({ name }: { name: string }) => name.replace(/\.nii$/, '')
  const better = (one: string, other: string) => /^_(Tilt|Eq)/.test(other.slice(one.length)) && other.startsWith(one)
  return files
    .filter((one) => one.name.endsWith('.nii') && !files.some((other) => better(stem(one), stem(other))))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((one) => ({ bytes: one.bytes, resampled: /_(Tilt|Eq)_/.test(one.name) }))
}

/** Each file's first bytes, a character each: DICOM's mark stands behind its preamble, and its transfer syntax soon after. */
function headsOf(blobs: readonly Blob[]): Promise<string[]> {
  const latin1 = new TextDecoder('latin1')
  return Promise.all(
    blobs.map(async (blob) => {
      try {
        return latin1.decode(await blob.slice(0, 1024).arrayBuffer())
      } catch (cause) {
        throw new VoxaugError('unreadable', 'a file could not be read.', { cause })
      }
    }),
  )
}
