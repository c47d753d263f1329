declare module 'virtual:plugins' {
  const plugins: readonly import('./plugins.ts').PluginSource[]
  export default plugins
}
