import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { TransformInfo } from '../engine/catalog.ts'
import { Icon } from '../page/icons.tsx'
import { addStep, catalog } from '../state/document.ts'
import { shortName } from '../state/pipeline.ts'
import type { Place } from '../state/steps.ts'

/** A button that opens a searchable list of all transforms, and adds the one chosen. */
export function Picker({ at }: { readonly at: Place }) {
  const isOpen = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    isOpen.value = false
    button.current?.focus()
  }
  return (
    <div class="picker">
      <button
        ref={button}
        type="button"
        class="add"
        aria-expanded={isOpen.value}
        aria-label={at.parent === undefined ? 'Add a step' : 'Add a step in here'}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name="add" /> {at.parent === undefined ? 'Add a step' : 'Add in here'}
      </button>
      {isOpen.value && (
        <Choices
          onPick={(info) => {
            addStep(info, at)
            close()
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

function Choices({
  onPick,
  onClose,
}: {
  readonly onPick: (info: TransformInfo) => void
  readonly onClose: () => void
}) {
  const query = useSignal('')
  const chosen = useSignal(0)
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    field.current?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const words = query.value.toLowerCase().split(/\s+/)
  const found = [...catalog.value.values()].filter(({ name, help }) =>
    words.every((word) => `${name} ${help}`.toLowerCase().includes(word)),
  )
  const groups = [...new Set(found.map(({ name }) => name.replace(/\/.*$/, '')))]
  const ordered = groups.flatMap((group) => found.filter(({ name }) => name.startsWith(`${group}/`)))
  const current = ordered[Math.min(chosen.value, ordered.length - 1)]
  const idOf = ({ name }: TransformInfo) => `pick-${name.replace('/', '-')}`
  return (
    <div
      ref={box}
      class="choices"
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget as Node)) onClose()
      }}
    >
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search transforms"
        aria-expanded="true"
        aria-controls="choices"
        aria-activedescendant={current && idOf(current)}
        placeholder="Search: blur, rotate, crop …"
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value
          chosen.value = 0
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') chosen.value = Math.min(ordered.length - 1, chosen.value + 1)
          else if (event.key === 'ArrowUp') chosen.value = Math.max(0, chosen.value - 1)
          else if (event.key === 'Enter' && current) onPick(current)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
          const next = ordered[chosen.value]
          if (next) document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' })
        }}
      />
      <div class="choice-list" role="listbox" id="choices" aria-label="Transforms" tabIndex={-1}>
        {groups.map((group) => (
          <div role="group" aria-label={group} key={group}>
            <div class="group" aria-hidden="true">
              {group}
            </div>
            {ordered
              .filter(({ name }) => name.startsWith(`${group}/`))
              .map((info) => (
                <div
                  key={info.name}
                  id={idOf(info)}
                  role="option"
                  class="choice"
                  aria-selected={info === current}
                  // Not a click: the field would lose the focus first, and the list close.
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => onPick(info)}
                >
                  <b>{shortName(info.name)}</b>
                  <span>{info.help}</span>
                </div>
              ))}
          </div>
        ))}
        {ordered.length === 0 && <p class="hint">No transform has these words.</p>}
      </div>
    </div>
  )
}
