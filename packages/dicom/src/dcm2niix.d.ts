declare module '@niivue/dcm2niix' {
  export class Dcm2niix {
    /** Made by `init`. */
    readonly worker: Worker
    init(): Promise<true>
  }
}
