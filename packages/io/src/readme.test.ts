import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { volume } from '@voxaug/core'
import { expect, it } from 'vitest'
import * as web from './index.ts'
import * as node from './node.ts'

/** The README's code blocks, as functions of what they import and name. */
async function examples(): Promise<readonly ((names: Record<string, unknown>) => Promise<Record<string, unknown>>)[]> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  return [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => (names) => {
    const body = code!.replace(/^import.*$/gm, '').replace(/'([\w.]+\.nii\.gz)'/g, "at('$1')")
    return new Function(
      ...Object.keys(names),
      `return (async () => {${body}; return { image, bytes: typeof bytes === 'undefined' ? undefined : bytes }})()`,
    )(...Object.values(names))
  })
}

it('says in its examples what works', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'voxaug-readme-'))
  const at = (name: string) => join(folder, name)
  const made = volume({ data: Int16Array.from({ length: 60 }, (_, n) => n), shape: [3, 4, 5], spacingMm: [1, 2, 3] })
  try {
    await node.writeNifti(at('t1.nii.gz'), made)
    await node.writeNifti(at('seg.nii.gz'), made)
    const [inNode, inBrowser] = await examples()
    const said: unknown[] = []
    await inNode!({ ...node, at, console: { log: (...all: unknown[]) => said.push(...all) } })
    expect(said).toMatchObject([[3, 4, 5], 'float32', [1, 2, 3], [], { format: 'NIfTI-1', dim: [3, 4, 5] }])
    expect((await node.readNifti(at('out.nii.gz'))).data).toEqual(made.data)
    const { bytes } = await inBrowser!({ ...web, fileInput: { files: [new Blob([await readFile(at('t1.nii.gz'))])] } })
    expect((await web.readNifti(bytes as Uint8Array)).data).toEqual(Float32Array.from(made.data))
  } finally {
    await rm(folder, { recursive: true })
  }
})
