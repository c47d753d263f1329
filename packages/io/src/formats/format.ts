import type { DType, Volume } from '@voxaug/core'
import type { ByteReader } from '../byte-reader.ts'
import type { EncodedFile } from '../encode.ts'
import type { Gunzip } from '../gunzip.ts'
import type { NiftiHeader } from '../header.ts'
import type { ParsedReadOptions, ReadNiftiOptions } from '../read.ts'

/** How to read: as `readNifti`. */
export type ReadVolumeOptions = ReadNiftiOptions

/** What the header of a file of any format says, checked. A plain record; that of a NIfTI file has more, `NiftiHeader`. */
export interface VolumeHeader
  extends Pick<
    NiftiHeader,
    | 'byteOrder'
    | 'shape'
    | 'channels'
    | 'dtype'
    | 'slope'
    | 'intercept'
    | 'affine'
    | 'orientation'
    | 'spacingMm'
    | 'warnings'
  > {
  readonly format: NiftiHeader['format'] | 'MGH' | 'NRRD' | 'MetaImage'
}

/** A file whose header was read, and whose voxels can be read once. */
export interface Opened {
  readonly header: VolumeHeader
  read(options: ParsedReadOptions): Promise<Volume>
}

/** A file that is being read. */
export interface Source {
  /** From the first byte on, inflated. */
  readonly bytes: ByteReader
  /** Whether all of the file was gzip. */
  readonly compressed: boolean
  /** Bytes of the file as it is stored, where that is known. */
  readonly fileSize: number | undefined
  /** Bytes that `bytes` gives at the very most, where that is known. */
  readonly most: number | undefined
}

/** What an engine lends to the formats. */
export interface Platform {
  readonly gunzip: Gunzip
  /** Inflates a zlib stream (RFC 1950), checking its checksum. */
  readonly inflate: Gunzip
  /** Opens a file in the folder of the one that is read; absent where there are no folders. */
  readonly beside?: (name: string) => Promise<ByteReader>
}

/** A file that is made while it is read: the header, and the voxels behind it, which may be compressed apart. */
export interface Encoded {
  readonly header: Uint8Array<ArrayBuffer>
  readonly voxels: EncodedFile
}

/** Which part of a file is gzip. */
export type Gzipped = 'nothing' | 'voxels' | 'everything'

/** A file format, told by its first bytes. */
export interface Format {
  readonly name: string
  /** The endings of names under which it is written. */
  readonly endings: Readonly<Record<string, Gzipped>>
  /** Further endings, of names under which it is only read. */
  readonly readEndings?: readonly string[]
  /** Whether a file with these first bytes, 544 or all, is one. */
  matches(head: Uint8Array): boolean
  /** Reads the header of a source that its caller closes. */
  open(source: Source, platform: Platform): Promise<Opened>
  /** `dtype` is float32 for images and a label map's own, or one that holds it, unless given. */
  write(volume: Volume, dtype: DType | undefined): Promise<Encoded>
}
