/** Where printed words stand on the page, whether in one line, spaced over several boxes, or wrapped inside a narrow cell. */
import type { Cell, Rectangle } from '../page.ts'
import { bottom, columnOverlap, join, right, rowOverlap } from './text/geometry.ts'
import type { Letter, Line } from './text/letters.ts'
import { allowance, lettersThatMayBe, matchLabel, signsOf, type LabelMatch, type Sign } from './text/match-label.ts'
import { openTable, type Table } from './text/table.ts'

/** A stretch of one line: letters `start` up to, not including, `end`. */
export interface Stretch {
  readonly line: number
  readonly start: number
  readonly end: number
}

/** One place where a printed text stands. */
export interface Hit {
  readonly text: string
  readonly cost: number
  readonly stretches: readonly Stretch[]
  readonly box: Rectangle
  /** The box of each stretch: a wrapped label has several. */
  readonly parts: readonly Rectangle[]
  /** 0…1: it stands alone, or begins a line, or is followed by a colon, rather than somewhere within a sentence. */
  readonly standing: number
}

interface Run {
  readonly letters: readonly Letter[]
  readonly signs: readonly Sign[]
  readonly refs: readonly { readonly line: number; readonly at: number }[]
  readonly present: ReadonlySet<string>
  /** A run of several lines only counts for words that reach over all of them. */
  readonly lines: number
  /** The end of one line of a paragraph and the begin of the next: its words are those as printed, and stand where they end. */
  readonly isBroken?: true
  /** Letters of one row, each a line by itself. */
  readonly isApart?: true
}

export type FindText = (text: string) => readonly Hit[]

/** A finder over the page's lines; every text is looked up once. */
export function openFinder(lines: readonly Line[], cells: readonly Cell[] = []): FindText {
  const runs = [...lines.map((line) => runOf([line])), ...sideBySide(lines), ...stacked(lines, cells), ...brokenOff(lines)]
  const holders = holdersOf(runs)
  const known = new Map<string, readonly Hit[]>()
  return (text) => {
    let hits = known.get(text)
    if (!hits) {
      hits = find(text, runs, holders, lines)
      known.set(text, hits)
    }
    return hits
  }
}

/** Of each character the runs that it may stand in. */
type Holders = ReadonlyMap<string, readonly number[]>

function holdersOf(runs: readonly Run[]): Holders {
  const holders = new Map<string, number[]>()
  for (const [at, { present }] of runs.entries())
    for (const character of present) {
      const known = holders.get(character)
      if (known) known.push(at)
      else holders.set(character, [at])
    }
  return holders
}

function find(text: string, runs: readonly Run[], holders: Holders, lines: readonly Line[]): Hit[] {
  const wanted = Array.from(text)
  const held = countHeld(wanted, runs.length, holders)
  const least = wanted.length - allowance(wanted.length)
  const leastOfTail = Math.min(least, Math.max(leastApart, wanted.length - lacking))
  const hits: Hit[] = []
  for (let at = nextHeld(held, 0, leastOfTail); at < runs.length; at = nextHeld(held, at + 1, leastOfTail)) {
    const run = runs[at]!
    const matches = held[at]! < least ? [] : matchLabel(run.signs, text)
    for (const match of matches.length > 0 ? matches : withoutLetter(run, wanted)) {
      const stretches = stretchesOf(run, match.start, match.end)
      if (stretches.length < run.lines || stretches.some((stretch) => isOfOther(lines[stretch.line]!, stretch, wanted))) continue
      // A sentence has ended before them, and a colon follows: 公司 and 类型 on two lines are no label 公司类型.
      if (run.isBroken && (match.cost > 0 || standingOf(stretches, lines) < 0.95)) continue
      const all = stretches.map((stretch) => boxOf(lines[stretch.line]!, stretch.start, stretch.end))
      const parts = run.isBroken ? all.slice(-1) : all
      hits.push({
        text,
        cost: match.cost,
        stretches,
        parts,
        box: join(parts),
        standing: standingOf(stretches, lines),
      })
    }
  }
  return hits
}

/** How many of the characters each run may hold. */
function countHeld(wanted: readonly string[], runs: number, holders: Holders): Uint16Array {
  const held = new Uint16Array(runs)
  for (const character of wanted) for (const at of holders.get(character) ?? []) held[at]!++
  return held
}

/** The first run from `at` on that holds so many; a loop of its own, for most runs are passed by, and V8 compiles what is around such a loop with it. */
function nextHeld(held: Uint16Array, from: number, least: number): number {
  let at = from
  while (at < held.length && held[at]! < least) at++
  return at
}

/** What a label costs that lacks a letter, how many it has at least, and how many are left of one that is drawn apart over its cell. */
const [lacking, leastLacking, leastApart] = [1, 4, 2]

/**
 * 收件地：the letters before the colon that a line begins with are those of the label but for one that was passed over. 件地址: nothing else stands on
 * the line, and the first letter, at the edge of what was seen, is lost. 办 人: so do letters that stand apart over the cell of a label.
 */
function withoutLetter({ letters, lines, isApart }: Run, wanted: readonly string[]): LabelMatch[] {
  const end = wanted.length - 1
  if (isApart) {
    const isTail = letters.length === end && end >= leastApart && letters.every(({ character }, at) => character === wanted[at + 1])
    return isTail ? [{ start: 0, end, cost: lacking }] : []
  }
  if (lines > 1 || wanted.length < leastLacking || (letters.length !== end && letters[end]?.character !== ':')) return []
  const lost = letters.length === end ? 0 : wanted.findIndex((character, at) => letters[at]!.character !== character)
  const isRest = wanted.slice(lost + 1).every((character, at) => letters[lost + at]!.character === character)
  return isRest ? [{ start: 0, end, cost: lacking }] : []
}

/** What another line begins with is no misread last letter of a label: 身份证 above 1995, above 男, or above 职务. */
function isOfOther({ letters }: Line, { start, end }: Stretch, wanted: readonly string[]): boolean {
  const own = letters.slice(start, end)
  if (own.every(({ character }) => /[0-9男女]/u.test(character))) return true
  if (own.length === letters.length) return false
  const present = lettersThatMayBe(signsOf(own))
  return !wanted.some((character) => present.has(character))
}

/** How surely words here are a label: alone on their line they are, inside a sentence hardly. */
function standingOf(stretches: readonly Stretch[], lines: readonly Line[]): number {
  const last = stretches.at(-1)!
  const first = stretches[0]!
  const line = lines[last.line]!
  const firstLine = lines[first.line]!
  const next = line.letters[last.end]
  const before = firstLine.letters[first.start - 1]
  const colon = next !== undefined && /[:(]/u.test(next.character)
  if (!before && (!next || colon)) return 1
  // 【法人卡持卡人基本信息】
  const isInBrackets = first.start === 1 && /[([]/u.test(before?.character ?? '') && /[)\]]/u.test(next?.character ?? '')
  if (isInBrackets && last.end === line.letters.length - 1) return 0.95
  const gapBefore = before ? firstLine.letters[first.start]!.left - before.right : Infinity
  const gapAfter = next ? next.left - line.letters[last.end - 1]!.right : Infinity
  const opens = !before || gapBefore > 0.8 * firstLine.em || /[:;.。,、□☐☑√()[\]■*\d男女]/u.test(before.character)
  if (opens && (colon || gapAfter > 0.5 * line.em)) return 0.95
  if (!before) return 0.8
  if (colon) return 0.7
  return opens ? 0.6 : 0.35
}

/** The box of letters `start` up to `end` of a line. */
export function boxOf(line: Line, start: number, end: number): Rectangle {
  const first = line.letters[start]
  const last = line.letters[end - 1]
  if (!first || !last) return line.box
  return { x: first.left, y: line.box.y, width: Math.max(1, last.right - first.left), height: line.box.height }
}

function stretchesOf(run: Run, start: number, end: number): Stretch[] {
  const stretches: Stretch[] = []
  for (const ref of run.refs.slice(start, end)) {
    const last = stretches.at(-1)
    if (last && last.line === ref.line && last.end === ref.at) stretches[stretches.length - 1] = { ...last, end: ref.at + 1 }
    else stretches.push({ line: ref.line, start: ref.at, end: ref.at + 1 })
  }
  return stretches
}

function runOf(lines: readonly Line[]): Run {
  const letters = lines.flatMap((line) => line.letters)
  const signs = signsOf(letters)
  return {
    letters,
    signs,
    refs: lines.flatMap((line) => line.letters.map((_, at) => ({ line: line.index, at }))),
    present: lettersThatMayBe(signs),
    lines: lines.length,
  }
}

/** Over the whole width of its cell a label of two letters leaves this much room between them, in characters; and so many letters a label has. */
const [widestSpread, longestSpread] = [18, 9]

const isLoneLetter = ({ letters }: Line): boolean => letters.length === 1 && /\p{Script=Han}/u.test(letters[0]!.character)

/** （二）性 别: the number of the item stands with the first letter. */
const itemNumber = /^(?:\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、)]|[①-⒛])\*?/u

/** The last letter of a label that is drawn apart over its cell may touch the value in the next one: 别 of 性 别 女. */
const beginsAlone = ({ letters, em }: Line): boolean =>
  letters[0] !== undefined && /\p{Script=Han}/u.test(letters[0].character) && (!letters[1] || letters[1].left - letters[0].right > 0.4 * em)

/** A label such as 学 历 whose characters stand so far apart that they became lines of their own; the last may hold the value too. */
function sideBySide(lines: readonly Line[]): Run[] {
  const nextOf = (line: Line): Line | undefined =>
    lines
      .filter(
        (other) =>
          !isSpeck(other) &&
          other.box.x > line.box.x &&
          rowOverlap(line.box, other.box) > 0.6 &&
          // What the ink of one letter by itself measures, its line may exceed by a third: 名 of 名 称.
          other.box.x - right(line.box) < (isLoneLetter(line) && beginsAlone(other) ? widestSpread : 5) * Math.max(line.em, other.em),
      )
      .toSorted((one, other) => one.box.x - other.box.x)[0]
  const runs: Run[] = []
  for (const line of lines.filter((one) => one.text.replace(itemNumber, '').length <= 3)) {
    const chain = [line]
    while (chain.length < (chain.every(isLoneLetter) ? longestSpread : 4) && (chain.length === 1 || chain.at(-1)!.letters.length <= 3)) {
      const next = nextOf(chain.at(-1)!)
      if (!next) break
      chain.push(next)
      runs.push(chain.every(isLoneLetter) ? { ...runOf(chain), isApart: true } : runOf(chain))
    }
  }
  return runs
}

/** A watermark's line between the letters of a label, read as some sign. */
const isSpeck = ({ letters, text, confidence }: Line): boolean =>
  letters.length === 1 && confidence < 0.6 && !/[\p{Script=Han}\d]/u.test(text)

/** Of a short label drawn apart over its cell (国 籍) each character seems wider. */
const areOfOneSize = (one: Line, other: Line): boolean => {
  const most = Math.min(one.letters.length, other.letters.length) <= 3 ? 2.2 : 1.7
  return one.em < most * other.em && other.em < most * one.em
}

/** Of a heading that is written downwards: 操作员卡持卡人基本信息. */
const longestDownwards = 12

/** What must be filled in is marked before its label: *联系电话 goes on from no *经办人 in the row above. */
const isMarked = ({ text }: Line): boolean => /^[*＊]/u.test(text)

/** A label wrapped in a narrow cell, or written downwards. */
function stacked(lines: readonly Line[], cells: readonly Cell[]): Run[] {
  const table = openTable(cells)
  const short = lines.filter(({ letters }) => letters.length <= 12)
  const isSparse = (line: Line, other: Line): boolean => {
    if (line.letters.length > mostInNarrow || other.letters.length > mostInNarrow || !followsBelow(line, other, sparsely)) return false
    const cell = table.cellOf(line.box)
    return cell !== null && table.cellOf(other.box) === cell
  }
  const next = new Map(
    short.map((line) => [line, short.find((other) => !isMarked(other) && (followsBelow(line, other) || isSparse(line, other)))]),
  )
  const runs: Run[] = []
  for (const line of short) {
    if (isAmidRow(line, lines, table)) continue
    const chain = [line]
    for (
      let below = next.get(line);
      below && chain.length < (chain.every(isLoneLetter) && isLoneLetter(below) ? longestDownwards : 4);
      below = next.get(below)
    ) {
      chain.push(below)
      if (!isAmidLetters(chain, next, table)) runs.push(runOf(chain))
    }
  }
  return runs
}

/** So many letters at the end of one line, or the begin of the next, are of a label at most; and shorter lines are no paragraph's. */
const [mostBroken, leastOfParagraph] = [9, 8]

/** A label that a paragraph breaks off at the end of its line: 收件人：王小红，联系电 / 话：13800138000. */
function brokenOff(lines: readonly Line[]): Run[] {
  return lines.flatMap((line): Run[] => {
    if (line.letters.length < leastOfParagraph) return []
    const next = lines.find(
      (other) =>
        other.index > line.index &&
        other.box.y > line.box.y + 0.5 * line.em &&
        other.box.y - bottom(line.box) < 1.1 * line.em &&
        other.box.x < line.box.x + 0.5 * line.em &&
        other.box.x > line.box.x - 3 * line.em &&
        right(other.box) < right(line.box) + line.em &&
        areOfOneSize(line, other),
    )
    if (!next) return []
    const whole = runOf([line, next])
    const [from, to] = [Math.max(0, line.letters.length - mostBroken), line.letters.length + Math.min(next.letters.length, mostBroken)]
    const signs = signsOf(whole.letters.slice(from, to))
    const refs = whole.refs.slice(from, to)
    return [{ letters: whole.letters.slice(from, to), signs, refs, present: lettersThatMayBe(signs), lines: 2, isBroken: true }]
  })
}

/** A letter of a label that is drawn apart over its row begins no wrapped one: 收 of 收 件 人 above 联系电话. */
const isAmidRow = (line: Line, lines: readonly Line[], table: Table): boolean =>
  isLoneLetter(line) &&
  line.source === 'text-layer' &&
  lines.some(
    (other) =>
      other !== line &&
      isLoneLetter(other) &&
      rowOverlap(line.box, other.box) > 0.9 &&
      Math.abs(other.box.x - line.box.x) < 6 * line.em &&
      // 经 of 经办人, a heading downwards in a cell of its own, beside 姓 名.
      (table.cellOf(other.box) ?? -1) === (table.cellOf(line.box) ?? -1) &&
      areOfOneSize(line, other),
  )

/** In characters: the room between the rows of a label, and at most that in a narrow cell, whose rows have so many letters. */
const [betweenRows, sparsely, mostInNarrow] = [0.9, 1.6, 4]

const followsBelow = (line: Line, other: Line, most = betweenRows): boolean =>
  other.index > line.index &&
  columnOverlap(line.box, other.box) > 0.6 &&
  other.box.y - bottom(line.box) < most * line.em &&
  other.box.y > line.box.y + 0.5 * line.em &&
  areOfOneSize(line, other)

/** The letters of words that are written downwards: the heading of a part of the sheet. No value is written so. */
export function lettersDownwards(lines: readonly Line[]): ReadonlySet<Line> {
  const letters = lines.filter((line) => line.letters.length === 1 && /\p{Script=Han}/u.test(line.text))
  const found = new Set<Line>()
  for (const line of letters) {
    const second = letters.find((other) => followsBelow(line, other))
    const third = second && letters.find((other) => followsBelow(second, other))
    if (third) for (const one of [line, second, third]) found.add(one)
  }
  return found
}

/** Letters out of more that stand one below the other: 持卡人 within the heading 法人卡持卡人基本信息 of a part of the sheet. */
function isAmidLetters(chain: readonly Line[], next: ReadonlyMap<Line, Line | undefined>, table: Table): boolean {
  const isLetter = (line: Line | undefined): line is Line => line !== undefined && isLoneLetter(line)
  if (!chain.every(isLetter)) return false
  const steps = chain.slice(1).map((line, at) => line.box.y - chain[at]!.box.y)
  // What is parted from them by a rule is in another cell, or stands further off: 领卡方式 above 收件信息.
  const cell = table.cellOf(chain[0]!.box)
  const areInOne = cell !== null && chain.every((line) => table.cellOf(line.box) === cell)
  const areApart = (one: Line, other: Line): boolean => areInOne && table.cellOf(one.box) !== table.cellOf(other.box)
  const goesOn = (one: Line, other: Line): boolean => !areApart(one, other) && other.box.y - one.box.y < wordsApart * Math.max(...steps)
  const after = next.get(chain.at(-1)!)
  return (
    (isLetter(after) && goesOn(chain.at(-1)!, after)) ||
    [...next].some(([above, line]) => line === chain[0] && isLetter(above) && goesOn(above, chain[0]!))
  )
}

/** Two words that are written downwards are so much further apart than the letters of each. */
const wordsApart = 1.25
