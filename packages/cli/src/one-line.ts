/**
 * Text from files and arguments as a terminal may see it: in one line, without control, format or bidirectional characters, which
 * could move the cursor or dress up one text as another.
 */
export const oneLine = (text: string): string =>
  text.replace(/[\n\r\t\u2028\u2029]/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '')
