import { effect, signal } from '@preact/signals'

const themes = ['as the system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

/** Light or dark: as the system has it, or as somebody chose, here or on the other page. */
export const theme = signal<Theme>(themes.find((one) => one === remembered()) ?? 'as the system')

export const cycleTheme = (): void => {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length]!
}

effect(() => {
  document.documentElement.dataset['theme'] = theme.value === 'as the system' ? '' : theme.value
  try {
    localStorage.setItem('voxaug theme', theme.value)
  } catch {
    // A browser may keep nothing: then the next page begins as the system has it.
  }
})

function remembered(): string | null {
  try {
    return localStorage.getItem('voxaug theme')
  } catch {
    return null
  }
}
