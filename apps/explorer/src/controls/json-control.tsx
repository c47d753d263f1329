import type { Json } from '@voxaug/core'
import { useState } from 'preact/hooks'
import type { ControlProps } from './control.ts'

/** Any value, as JSON: for descriptors that this page has never heard of. */
export function JsonControl({ info, value, onChange, label }: ControlProps) {
  const [draft, setDraft] = useState<string>()
  const text = draft ?? (value === undefined ? '' : JSON.stringify(value))
  const isBroken = draft !== undefined && parsed(draft) === undefined
  return (
    <div class="stack">
      <input
        class="json"
        type="text"
        spellcheck={false}
        aria-label={`${label}, as JSON`}
        aria-invalid={isBroken}
        placeholder={info.accepts}
        value={text}
        onInput={({ currentTarget }) => {
          setDraft(currentTarget.value)
          const found = parsed(currentTarget.value)
          if (found) onChange(found.value)
        }}
        onBlur={() => setDraft(undefined)}
      />
      <span class="hint">{info.accepts}</span>
    </div>
  )
}

function parsed(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return undefined
  }
}
