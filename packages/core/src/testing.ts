export { type Case, contract, type Examples } from './testing/contract.ts'
export { countPasses } from './testing/count-passes.ts'
export { type AsymmetricSubject, asymmetricSubject, obliqueGrid, smoothNoise, worldRamp } from './testing/fixtures.ts'
