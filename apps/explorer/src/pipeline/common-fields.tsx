import { setId, setOption } from '../state/document.ts'
import { shortName } from '../state/pipeline.ts'
import type { StepNode } from '../state/steps.ts'
import { before } from '../state/subject.ts'

/** What every step takes beside its own options: the entries that it acts on, and the name of its random stream. */
export function CommonFields({ node }: { readonly node: StepNode }) {
  const name = shortName(node.transform)
  const entries = before.value?.entries.map(({ entry }) => entry) ?? []
  const include = node.options['include'] as readonly string[] | undefined
  const exclude = (node.options['exclude'] ?? []) as readonly string[]
  const isActedOn = (entry: string) => (!include || include.includes(entry)) && !exclude.includes(entry)
  const toggle = (entry: string) => {
    const chosen = entries.filter((one) => (one === entry ? !isActedOn(one) : isActedOn(one)))
    if (chosen.length === 0) return
    setOption(node.key, 'exclude', undefined)
    setOption(node.key, 'include', chosen.length === entries.length ? undefined : chosen, `${node.key} exclude`)
  }
  return (
    <>
      {entries.length > 1 && (
        <div class="field">
          <span class="field-name">Acts on</span>
          <fieldset class="chips">
            <legend class="hidden">{name}, acts on</legend>
            {entries.map((entry) => (
              <label key={entry} class="chip">
                <input type="checkbox" checked={isActedOn(entry)} onChange={() => toggle(entry)} />
                <span>{entry}</span>
              </label>
            ))}
          </fieldset>
        </div>
      )}
      <div class="field">
        <span class="field-name" title="A step keeps its draws when others of its kind come or go before it.">
          Name of its random stream
        </span>
        <input
          type="text"
          aria-label={`${name}, id`}
          placeholder="by its kind and place"
          value={node.id ?? ''}
          onInput={({ currentTarget }) => setId(node.key, currentTarget.value || undefined)}
        />
      </div>
    </>
  )
}
