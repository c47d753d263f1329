// Compiles assembly/ to WebAssembly and writes it, with the types of its exports, into src/wasm.generated.ts.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

process.chdir(import.meta.dirname)

// One source of sin, exp, log and pow: tsc compiles it for core, asc for the kernels.
await copyFile('../core/src/math.ts', 'assembly/math.generated.ts')

const scratch = await mkdtemp(join(tmpdir(), 'voxaug-kernels-'))
const outFile = join(scratch, 'kernels.wasm')
const { error, stdout, stderr } = await asc.main([
  'assembly/index.ts',
  ...['--outFile', outFile, '--bindings', 'raw', '--runtime', 'stub', '--enable', 'simd,bulk-memory'],
  // --use abort=: no import but the memory, since nothing here allocates or throws.
  ...['-O3', '--converge', '--noAssert', '--importMemory', '--use', 'abort='],
])
process.stdout.write(stdout.toString())
process.stderr.write(stderr.toString())
if (error) process.exit(1)

const bytes = await readFile(outFile)
const declarations = await readFile(join(scratch, 'kernels.d.ts'), 'utf8')
await rm(scratch, { recursive: true })
const functions = [...declarations.matchAll(/^\s*export function (\w+\(.*\): \w+);$/gm)].map((match) => `  ${match[1]}`)

await writeFile(
  'src/wasm.generated.ts',
  `/** What assembly/index.ts exports; a usize is an address in the instance's memory. */
export interface Kernels {
${functions.join('\n')}
}

/** In hexadecimal: gzip finds in it what repeats, as it cannot in base64, where bytes lie across letters; six kB less for a page. */
export const wasm =
  '${bytes.toString('hex')}'
`,
)
