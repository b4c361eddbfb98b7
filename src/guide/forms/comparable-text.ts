/** A value as it is compared with what stands on paper: blanks, marks and the width of letters do not count. */
export const comparableText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
