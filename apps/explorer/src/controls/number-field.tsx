import { useState } from 'preact/hooks'
import { short } from './words.ts'

/** A number that is typed. What is no number is not passed on, and goes when the field is left. */
export function NumberField({
  value,
  onChange,
  label,
  isWhole = false,
  placeholder,
}: {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly label: string
  readonly isWhole?: boolean
  readonly placeholder?: string
}) {
  const [draft, setDraft] = useState<string>()
  return (
    <input
      class="number"
      type="text"
      inputMode={isWhole ? 'numeric' : 'decimal'}
      aria-label={label}
      placeholder={placeholder}
      value={draft ?? (value === undefined ? '' : short(value))}
      onInput={({ currentTarget }) => {
        const text = currentTarget.value
        setDraft(text)
        const typed = Number(text)
        if (text.trim() === '') onChange(undefined)
        else if (Number.isFinite(typed) && (!isWhole || Number.isInteger(typed))) onChange(typed)
      }}
      onBlur={() => setDraft(undefined)}
    />
  )
}
