// numpy and scipy, in a process of their own, to be measured in the same run: peer.py.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** How to get what this needs. */
export const howToGetScipy =
  'numpy and scipy are not there, so what is compared with them is left out. They come with Debian’s python3-scipy (apt-get install python3-scipy), or with pip install numpy scipy; VOXAUG_PYTHON names the interpreter that has them.'

const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' }

/** The interpreter that has scipy, if one has. */
export function pythonWithScipy() {
  const named = process.env.VOXAUG_PYTHON
  return (named ? [named] : ['python3', '/usr/bin/python3']).find(
    (python) => spawnSync(python, ['-c', 'import numpy, scipy.ndimage, scipy.interpolate']).status === 0,
  )
}

/** Starts the process on a scene; `time` runs a contender and gives its milliseconds, `check` also writes its result. */
export async function startPeer(python, setup) {
  const child = spawn(python, ['-u', fileURLToPath(new URL('peer.py', import.meta.url))], {
    env: { ...process.env, ...one },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('peer.py ended')
    return value
  }
  child.stdin.write(`${JSON.stringify(setup)}\n`)
  const versions = JSON.parse(await next())
  const ask = async (...words) => {
    child.stdin.write(`${words.join('\t')}\n`)
    return Number(await next())
  }
  return {
    versions,
    time: (name) => ask('time', name),
    check: (name, file) => ask('check', name, file),
    stop: () => child.stdin.end(),
  }
}
