import { NumberField } from '../controls/number-field.tsx'
import type { Window } from '../engine/picture.ts'
import { Icon } from '../page/icons.tsx'

/** The values shown black and white. */
export function WindowControl({
  label,
  value: [black, white],
  isSet,
  isDifference = false,
  onChange,
}: {
  readonly label: string
  readonly value: Window
  readonly isSet: boolean
  /** A difference has one limit, on both sides of 0. */
  readonly isDifference?: boolean
  readonly onChange: (window: Window | undefined) => void
}) {
  return (
    <span
      class="window"
      title="The values shown black and white. Drag with the right button on the image: across for contrast, up for brightness."
    >
      {isSet && (
        <button
          type="button"
          class="tool"
          aria-label={`${label}: found from the image again`}
          title="Found from the image again"
          onClick={() => onChange(undefined)}
        >
          <Icon name="reset" />
        </button>
      )}
      {!isDifference && (
        <NumberField
          value={rounded(black)}
          label={`${label}, black`}
          onChange={(x) => x !== undefined && x < white && onChange([x, white])}
        />
      )}
      <span class={isDifference ? 'ramp both' : 'ramp'} aria-hidden="true" />
      {isDifference && '±'}
      <NumberField
        value={rounded(white)}
        label={isDifference ? `${label}, strongest colour` : `${label}, white`}
        onChange={(x) => x !== undefined && x > (isDifference ? 0 : black) && onChange([isDifference ? -x : black, x])}
      />
    </span>
  )
}

/** As many digits as one compares. */
const rounded = (x: number) => Number(x.toPrecision(4))
