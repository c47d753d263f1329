import manifest from '../package.json' with { type: 'json' }

/** This package's own version. */
export const version: string = manifest.version
