/** Text as it is understood: letters without blanks, in one width, each still knowing its place on the page. */
import type { Glyph, PageContent, Rectangle, TextLine } from '../../page.ts'

export interface Letter {
  readonly character: string
  readonly confidence: number
  readonly left: number
  readonly right: number
  readonly alternatives: readonly { readonly character: string; readonly confidence: number }[]
}

/** One line of text; `em` is the height of a character in pixels, the measure for every distance around it. */
export interface Line {
  readonly index: number
  readonly text: string
  readonly letters: readonly Letter[]
  readonly box: Rectangle
  readonly em: number
  readonly source: TextLine['source']
  readonly confidence: number
}

const sameLetter: Record<string, string> = {
  '•': '·',
  '・': '·',
  '‧': '·',
  '∙': '·',
  '●': '·',
  '—': '-',
  '–': '-',
  '―': '-',
  '－': '-',
  一: '一',
  '〔': '(',
  '〕': ')',
  '【': '(',
  '】': ')',
  '﹕': ':',
  '∶': ':',
  '︰': ':',
  '。': '。',
  '﹑': '、',
}

/** One character in its usual width: full-width digits, letters and punctuation become half-width. */
export function normaliseCharacter(character: string): string {
  const known = sameLetter[character]
  if (known) return known
  const normal = character.normalize('NFKC')
  return normal.length === 1 || Array.from(normal).length === 1 ? normal : character
}

/** The page's lines from top to bottom, blanks taken out, empty ones left out. */
export function arrangeLines(content: Pick<PageContent, 'lines'>): Line[] {
  const lines: Line[] = []
  for (const line of content.lines) {
    const letters = line.glyphs.flatMap(toLetter)
    if (letters.length === 0) continue
    lines.push({
      index: 0,
      text: textOf(letters),
      letters,
      box: line.box,
      em: Math.max(1, line.box.height),
      source: line.source,
      confidence: line.confidence,
    })
  }
  lines.sort((one, other) => one.box.y + one.box.height / 2 - (other.box.y + other.box.height / 2) || one.box.x - other.box.x)
  return lines.map((line, index) => ({ ...line, index }))
}

function toLetter(glyph: Glyph): Letter[] {
  const character = normaliseCharacter(glyph.character)
  if (character.trim() === '' || /[\u200b-\u200f\ufeff]/u.test(character)) return []
  return [
    {
      character,
      confidence: glyph.confidence,
      left: glyph.left,
      right: glyph.right,
      alternatives: (glyph.alternatives ?? []).map((other) => ({
        character: normaliseCharacter(other.character),
        confidence: other.confidence,
      })),
    },
  ]
}

export const textOf = (letters: readonly Letter[]): string => letters.map((letter) => letter.character).join('')
