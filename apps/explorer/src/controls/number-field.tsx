import { useState } from 'preact/hooks'
import { short } from './words.ts'

/** A number that is typed. What is no number is not passed on, and goes when the field is left. */
export function NumberField({
  value,
  onChange,
  label,
  isWhole = false,
  placeholder,
  whenDone = false,
}: {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly label: string
  readonly isWhole?: boolean
  readonly placeholder?: string
  /** Passes on what is written when the field is left, not each digit of it. */
  readonly whenDone?: boolean
}) {
  const [draft, setDraft] = useState<string>()
  return (
    <input
      class="number"
      type="text"
      inputMode={isWhole ? 'numeric' : 'decimal'}
      aria-label={label}
      placeholder={placeholder}
      value={draft ?? (value === undefined ? '' : isWhole ? String(value) : short(value))}
      onInput={({ currentTarget }) => {
        const text = currentTarget.value
        setDraft(text)
        if (whenDone) return
        const typed = Number(text)
        if (text.trim() === '') onChange(undefined)
        else if (Number.isFinite(typed) && (!isWhole || Number.isInteger(typed))) onChange(typed)
      }}
      onChange={() => {
        const typed = Number(draft)
        if (whenDone && draft !== undefined && (draft.trim() === '' || Number.isFinite(typed)))
          onChange(draft.trim() === '' ? undefined : typed)
      }}
      onBlur={() => setDraft(undefined)}
    />
  )
}
