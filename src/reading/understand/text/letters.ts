/** Text as it is understood: letters without blanks, in one width, each still knowing its place on the page. */
import type { Cell, Glyph, PageContent, Rectangle, TextLine } from '../../page.ts'
import { contains, right } from './geometry.ts'

export interface Letter {
  readonly character: string
  readonly confidence: number
  readonly left: number
  readonly right: number
  readonly alternatives: readonly { readonly character: string; readonly confidence: number }[]
  /** A stroke of ink of its own was counted for it, and its place is that of the stroke. */
  readonly isCounted?: true
  /** Of a text layer or a form field: what stands there was typed so, not misread. */
  readonly isExact?: true
  /** The recogniser passed over it; its stroke was read by itself. */
  readonly isRestored?: true
}

/** One line of text; `em` is the height of a character in pixels, the measure for every distance around it. */
export interface Line {
  readonly index: number
  readonly text: string
  readonly letters: readonly Letter[]
  /** Those of English beside a label, which are no part of the text: their ink was read. */
  readonly glosses?: readonly Letter[]
  readonly box: Rectangle
  readonly em: number
  readonly source: TextLine['source']
  readonly confidence: number
  readonly isApart?: true
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
  // The radical of a text layer (U+2F3E) becomes the old form of the character that it is painted as.
  戶: '户',
  // The old form that recognisers take some fonts' 真 for.
  眞: '真',
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

/** Radicals (U+2E80…) that some fonts put into text layers for the characters; Unicode maps only part of them. */
const radicals = new Map(
  Array.from(
    '⺁厂⺇几⺊卜⺋㔾⺌小⺎兀⺐尢⺓幺⺗心⺙攵⺛旡⺝月⺟母⺠民⺡氵⺢水⺣灬⺥爫⺩王⺪疋⺬示⺭礻⺮竹⺰纟⺱罒⺶羊⺷羊⺸羊⺹耂⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟饣⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟',
  ).reduce<[string, string][]>((pairs, character, at, all) => (at % 2 === 0 ? [...pairs, [character, all[at + 1]!]] : pairs), []),
)

const normalised = new Map<string, string>()

/** One character in its usual width: full-width digits, letters and punctuation become half-width. */
export function normaliseCharacter(character: string): string {
  const known = normalised.get(character)
  if (known !== undefined) return known
  const normal = inUsualWidth(character)
  normalised.set(character, normal)
  return normal
}

function inUsualWidth(character: string): string {
  const known = sameLetter[character]
  if (known) return known
  const radical = radicals.get(character)
  if (radical) return radical
  const normal = character.normalize('NFKC')
  if (sameLetter[normal]) return sameLetter[normal]
  return normal.length === 1 || Array.from(normal).length === 1 ? normal : character
}

/** The page's lines from top to bottom, blanks taken out, empty ones left out. */
export function arrangeLines(content: Pick<PageContent, 'lines'> & Partial<Pick<PageContent, 'cells'>>): Line[] {
  const lines: Line[] = []
  for (const line of content.lines) {
    const read = line.glyphs.flatMap(toLetter)
    const letters =
      line.source === 'ocr' ? withBarredSevens(withoutTornFrames(read)) : read.map((letter): Letter => ({ ...letter, isExact: true }))
    if (letters.length === 0) continue
    const em = sizeOf(letters, line.box)
    lines.push({
      index: 0,
      text: textOf(letters),
      letters,
      box: closeAround(line.box, em),
      em,
      source: line.source,
      confidence: line.confidence,
      ...(line.isApart ? { isApart: true } : {}),
    })
  }
  lines.sort((one, other) => one.box.y + one.box.height / 2 - (other.box.y + other.box.height / 2) || one.box.x - other.box.x)
  return joinTouching(withoutDoubles(lines), content.cells ?? []).map((line, index) => ({ ...line, index }))
}

/** Characters with a stroke down their left side, which breaks off in thin print. */
const framed = /[区国园图团回圆围固四因困医]/u

/** The left side of a frame that broke off was read as a bracket before its character, or with what is within it: 翔安[区, 地[x. */
function withoutTornFrames(letters: readonly Letter[]): readonly Letter[] {
  const isTorn = ({ character }: Letter, at: number): boolean => {
    const next = letters[at + 1]?.character ?? ''
    return character === '[' && (framed.test(next) || /[xX×]/u.test(next)) && !letters.slice(at).some((other) => other.character === ']')
  }
  if (!letters.some(isTorn)) return letters
  return letters.flatMap((letter, at): Letter[] => {
    const before = letters[at - 1]
    if (isTorn(letter, at)) return []
    if (!before || !isTorn(before, at - 1)) return [letter]
    const character = framed.test(letter.character) ? letter.character : '区'
    return [{ ...letter, character, left: before.left, confidence: Math.min(letter.confidence, mostTorn) }]
  })
}

/** So many figures with a + among them are a number, or the year of a day. */
const leastFigures = 7
/** It was hardly read as the figure that it is. */
const hardly = 0.3

/** Hands draw a bar through a 7, which is then read as +: 13+63662015, 19+8年. */
function withBarredSevens(letters: readonly Letter[]): readonly Letter[] {
  if (!letters.some(({ character }) => character === '+')) return letters
  const isFigure = (letter: Letter | undefined): boolean => /^[0-9+]$/u.test(letter?.character ?? '')
  return letters.map((letter, at) => {
    if (letter.character !== '+' || !isFigure(letters[at - 1])) return letter
    let [start, end] = [at, at + 1]
    while (isFigure(letters[start - 1])) start -= 1
    while (isFigure(letters[end])) end += 1
    const isYear = end - start === 4 && /[12]/u.test(letters[start]!.character) && letters[end]?.character === '年'
    if (end - start < leastFigures && !isYear) return letter
    return { ...letter, character: '7', confidence: Math.min(letter.confidence, hardly) }
  })
}

/** What is made of two readings is never read plainly. */
const mostTorn = 0.85

/**
 * Boxes of a label and of its value overlap by a character, which is then read twice: whole at the begin of one line, mostly
 * cut at the end of the other. The surer reading stays.
 */
function withoutDoubles(lines: readonly Line[]): Line[] {
  const kept = [...lines]
  for (const [at, line] of kept.entries()) {
    for (let next = 0; next < kept.length; next++) if (next !== at && areLevel(line, kept[next]!)) takeDouble(kept, line, at, next)
  }
  return kept
}

/** `line` is what stood at the place `at` before anything was taken off it. */
function takeDouble(kept: Line[], line: Line, at: number, nextAt: number): void {
  const next = kept[nextAt]!
  const [last, first] = [line.letters.at(-1), next.letters[0]]
  if (!last || !first || line.source !== 'ocr' || next.source !== 'ocr' || first.left < line.letters[0]!.left) return
  if (kept[at]!.letters.at(-1) !== last) return
  const twice = sharedLength(line.letters, next.letters)
  if (twice > 1 && next.letters.length > twice) {
    kept[nextAt] = shorten(next, twice, next.letters.length)
    return
  }
  // The recogniser's places are rough at the ends of a line: where one box holds the other's letter as well, a letter alike is the same.
  const ofBoth = (letter: Letter): boolean =>
    letter.left + letter.right > 2 * next.box.x && letter.left + letter.right < 2 * (line.box.x + line.box.width)
  if (last.character === first.character && ofBoth(last) && ofBoth(first) && line.letters.length > 1 && next.letters.length > 1) {
    kept[at] = shorten(line, 0, line.letters.length - 1)
    return
  }
  const shared = Math.min(last.right, first.right) - Math.max(last.left, first.left)
  const middles = Math.abs(first.left + first.right - last.left - last.right) / 2
  const em = Math.min(line.em, next.em)
  if (shared < 0.5 * Math.min(last.right - last.left, first.right - first.left)) return
  const isShred = last.confidence >= plainly && first.confidence <= ofShred && middles < 0.75 * em
  if (isShred && /\p{Script=Han}/u.test(last.character) && next.letters.length > 1 && next.box.x < last.right) {
    kept[nextAt] = shorten(next, 1, next.letters.length)
    return
  }
  if (middles > 0.35 * em) return
  if (line.letters.length < 2 || next.letters.length < 2) return
  if (last.confidence > first.confidence && last.character !== first.character) kept[nextAt] = shorten(next, 1, next.letters.length)
  else kept[at] = shorten(line, 0, line.letters.length - 1)
}

/** The right half of a label's last character is read for another one, never surely: 斤 of 所 as 广. */
const [plainly, ofShred] = [0.97, 0.9]

/** How many letters end the one line and begin the other, at the same places. */
function sharedLength(one: readonly Letter[], other: readonly Letter[]): number {
  for (const length of [4, 3, 2]) {
    const end = one.slice(-length)
    if (end.length < length || textOf(end) !== textOf(other.slice(0, length))) continue
    const isSame = end.every((letter, at) => Math.min(letter.right, other[at]!.right) > Math.max(letter.left, other[at]!.left))
    if (isSame) return length
  }
  return 0
}

const areLevel = (one: Line, other: Line): boolean =>
  Math.abs(one.box.y + one.box.height / 2 - (other.box.y + other.box.height / 2)) < 0.5 * Math.min(one.em, other.em) &&
  // A label that is spread over its room looks larger than it is.
  Math.max(one.em, other.em) < 1.8 * Math.min(one.em, other.em)

function shorten(line: Line, from: number, to: number): Line {
  const letters = line.letters.slice(from, to)
  const x = from === 0 ? line.box.x : letters[0]!.left
  const end = to === line.letters.length ? line.box.x + line.box.width : letters.at(-1)!.right
  return { ...line, letters, text: textOf(letters), box: { ...line.box, x, width: Math.max(1, end - x) } }
}

/** Pieces of one line that were cut apart: side by side, of one size, with hardly a gap. Labels and values part again by their words. */
function joinTouching(lines: readonly Line[], cells: readonly Cell[]): Line[] {
  const joined: Line[] = []
  const lone = lines.filter(({ letters }) => letters.length === 1)
  const downwards = new Set(lone.filter((line) => /\p{Script=Han}/u.test(line.text) && isDownwards(line, lone)))
  const cellOf = (line: Line): Cell | undefined => cells.find(({ box }) => contains(box, line.box))
  // Beside each other with a rule between; a cell within another is another matter.
  const areParted = (one: Line, next: Line): boolean => {
    const [own, beside] = [cellOf(one), cellOf(next)]
    return own !== undefined && beside !== undefined && right(own.box) <= beside.box.x + one.em / 2
  }
  for (const line of lines.toSorted((one, other) => one.box.x - other.box.x)) {
    const at = joined.findIndex((other) => touch(other, line) && !downwards.has(other) && !areParted(other, line))
    const other = joined[at]
    if (!other) {
      joined.push(line)
      continue
    }
    const letters = [...other.letters, ...line.letters]
    const y = Math.min(other.box.y, line.box.y)
    joined[at] = {
      ...other,
      text: textOf(letters),
      letters,
      box: {
        x: other.box.x,
        y,
        width: line.box.x + line.box.width - other.box.x,
        height: Math.max(other.box.y + other.box.height, line.box.y + line.box.height) - y,
      },
      confidence: (other.confidence * other.letters.length + line.confidence * line.letters.length) / letters.length,
    }
  }
  return joined.toSorted((one, other) => one.box.y + one.box.height / 2 - (other.box.y + other.box.height / 2) || one.box.x - other.box.x)
}

/** In characters: how far the letters of a word that is written downwards are off one vertical line, and the first of three is from the last. */
const [offColumn, threeHigh] = [0.4, 2.6]

/** A letter with two others above or below it is of a heading of the cell beside: 系 of 联系人 before 姓名. */
const isDownwards = ({ box, em }: Line, lone: readonly Line[]): boolean =>
  lone.filter(
    (other) =>
      Math.abs(other.box.x + other.box.width / 2 - box.x - box.width / 2) < offColumn * em &&
      Math.abs(other.box.y - box.y) < threeHigh * em,
  ).length > 2

function touch(one: Line, next: Line): boolean {
  const em = Math.min(one.em, next.em)
  const gap = next.letters[0]!.left - one.letters.at(-1)!.right
  const level = Math.abs(one.box.y + one.box.height / 2 - (next.box.y + next.box.height / 2)) < 0.25 * em
  if (one.isApart || next.isApart) return false
  return one.source === 'ocr' && next.source === 'ocr' && level && gap > -0.4 * em && gap < 0.6 * em && Math.max(one.em, next.em) < 1.4 * em
}

/** The size of a character: how wide a Chinese one is, or twice a Latin one. Boxes of lines are taller, by margins or by the font. */
function sizeOf(letters: readonly Letter[], box: Rectangle): number {
  const wide = letters.filter((letter) => /\p{Script=Han}/u.test(letter.character)).map((letter) => letter.right - letter.left)
  const narrow = letters.filter((letter) => /[0-9A-Za-z]/u.test(letter.character)).map((letter) => 1.9 * (letter.right - letter.left))
  const widths = (wide.length > 0 ? wide : narrow).toSorted((one, other) => one - other)
  const width = widths[widths.length >> 1] ?? box.height
  return Math.max(1, Math.min(box.height, Math.max(width, 0.35 * box.height)))
}

/** The box without the room above and below its characters, so that lines of a paragraph do not overlap. */
function closeAround(box: Rectangle, em: number): Rectangle {
  const height = Math.min(box.height, 1.25 * em)
  return { ...box, y: box.y + (box.height - height) / 2, height }
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
