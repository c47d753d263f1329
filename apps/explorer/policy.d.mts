/** As a page says it of itself, wherever it is served from. */
export const pagePolicy: string
/** As a server says it. */
export const policy: string
