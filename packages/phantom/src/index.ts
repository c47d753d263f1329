export { type HeadPhantomOptions, headPhantom } from './head-phantom.ts'
export { type LabelName, labels } from './tissue.ts'
