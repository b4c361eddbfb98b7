/** A value as it is compared with what stands on paper: blanks, marks and the width of letters do not count. */
export const comparableText = (text: string): string =>
  text
    .normalize('NFKC')
    // 之一 is read as 之- and the other way round.
    .replace(/(?<=\p{Script=Han})[-—–]/gu, '一')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
