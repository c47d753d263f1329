import { readFile } from 'node:fs/promises'

const style = await readFile(new URL('style.css', import.meta.url), 'utf8')

/** Text as HTML shows it; what stands between backticks is code. */
export const inline = (text) => escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>')

const escaped = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** A picture with its caption; `png` is the bytes of a file. */
export function picture({ png, width, height, caption }) {
  const data = Buffer.from(png).toString('base64')
  return `<figure>
<img src="data:image/png;base64,${data}" width="${width}" height="${height}" alt="${escaped(caption.replace(/`/g, ''))}">
<figcaption>${inline(caption)}</figcaption>
</figure>`
}

/** A table whose first column names its rows. Numbers stand below each other. */
export function table(head, rows) {
  const cells = (row, tag) => row.map((cell) => `<${tag}>${inline(String(cell))}</${tag}>`).join('')
  return `<div class="wide"><table>
<thead><tr>${cells(head, 'th')}</tr></thead>
<tbody>
${rows.map(([name, ...rest]) => `<tr><th>${inline(name)}</th>${cells(rest, 'td')}</tr>`).join('\n')}
</tbody>
</table></div>`
}

/** What a pipeline's trace tells: each step and what was drawn, and how often voxels were computed. */
export function drawn(runs) {
  const lines = runs.flatMap(({ name, trace }) =>
    trace.steps.map(({ transform, params }, n) => [
      n === 0 ? name : '',
      `\`${transform}\``,
      inParams(params),
      n === 0 ? inPasses(trace) : '',
    ]),
  )
  return `<div class="wide"><table class="drawn">
<thead><tr><th>drawn for</th><th>step</th><th>parameters in the trace</th><th>passes over voxels</th></tr></thead>
<tbody>
${lines.map((cells) => `<tr>${cells.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table></div>`
}

const inParams = (params) =>
  Object.entries(params)
    .map(([key, value]) => `${key} \`${shortened(value)}\``)
    .join(' · ') || 'none'

const inPasses = ({ passes }) =>
  Object.entries(passes)
    .map(([name, made]) => `${name} ${made.length}`)
    .join(', ')

/** JSON with numbers rounded to four digits, and long lists counted. */
function shortened(value) {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)))
  if (Array.isArray(value))
    return value.length > 16 ? `[… ${value.length} numbers]` : `[${value.map(shortened).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${shortened(one)}`)
      .join(', ')} }`
  return JSON.stringify(value)
}

/** One section: what it does, the code that ran, and what came of it. */
export const section = ({ id, title, text, code, content }) => `<section id="${id}">
<h2>${inline(title)}</h2>
<div class="about">
<div>
${text.map((paragraph) => `<p>${inline(paragraph)}</p>`).join('\n')}
</div>
<div>
<pre><code>${escaped(code.trim())}</code></pre>
</div>
</div>
${content.join('\n')}
</section>`

export function page({ title, lead, sections }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${style.trim()}
</style>
</head>
<body>
<main>
<header>
<h1>${escaped(title)}</h1>
${lead.map((paragraph) => `<p>${inline(paragraph)}</p>`).join('\n')}
<nav>${sections.map(({ id, title }) => `<a href="#${id}">${inline(title)}</a>`).join('')}</nav>
</header>
${sections.map(section).join('\n')}
</main>
</body>
</html>
`
}

/** Width and height of a PNG, from its header. */
export function decodeSize(png) {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
