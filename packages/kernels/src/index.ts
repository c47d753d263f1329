export { withMemory } from './instance.ts'
