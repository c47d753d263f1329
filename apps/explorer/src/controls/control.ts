import type { Json } from '@voxaug/core'
import type { FunctionComponent } from 'preact'
import type { OptionInfo } from '../engine/catalog.ts'

/** What every control takes. */
export interface ControlProps {
  /** The option's name, as data has it. */
  readonly name: string
  readonly info: OptionInfo
  /** As given, else the default; undefined where there is neither. */
  readonly value: Json | undefined
  readonly onChange: (value: Json) => void
  /** Says what it is for, to those who cannot see where it stands. */
  readonly label: string
  /** Entries of the subject that steps may read. */
  readonly entries: readonly string[]
  /** Those of them that are label maps. */
  readonly labels: readonly string[]
}

export type Control = FunctionComponent<ControlProps>
