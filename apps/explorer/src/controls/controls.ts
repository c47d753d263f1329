import type { Json } from '@voxaug/core'
import type { OptionInfo } from '../engine/catalog.ts'
import type { Control } from './control.ts'
import { CountControl, IntervalControl } from './interval-controls.tsx'
import { JsonControl } from './json-control.tsx'
import { MarginsControl } from './margins-control.tsx'
import { MatrixControl } from './matrix-control.tsx'
import { EitherControl, RecordControl } from './nested-controls.tsx'
import { NumberControl } from './number-control.tsx'
import { OddsControl } from './odds-control.tsx'
import { PerAxisControl } from './per-axis-control.tsx'
import { RangeControl } from './range-control.tsx'
import { SizeControl } from './size-control.tsx'
import { EntryControl, FlagControl, MaskControl, WordControl, WordsControl } from './word-controls.tsx'

/** How a kind of option is set: its control, which values it shows, and where it starts without one. */
interface Kind {
  readonly control: Control
  readonly fits: (value: unknown, info: OptionInfo) => boolean
  readonly start: (info: OptionInfo, entries: readonly string[]) => Json
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown) => typeof value === 'number'
const isList = (value: unknown, length?: number) =>
  Array.isArray(value) && (length === undefined || value.length === length)
const isRange = (value: unknown) =>
  isNumber(value) ||
  isList(value, 2) ||
  (isRecord(value) && ['choice', 'normal', 'logUniform'].some((way) => way in value))
const within = ({ bounds = [-Infinity, Infinity] }: OptionInfo, x: number) =>
  Math.min(bounds[1], Math.max(bounds[0], x))
const amount = (info: OptionInfo) => within(info, 1)

/** By the type of descriptor; another is set as JSON. */
const kinds: Readonly<Record<string, Kind>> = {
  range: { control: RangeControl, fits: isRange, start: amount },
  perAxis: { control: PerAxisControl, fits: (value) => isRange(value) || isList(value, 3), start: amount },
  number: { control: NumberControl, fits: isNumber, start: amount },
  word: {
    control: WordControl,
    fits: (value, { words }) => words?.some((word) => word === value) ?? false,
    start: ({ words }) => words?.[0] ?? '',
  },
  words: { control: WordsControl, fits: (value) => isList(value), start: ({ words }) => words?.slice(0, 1) ?? [] },
  flag: { control: FlagControl, fits: (value) => typeof value === 'boolean', start: () => true },
  size: {
    control: SizeControl,
    fits: (value) => isList(value, 3) && (value as unknown[]).every((n) => n === null || isNumber(n)),
    start: ({ least = 1 }) => [Math.max(64, least), Math.max(64, least), Math.max(64, least)],
  },
  mask: {
    control: MaskControl,
    fits: (value) => value === 'all' || value === 'nonzero' || (isRecord(value) && 'label' in value),
    start: () => 'all',
  },
  matrix: {
    control: MatrixControl,
    fits: (value) => isList(value, 4) || isList(value, 16),
    start: () => [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  },
  interval: {
    control: IntervalControl,
    fits: (value) => isList(value, 2),
    start: (info) => [within(info, 0), within(info, 1)],
  },
  margins: { control: MarginsControl, fits: (value) => isNumber(value) || isList(value, 3), start: () => 8 },
  entry: {
    control: EntryControl,
    fits: (value) => typeof value === 'string',
    start: (_, entries) => entries.at(-1) ?? 'image',
  },
  odds: { control: OddsControl, fits: (value) => isList(value) || isRecord(value), start: () => ({ 1: 1 }) },
  count: { control: CountControl, fits: (value) => isNumber(value) || isList(value, 2), start: () => 1 },
  record: {
    control: RecordControl,
    fits: (value, { fields = {} }) => isRecord(value) && Object.keys(value).every((key) => Object.hasOwn(fields, key)),
    start: ({ fields = {} }, entries) =>
      Object.fromEntries(
        Object.entries(fields).flatMap(([name, field]) => (field.required ? [[name, startOf(field, entries)]] : [])),
      ),
  },
  either: {
    control: EitherControl,
    fits: (value, { of = [] }) => of.some((one) => fits(one, value)),
    start: ({ of = [] }, entries) => (of[0] ? startOf(of[0], entries) : null),
  },
}

const other: Kind = { control: JsonControl, fits: () => true, start: () => null }

const kindOf = ({ type }: OptionInfo): Kind => (Object.hasOwn(kinds, type) ? kinds[type]! : other)

/** The control of an option. */
export const controlOf = (info: OptionInfo): Control => kindOf(info).control

/** Whether a control can show a value. */
export const fits = (info: OptionInfo, value: unknown): boolean => kindOf(info).fits(value, info)

/** A value to start from where none is given: the default, else one that the option's kind suggests. */
export const startOf = (info: OptionInfo, entries: readonly string[]): Json =>
  (info.default as Json | undefined) ?? kindOf(info).start(info, entries)
