import ts from 'typescript'

/** What the comment above a factory says. */
export interface Docstring {
  readonly summary: string
  readonly formula: string
  /** The paragraphs that are none of the rest. */
  readonly about: readonly string[]
  readonly grid: string
  readonly labels: string
  readonly points: string
  readonly inverse: string
  readonly throws: readonly string[]
  readonly see: readonly string[]
}

const fields = ['Formula', 'Grid', 'Labels', 'Points', 'Inverse'] as const

/**
 * Reads the comment above `export const <name>`.
 * @throws Error naming the file and what is missing: none of the lines may be
 */
export function docstringOf(code: string, file: string, name: string): Docstring {
  const missing = (what: string) => new Error(`${file}: the docstring of ${name} must have ${what}`)
  const comment = commentOf(declarationsOf(code, file).get(name))
  if (!comment) throw new Error(`${file}: ${name} must have a docstring`)
  const { found, paragraphs } = split(comment.text)
  const [summary, ...about] = paragraphs
  if (!summary) throw missing('a sentence that says what it does')
  const line = (field: (typeof fields)[number]) => {
    const text = found.get(field)
    if (!text) throw missing(`a line "${field}: …"`)
    return text
  }
  const [formula, grid, labels, points, inverse] = fields.map(line) as [string, string, string, string, string]
  const tagged = (tag: string) => comment.tags.filter(([name]) => name === tag).map(([, text]) => text)
  const see = tagged('see')
  if (see.length === 0) throw missing('a line "@see …"')
  return { summary, formula, about, grid, labels, points, inverse, throws: tagged('throws'), see }
}

/** The text above a declaration, or above a member of an interface (`Common.id`), in one line; '' where there is none. */
export function textAbove(code: string, file: string, name: string): string {
  const [outer = '', member] = name.split('.')
  const node = declarationsOf(code, file).get(outer)
  const inner = (one: ts.TypeElement) => one.name?.getText() === member
  const of = member && node && ts.isInterfaceDeclaration(node) ? node.members.find(inner) : node
  return commentOf(of)?.text.replace(/\s+/g, ' ') ?? ''
}

/** The names of an interface's members. */
export function membersOf(code: string, file: string, name: string): readonly string[] {
  const node = declarationsOf(code, file).get(name)
  return node && ts.isInterfaceDeclaration(node) ? node.members.flatMap((one) => one.name?.getText() ?? []) : []
}

/** For each name that an index exports from a file beside it, that file. */
export function reexportsOf(code: string, file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { exportClause, moduleSpecifier } of parse(code, file).statements.filter(ts.isExportDeclaration)) {
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) continue
    const from = (moduleSpecifier as ts.StringLiteral).text
    for (const { name } of exportClause.elements) found.set(name.text, from)
  }
  return found
}

const parse = (code: string, file: string) => ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)

/** What a file declares at its top, by name; of a constant, the statement that it is in. */
function declarationsOf(code: string, file: string): ReadonlyMap<string, ts.Node> {
  return new Map(
    parse(code, file).statements.flatMap((one): readonly (readonly [string, ts.Node])[] => {
      if (ts.isVariableStatement(one)) return one.declarationList.declarations.map((d) => [d.name.getText(), one])
      const named = ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one) || ts.isFunctionDeclaration(one)
      return named && one.name ? [[one.name.text, one]] : []
    }),
  )
}

interface Comment {
  readonly text: string
  readonly tags: readonly (readonly [name: string, text: string])[]
}

function commentOf(node: ts.Node | undefined): Comment | undefined {
  const doc = node && ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)
  if (!doc) return undefined
  const tags = (doc.tags ?? []).map((tag) => {
    // As it is written: the parser takes the first word after @see for a name in code.
    const text = tag.getText().replace(/^@\w+/, '')
    return [
      tag.tagName.text,
      text
        .replace(/\n\s*\*(?!\/)/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ] as const
  })
  return { text: ts.getTextOfJSDocComment(doc.comment) ?? '', tags }
}

/** Takes the lines that begin with a field's name out of a text. A field ends at an empty line or at the next. */
function split(text: string): { found: ReadonlyMap<string, string>; paragraphs: readonly string[] } {
  const found = new Map<string, string>()
  const paragraphs: string[] = []
  for (const block of text.split(/\n\s*\n/)) {
    let field: string | undefined
    let prose = ''
    for (const line of block.split('\n').map((one) => one.trim())) {
      const next = fields.find((one) => line.startsWith(`${one}: `))
      if (next) {
        field = next
        found.set(field, line.slice(next.length + 2).trim())
      } else if (field) found.set(field, `${found.get(field)} ${line}`)
      else prose = `${prose} ${line}`
    }
    if (prose.trim()) paragraphs.push(prose.trim())
  }
  return { found, paragraphs }
}
