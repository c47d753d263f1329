import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folder } from './store.ts'

/** The Markdown that people read: the root's, the packages', and the reference. */
export function documentsOf(root: string): readonly string[] {
  const readmes = readdirSync(join(root, 'packages')).map((one) => `packages/${one}/README.md`)
  const pages = existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((one) => `${folder}/${one}`)
    : []
  return ['README.md', 'CONTRIBUTING.md', ...readmes, ...pages.filter((one) => one.endsWith('.md')).sort()]
}

/** Links of documents, pictures too, to a file or a heading that is not there; one line a link. */
export function brokenLinks(root: string, documents: readonly string[]): readonly string[] {
  return documents.flatMap((document) =>
    linksOf(readFileSync(join(root, document), 'utf8')).flatMap((link) => {
      const [path = '', heading] = link.split('#')
      const file = path === '' ? join(root, document) : join(root, dirname(document), path)
      if (!existsSync(file)) return [`${document}: links ${link}, which is not there`]
      return heading === undefined || headingsOf(readFileSync(file, 'utf8')).includes(heading)
        ? []
        : [`${document}: links ${link}, but there is no such heading`]
    }),
  )
}

/** Links within the repository, without those in code. */
const linksOf = (markdown: string): readonly string[] =>
  [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))

const headingsOf = (markdown: string): readonly string[] =>
  [...withoutFences(markdown).matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

const withoutFences = (markdown: string) => markdown.replace(/^```.*?^```$/gms, '')
// A link's text may itself be code: `[`Flip`](…)`. Only a link that is all within code is none.
const withoutCode = (markdown: string) => withoutFences(markdown).replace(/`[^`\n]*`/g, '`')
