/** Units by the ending of a name, as options have them. */
const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Degrees$|^degrees$/, '°'],
  [/MmPerSecond$/, 'mm/s'],
  [/Mm$|^mm$/, 'mm'],
  [/Voxels$|^voxels$/, 'voxels'],
  [/Percent$/, '%'],
  [/Seconds$/, 's'],
]

/** An option's name in words, and its unit: `rotationDegrees` is Rotation, in °. */
export function wordsOf(name: string): { readonly text: string; readonly unit: string } {
  const [ending, unit] = units.find(([one]) => one.test(name)) ?? [undefined, '']
  const stem = (ending && name.replace(ending, '')) || name
  const text = stem.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return { text: text.charAt(0).toUpperCase() + text.slice(1), unit }
}

/** A number as people read it: no more digits than a slider's step has. */
export const short = (x: number): string => String(Number(x.toPrecision(6)))
