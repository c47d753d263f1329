import { useSignal } from '@preact/signals'
import type { Json } from '@voxaug/core'
import { useId } from 'preact/hooks'
import { controlOf, startOf } from '../controls/controls.ts'
import { wordsOf } from '../controls/words.ts'
import type { OptionInfo, TransformInfo } from '../engine/catalog.ts'
import { Icon } from '../page/icons.tsx'
import { catalog, setAlternative, setOption } from '../state/document.ts'
import { shortName } from '../state/pipeline.ts'
import { problem } from '../state/runs.ts'
import type { StepNode } from '../state/steps.ts'
import { entryNames, labelNames } from '../state/subject.ts'
import { CommonFields } from './common-fields.tsx'

/** Set by other means: the steps of a combinator, and their weights, which stand beside each. */
const elsewhere = ['transforms', 'weights']

/** An option that this many transforms have is not what a transform is about: it stands behind "More". */
const shared = 5

/** The options of a step, made from their descriptions. */
export function OptionFields({ node, info }: { readonly node: StepNode; readonly info: TransformInfo }) {
  const isMore = useSignal(false)
  const all = Object.entries(info.options).filter(([, { type }]) => !elsewhere.includes(type))
  const isShared = (name: string) =>
    [...catalog.value.values()].filter(({ options }) => name in options).length >= shared
  const own = all.filter(([name]) => !isShared(name) && !info.alternatives.includes(name))
  const rest = all.filter(([name]) => isShared(name) && !info.alternatives.includes(name))
  const shown = own.length > 0 || info.alternatives.length > 0 ? own : rest
  const more = shown === rest ? [] : rest
  return (
    <>
      {info.alternatives.length > 0 && <Alternatives node={node} info={info} />}
      {shown.map(([name, option]) => (
        <Field key={name} node={node} name={name} option={option} />
      ))}
      <button
        type="button"
        class="more quiet"
        aria-expanded={isMore.value}
        title={[...more.map(([name]) => wordsOf(name).text.toLowerCase()), 'entries', 'id'].join(', ')}
        onClick={() => (isMore.value = !isMore.value)}
      >
        <Icon name={isMore.value ? 'down' : 'open'} /> More
      </button>
      {isMore.value && (
        <>
          {more.map(([name, option]) => (
            <Field key={name} node={node} name={name} option={option} />
          ))}
          <CommonFields node={node} />
        </>
      )}
    </>
  )
}

/** One option: its name, its help, its control, and what takes it back to the default. */
function Field({
  node,
  name,
  option,
}: {
  readonly node: StepNode
  readonly name: string
  readonly option: OptionInfo
}) {
  const help = useId()
  const { text } = wordsOf(name)
  const given = node.options[name]
  const fallback = option.default as Json | undefined
  const isSet = given !== undefined
  const hasValue = isSet || fallback !== undefined
  const entries = entryNames.value
  const isWrong = problem.value?.key === node.key && problem.value?.option === name
  const Control = controlOf(option)
  return (
    <div
      class={`field ${isWrong ? 'wrong' : ''}`}
      role="group"
      aria-label={`${shortName(node.transform)}, ${text}`}
      aria-describedby={help}
      data-option={name}
    >
      <div class="field-name" title={`${option.help} Must be ${option.accepts}.`}>
        {!option.required && fallback === undefined ? (
          <label class="check">
            <input
              type="checkbox"
              checked={isSet}
              onChange={() => setOption(node.key, name, isSet ? undefined : startOf(option, entries))}
            />
            {text}
          </label>
        ) : (
          <span>{text}</span>
        )}
        {isSet && !option.required && fallback !== undefined && (
          <button
            type="button"
            class="tool reset"
            aria-label={`${text}: back to the default`}
            title="Back to the default"
            onClick={() => setOption(node.key, name, undefined)}
          >
            <Icon name="reset" />
          </button>
        )}
      </div>
      {(hasValue || option.required) && (
        <Control
          name={name}
          info={option}
          entries={entries}
          labels={labelNames.value}
          label={`${shortName(node.transform)}, ${text}`}
          value={given ?? fallback}
          onChange={(value) => setOption(node.key, name, value)}
        />
      )}
      <span id={help} class="help">
        {option.help}
      </span>
    </div>
  )
}

/** Options of which one holds: which, and its control. */
function Alternatives({ node, info }: { readonly node: StepNode; readonly info: TransformInfo }) {
  const names = info.alternatives
  const current =
    names.find((name) => name in node.options) ?? names.find((name) => info.options[name]?.default !== undefined)
  const option = current ? info.options[current]! : undefined
  return (
    <>
      <div class="field">
        <span class="field-name">By</span>
        <select
          aria-label={`${shortName(node.transform)}, given by`}
          value={current ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setAlternative(node.key, names, value, startOf(info.options[value]!, entryNames.value))
          }
        >
          {current === undefined && <option value="">–</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {alternativeName(name)}
            </option>
          ))}
        </select>
      </div>
      {current && option && <Field key={current} node={node} name={current} option={{ ...option, required: true }} />}
    </>
  )
}

/** `maxDisplacementMm` is max displacement in mm, and `mm` is mm. */
function alternativeName(name: string): string {
  const { text, unit } = wordsOf(name)
  const word = text.toLowerCase()
  return unit === '' || name.toLowerCase() === word ? word : `${word} in ${unit}`
}
