import { effect, signal } from '@preact/signals'

const themes = ['as the system', 'light', 'dark'] as const

/** Light or dark: as the system has it, or as somebody chose. */
export const theme = signal<(typeof themes)[number]>('as the system')

export const cycleTheme = (): void => {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length]!
}

effect(() => {
  document.documentElement.dataset['theme'] = theme.value === 'as the system' ? '' : theme.value
})
