import { readNifti, readNiftiHeader, readVolume, readVolumeHeader } from '@voxaug/io'
import type { Reader } from './check.ts'

/** What browsers read with. */
export const browserReader: Reader = { name: '@voxaug/io', readNifti, readNiftiHeader, readVolume, readVolumeHeader }
