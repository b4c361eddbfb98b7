/** Text in columns of a terminal: a Chinese character takes two, most others one. */

/** East Asian wide and full-width forms (UAX 11), and what emoji fonts draw wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
/** They stand on the character before, or are not seen. */
const without = /[\p{Mn}\p{Me}\p{Cf}]/u

const columnsOfCharacter = (character: string): number => (without.test(character) ? 0 : wide.test(character) ? 2 : 1)

export const columnsOf = (text: string): number => Array.from(text).reduce((sum, character) => sum + columnsOfCharacter(character), 0)

/** Lines of at most so many columns, broken between any two characters, as Chinese is; control characters are shown as blanks. */
export function wrapColumns(text: string, columns: number): string[] {
  const most = Math.max(2, columns)
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const character of paragraph.replace(/\p{Cc}/gu, ' ')) {
      const more = columnsOfCharacter(character)
      if (used + more > most) {
        lines.push(line)
        line = ''
        used = 0
      }
      line += character
      used += more
    }
    return [...lines, line]
  })
}
