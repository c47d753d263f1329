// Writes docs/reference; --check says instead what is not as it would be written.
import { fileURLToPath } from 'node:url'
import { brokenLinks, documentsOf } from './links.ts'
import { createReference } from './reference.ts'
import { differences, write } from './store.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const reference = createReference(root)
if (process.argv.includes('--check')) {
  const wrong = [...differences(root, reference), ...brokenLinks(root, documentsOf(root))]
  for (const one of wrong) console.error(one)
  console.log(`Node ${process.versions.node}: ${reference.length} files of the reference, ${wrong.length} faults`)
  process.exitCode = wrong.length > 0 ? 1 : 0
} else {
  const changed = write(root, reference)
  console.log(`docs/reference: ${reference.length} files, ${changed} changed`)
}
