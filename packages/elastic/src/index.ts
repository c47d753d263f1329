export { ElasticDeformation } from './elastic-deformation.ts'
