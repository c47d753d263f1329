import { doc } from '../state/document.ts'
import { type Look, look, setLook } from '../state/look.ts'

const layouts: readonly (readonly [Look['layout'], string])[] = [
  ['side', 'Side by side'],
  ['wipe', 'Wipe'],
  ['difference', 'Difference'],
]
const views: readonly (readonly [Look['view'], string])[] = [
  ['multi', 'All'],
  ['axial', 'Axial'],
  ['coronal', 'Coronal'],
  ['sagittal', 'Sagittal'],
  ['render', '3D'],
]

/** How before and after are laid out, and what is seen of them. */
export function Toolbar() {
  const { labels, grid } = look.value
  return (
    <div class="toolbar" role="toolbar" aria-label="Views">
      <Choice name="layout" legend="Layout" options={layouts} />
      <Choice name="view" legend="Planes" options={views} />
      <label class="check">
        <input
          type="checkbox"
          class="switch"
          checked={labels}
          onChange={({ currentTarget }) => setLook({ labels: currentTarget.checked })}
        />{' '}
        Labels
      </label>
      <label class="check" title="Lines that were straight and 10 mm apart before">
        <input
          type="checkbox"
          class="switch"
          checked={grid}
          disabled={doc.value.steps.length === 0}
          onChange={({ currentTarget }) => setLook({ grid: currentTarget.checked })}
        />{' '}
        Deformation
      </label>
    </div>
  )
}

function Choice<K extends 'layout' | 'view'>({
  name,
  legend,
  options,
}: {
  readonly name: K
  readonly legend: string
  readonly options: readonly (readonly [Look[K], string])[]
}) {
  return (
    <fieldset class="segments">
      <legend class="hidden">{legend}</legend>
      {options.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={look.value[name] === value}
            onChange={() => setLook({ [name]: value } as Partial<Look>)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
