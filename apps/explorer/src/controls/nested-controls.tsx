import type { Json } from '@voxaug/core'
import type { OptionInfo } from '../engine/catalog.ts'
import type { ControlProps } from './control.ts'
import { controlOf, fits, startOf } from './controls.ts'
import { wordsOf } from './words.ts'

/** Options within an option. */
export function RecordControl({ info, value, onChange, label, entries, labels }: ControlProps) {
  const record = (value ?? {}) as Readonly<Record<string, Json>>
  return (
    <div class="nested">
      {Object.entries(info.fields ?? {}).map(([name, field]) => {
        const Field = controlOf(field)
        const given = record[name]
        const isIn = given !== undefined || field.required || field.default !== undefined
        return (
          <div class="field" key={name}>
            <span class="field-name" title={field.help}>
              {field.required ? (
                wordsOf(name).text
              ) : (
                <label class="check small">
                  <input
                    type="checkbox"
                    checked={given !== undefined}
                    onChange={() => {
                      const { [name]: _, ...others } = record
                      onChange(given === undefined ? { ...record, [name]: startOf(field, entries) } : others)
                    }}
                  />
                  {wordsOf(name).text}
                </label>
              )}
            </span>
            {isIn && (
              <Field
                name={name}
                info={field}
                entries={entries}
                labels={labels}
                label={`${label}, ${wordsOf(name).text}`}
                value={given ?? (field.default as Json | undefined)}
                onChange={(one) => onChange({ ...record, [name]: one })}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** One of several kinds of value. */
export function EitherControl({ name, info, value, onChange, label, entries, labels }: ControlProps) {
  const kinds = info.of ?? []
  const now = Math.max(
    0,
    kinds.findIndex((kind) => fits(kind, value)),
  )
  const Kind = controlOf(kinds[now]!)
  return (
    <div class="stack">
      <select
        class="quiet"
        aria-label={`${label}, what it is`}
        value={now}
        onChange={({ currentTarget }) => onChange(startOf(kinds[Number(currentTarget.value)]!, entries))}
      >
        {kinds.map((kind, n) => (
          <option key={n} value={n}>
            {kindName(kind)}
          </option>
        ))}
      </select>
      <Kind
        name={name}
        info={kinds[now]!}
        value={value}
        label={label}
        entries={entries}
        labels={labels}
        onChange={onChange}
      />
    </div>
  )
}

/** What a kind of value is called, in the words of its description. */
function kindName({ type, words, fields }: OptionInfo): string {
  if (words) return words.length > 2 ? 'a word' : words.join(' or ')
  if (fields)
    return `by ${Object.keys(fields)
      .map((name) => wordsOf(name).text.toLowerCase())
      .join(', ')}`
  return (
    {
      perAxis: 'an amount',
      range: 'an amount',
      number: 'a number',
      size: 'three sizes',
      mask: 'a mask',
      interval: 'an interval',
    }[type] ?? type
  )
}
