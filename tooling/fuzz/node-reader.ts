import { readNifti, readNiftiHeader, readVolume, readVolumeHeader } from '@voxaug/io/node'
import type { Reader } from './check.ts'

/** What Node reads with. */
export const nodeReader: Reader = { name: '@voxaug/io/node', readNifti, readNiftiHeader, readVolume, readVolumeHeader }
