/** Breaks text into lines the way Chinese is set: anywhere between characters, words and numbers kept whole where they fit. */

/** Never at the start of a line (GB/T 15834: closing marks), never at its end (opening marks). */
const closing = new Set('，。、；：？！）】》」』”’,.;:?!)]}%…·～')
const opening = new Set('（【《「『“‘([{￥¥')

/**
 * Lines no wider than `width` by `measure`; line feeds are kept. A single piece that is wider than a line (a long code) is
 * cut between characters.
 */
export function wrapText(text: string, width: number, measure: (line: string) => number): string[] {
  return text.split(/\r\n|\r|\n/u).flatMap((paragraph) => wrapParagraph(paragraph, width, measure))
}

function wrapParagraph(paragraph: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(paragraph)) {
    if (measure((line + piece).trimEnd()) <= width) {
      line += piece
      continue
    }
    if (line !== '') lines.push(line.trimEnd())
    line = piece.trimStart()
    while (measure(line) > width && Array.from(line).length > 1) {
      const head = longestFit(line, width, measure)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line.trimEnd())
  return lines
}

/** What must stay together: a run of latin letters and digits, a character with the marks that cling to it. */
function pieces(paragraph: string): string[] {
  const found: string[] = []
  let glued = false
  for (const [unit] of paragraph.matchAll(/[\p{Script=Latin}\p{Nd}][\p{Script=Latin}\p{Nd}.@/_-]*|\s+|./gu)) {
    const last = found.length - 1
    if (last >= 0 && (glued || closing.has(unit))) found[last] += unit
    else found.push(unit)
    glued = opening.has(unit)
  }
  return found
}

function longestFit(line: string, width: number, measure: (line: string) => number): string {
  const characters = Array.from(line)
  let count = 1
  while (count < characters.length && measure(characters.slice(0, count + 1).join('')) <= width) count += 1
  return characters.slice(0, count).join('')
}
