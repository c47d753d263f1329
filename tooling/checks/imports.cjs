// Arrows point one way. For dependency-cruiser: npm run imports.
const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

/** What each package may import; the design's table. */
const may = {
  core: [],
  kernels: [],
  spatial: ['core', 'kernels'],
  geometry: ['core', 'spatial'],
  elastic: ['core', 'spatial', 'kernels'],
  intensity: ['core', 'kernels'],
  io: ['core'],
  dicom: ['core', 'io'],
  figure: ['core'],
  phantom: ['core'],
  cli: ['core', 'kernels', 'spatial', 'geometry', 'elastic', 'intensity', 'io', 'figure', 'phantom'],
}

const packages = join(__dirname, '../../packages')
const forbidden = readdirSync(packages).map((name) => {
  const allowed = may[name]
  if (!allowed)
    throw new Error(`packages/${name} is not in the table of what may import what: tooling/checks/imports.cjs`)
  const { dependencies = {} } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  const declared = Object.keys(dependencies).flatMap((one) => one.match(/^@voxaug\/(.*)/)?.[1] ?? [])
  const excess = declared.filter((one) => !allowed.includes(one))
  if (excess.length > 0) throw new Error(`packages/${name} must not depend on ${excess.join(', ')}`)
  return {
    name: `${name}-imports-only-what-it-declares`,
    severity: 'error',
    from: { path: `^packages/${name}/src/`, pathNot: '[.]test[.]ts$' },
    to: { path: '^(packages|apps|tooling)/', pathNot: `^packages/(${[name, ...declared].join('|')})/` },
  }
})

const browser = '^packages/[^/]+/src/(index|plugin|testing)[.]ts$'

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'other-packages-by-their-entries',
      comment: 'Another package is imported by its name, never by a path into it.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+|tooling/[^/]+)/' },
      to: { path: '^(packages|apps)/[^/]+/src/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'browsers-need-no-node',
      comment: 'Node-only code stands behind a subpath of its own.',
      severity: 'error',
      from: { path: browser, pathNot: '^packages/cli/' },
      to: {
        path: '^(node:.*|fs|path|os|util|stream|zlib|crypto|worker_threads|child_process|url|module)(/|$)',
        reachable: true,
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|[.]config[.]ts$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
