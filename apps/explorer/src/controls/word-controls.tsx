import type { ControlProps } from './control.ts'

/** One of several words. */
export function WordControl({ info, value, onChange, label }: ControlProps) {
  return (
    <select
      aria-label={label}
      value={String(value ?? '')}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {value === undefined && <option value="">–</option>}
      {info.words?.map((word) => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </select>
  )
}

/** Some of several words: the last one cannot be taken away. */
export function WordsControl({ info, value, onChange, label }: ControlProps) {
  const chosen = (value ?? []) as readonly string[]
  const words = info.words ?? []
  return (
    <fieldset class="chips">
      <legend class="hidden">{label}</legend>
      {words.map((word) => (
        <label key={word} class="chip">
          <input
            type="checkbox"
            checked={chosen.includes(word)}
            onChange={() => {
              const next = words.filter((one) => (one === word ? !chosen.includes(one) : chosen.includes(one)))
              onChange(next.length > 0 ? next : [...chosen])
            }}
          />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Yes or no. */
export function FlagControl({ value, onChange, label }: ControlProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        class="switch"
        aria-label={label}
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {value === true ? 'yes' : 'no'}
    </label>
  )
}

/** The name of an entry: one that is there, or one to come. */
export function EntryControl({ value, onChange, label, entries }: ControlProps) {
  const known = typeof value === 'string' && !entries.includes(value) ? [...entries, value] : entries
  return (
    <select
      aria-label={label}
      value={String(value ?? '')}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {known.map((entry) => (
        <option key={entry} value={entry}>
          {entry}
        </option>
      ))}
    </select>
  )
}

/** All voxels, those that are not 0, or those of a label map. */
export function MaskControl({ value, onChange, label, labels }: ControlProps) {
  const now =
    typeof value === 'object' && value !== null ? `in ${(value as { label: string }).label}` : String(value ?? 'all')
  const options = ['all', 'nonzero', ...labels.map((one) => `in ${one}`)]
  return (
    <select
      aria-label={label}
      value={now}
      onChange={({ currentTarget: { value: next } }) =>
        onChange(next.startsWith('in ') ? { label: next.slice(3) } : next)
      }
    >
      {(options.includes(now) ? options : [...options, now]).map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  )
}
