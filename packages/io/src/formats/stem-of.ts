import { formats } from './read-any.ts'

/** A file's name without the ending of a volume's, such as .nii.gz; in any letters, and one alone. */
export function stemOf(name: string): string {
  const lower = name.toLowerCase()
  const ending = formats
    .flatMap(({ endings, readEndings = [] }) => [...Object.keys(endings), ...readEndings])
    .find((one) => lower.endsWith(one))
  return ending ? name.slice(0, -ending.length) : name
}
