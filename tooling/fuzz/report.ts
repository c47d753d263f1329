/** What a child found wrong. */
export interface Finding {
  readonly index: number
  readonly flaw: string
}

/** What a child did. */
export interface Summary {
  /** How many cases were read, and how many refused with which code. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly slowest: { readonly index: number; readonly milliseconds: number }
  /** The process's most memory, in bytes. */
  readonly peak: number
}
