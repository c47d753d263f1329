import { pipelineFromJson } from '@voxaug/core'
import { exampleStep } from '@voxaug/core/example'
import { describe, expect, it } from 'vitest'
import { loadRegistry } from './registry.ts'
import { voxaug } from './test-folder.ts'

const registry = await loadRegistry([])

describe('voxaug describe', () => {
  it('explains a transform from its description', async () => {
    const { status, stdout, stderr } = await voxaug('describe', 'intensity/Gamma')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatchInlineSnapshot(`
      "intensity/Gamma: Brightens or darkens the middle of the range.

      Options:
        logGamma  Natural log of the exponent; 0 changes nothing. A number or [min,
                  max] with min ≤ max, from -3 to 3. Default: [-0.3, 0.3].

      Where [min, max] is accepted, so are {"choice": [1, 2]}, {"normal": {"mean": 0,
      "std": 1}} and {"logUniform": [0.5, 2]}.

      Options of every transform:
        id       Names the step’s random stream; it stands beside options.
        include  The only entries to act on, by name.
        exclude  Entries to leave alone, by name.

      In a pipeline:
        {
          "transform": "intensity/Gamma",
          "options": {
            "logGamma": [0.3, 0.9]
          }
        }
      "
    `)
  })

  it('finds a name without its package, in any letters', async () => {
    expect((await voxaug('describe', 'zscore')).stdout).toContain('intensity/ZScore: ')
  })

  it.each(registry.factories.map(({ definition }) => definition.name))(
    'says in 80 columns all options of %s, and shows a step that a pipeline takes',
    async (name) => {
      const { definition } = registry.get(name)!
      const { stdout } = await voxaug('describe', name)
      for (const option of Object.keys(definition.options)) expect(stdout).toContain(`  ${option}  `)
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
      const step = exampleStep(definition)
      expect(() => pipelineFromJson({ voxaug: 1, pipeline: [step] }, registry)).not.toThrow()
      expect(JSON.parse(stdout.slice(stdout.indexOf('In a pipeline:') + 14))).toEqual(step)
    },
  )

  it.each(['Bend', 'geometry/flip', '__proto__'])('exits 2 for %s', async (name) => {
    const stderr = `voxaug: ${name}: there is no such transform; voxaug list lists them.\n`
    expect(await voxaug('describe', name)).toEqual({ status: 2, stdout: '', stderr })
  })
})

describe('voxaug list', () => {
  it('lists every transform with its help, by package', async () => {
    const { stdout } = await voxaug('list')
    for (const { definition } of registry.factories) expect(stdout).toContain(`  ${definition.name} `)
    expect(stdout.split('\n').filter((line) => /^[a-z]+:$/.test(line))).toEqual([
      ...['core:', 'elastic:', 'geometry:', 'intensity:'],
    ])
  })
})

describe('voxaug schema', () => {
  it('prints a schema that knows every transform', async () => {
    const { stdout } = await voxaug('schema')
    const { $defs } = JSON.parse(stdout) as {
      $defs: { step: { oneOf: readonly { properties: { transform: { const: string } } }[] } }
    }
    const names = $defs.step.oneOf.map(({ properties }) => properties.transform.const)
    expect(names).toEqual(registry.factories.map(({ definition }) => definition.name))
  })
})
