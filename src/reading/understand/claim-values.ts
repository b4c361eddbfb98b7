/**
 * Gives every stretch of filled-in text to the label that it belongs to: right of it, in the cell beside, below it, or as
 * the next line of a value that wraps. Each stretch is weighed against all labels and goes to the nearest in that sense.
 * Longer than 400 lines: whatever a label may claim is weighed by one measure.
 */
import type { FieldType } from '../../guide/papers.ts'
import type { Cell, Rectangle } from '../page.ts'
import { claimAbove } from './claim-above.ts'
import { claimBefore } from './claim-before.ts'
import { cutSpans, type Span } from './cut-spans.ts'
import { findAsides } from './find-asides.ts'
import { lettersDownwards } from './find-labels.ts'
import type { NamedHit } from './name-hits.ts'
import { roomsBelow, type Room } from './rooms-below.ts'
import { takeRowsAbove } from './take-rows-above.ts'
import { bottom, columnOverlap, contains, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { openTable, type Table } from './text/table.ts'
import { mayBe } from './values/normalise.ts'
import { isBeginOfNumber, isEndOfNumber, isWholeNumber, isWrappedNumber } from './values/wrapped-numbers.ts'
import { dictionaryOf } from './values/texts.ts'

export interface Claims {
  readonly byHit: ReadonlyMap<NamedHit, readonly Span[]>
  readonly free: readonly Span[]
}

/** What stands on the paper and is no field's, or of a label that has none. */
export const unclaimed = ({ byHit, free }: Claims): Span[] => [
  ...free,
  ...[...byHit].filter(([hit]) => hit.field === null).flatMap(([, claimed]) => claimed),
]

/** Fields whose values may go on in the next line; a person's name or a word of a list never does. */
export const wraps = /enterpriseName|invoiceTitle|[aA]ddress|changes|remarks|enterpriseType|businessTerm|issuer|CardNumbers|items/u
/** A person's name is what stands first: further words on its row are of a seal or a stamp. */
export const persons = /handlerName|recipientName|contactName|legalName|holderName|^name$|receiverName/u

/** Words of the lists of other places of a card form. */
const wordsOfOthers = new Set(['legal.idType', 'legal.education'].flatMap((field) => [...(dictionaryOf(field) ?? [])]))

/** Numbers, and words of a list, stand on one row, not in part below. */
const oneRow = new Set<FieldType>(['phone', 'id-number', 'card-number'])

/** A number of a list, alone in its cell, be it with its number. */
const listed = /^(?:\d{1,2}[.、)])?[\dA-Z]{8,20}$/u

/** Figures enough for a telephone. */
const wholePhone = /^[\d-]{10,}$/u

const furthest = 4
/** What is so many times as large as most of a paper is the middle of a seal, or of a title. */
const mostTimes = 3.5

const wordsOf = (spans: readonly Span[]): string => textOf(spans.flatMap(({ letters }) => letters))

export function claimValues(
  lines: readonly Line[],
  hits: readonly NamedHit[],
  cells: readonly Cell[],
  typeOf: (field: string) => FieldType,
  isPrinted: (line: Line) => boolean,
): Claims {
  // Strokes of a large character enclose no text: a cell is at least as high as a line.
  const em = lines.map((line) => line.em).toSorted((one, other) => one - other)[lines.length >> 1] ?? 1
  const table = openTable(cells.filter((cell) => cell.box.height > 1.2 * em && cell.box.width > 1.2 * em))
  const downwards = lettersDownwards(lines)
  const cut = cutSpans(
    lines.filter((line) => !isPrinted(line) && !downwards.has(line) && line.em < mostTimes * em),
    hits,
    table,
  ).filter((span) => !hits.some((hit) => isOfLabel(span, hit)))
  const asides = findAsides(lines, cut, hits, table)
  const spans = cut.filter((span) => !asides.has(span))
  const rooms = roomsBelow(hits, spans)
  const headings = headingsBeside(hits, table)
  const labels = hits.filter((hit) => !headings.has(hit))
  const below = claimAbove(hits, spans, typeOf)
  const above = below.size > 0 ? below : claimBefore(hits, spans, typeOf)
  const claims = new Map<NamedHit, Span[]>([...above].map(([hit, own]) => [hit, [...own]]))
  const taken = new Set([...above.values()].flat())
  const free: Span[] = []
  for (const span of spans.filter((one) => !taken.has(one))) {
    const isInHeading = [...headings].some((hit) => isWithin(hit, span, table))
    let best: { hit: NamedHit; cost: number } | null = null
    const offer = (hit: NamedHit, cost: number): void => {
      if (cost <= furthest && (!best || cost < best.cost)) best = { hit, cost }
    }
    for (const hit of hits) {
      if (above.has(hit) || headings.has(hit) !== isInHeading) continue
      const type = hit.field ? typeOf(hit.field) : 'text'
      // 女 alone is nobody's name, nor is 居民身份证.
      const isOther = (type !== 'sex' && /^[男女]$/u.test(span.text)) || (persons.test(hit.field ?? '') && wordsOfOthers.has(span.text))
      const misfit = mayBe(span.text, type) && !isOther ? 0 : 2.5
      const beside = costBeside(hit, span, hits, table)
      if (beside !== null) offer(hit, beside + misfit)
      const below = costBelow(hit, span, labels, table, spans, rooms.get(hit))
      if (below !== null) offer(hit, below + misfit)
      if (misfit === 0 && beginsNextLine(hit, span, hits, lines)) offer(hit, onNextLine)
      const block = costInBlock(hit, span, hits, claims.get(hit) ?? [])
      if (block !== null) offer(hit, block)
      const on =
        (hit.field === null || wraps.test(hit.field) || goesOnAsNumber(claims.get(hit) ?? [], span, type)) &&
        (misfit === 0 || isRestOfNumber(span, type))
          ? costOfGoingOn(hit, span, claims.get(hit) ?? [], spans, hits, table, type)
          : null
      if (on !== null) offer(hit, on)
    }
    // What no label claims beside a heading is of its part: the end of a sentence that was printed there.
    if (!best && !isInHeading)
      for (const hit of headings) {
        const beside = costBeside(hit, span, hits, table)
        if (beside !== null) offer(hit, beside)
      }
    const claim = best as { hit: NamedHit; cost: number } | null
    if (!claim) {
      free.push(span)
      continue
    }
    claims.set(claim.hit, [...(claims.get(claim.hit) ?? []), span])
  }
  const byHit = new Map<NamedHit, readonly Span[]>()
  for (const [hit, claimed] of claims) {
    const ordered = inReadingOrder(claimed)
    const isAddress = hit.field !== null && /address/iu.test(hit.field)
    const isOfOneRow = hit.field !== null && (oneRow.has(typeOf(hit.field)) || dictionaryOf(hit.field) !== undefined)
    const own = isOfOneRow
      ? isWordInRows(hit.field!, ordered)
        ? ordered
        : besideFirst(hit, ordered, typeOf(hit.field!))
      : isAddress
        ? ordered.filter((span, at) => !endsWithIdNumber(span) && !isOfRing(span, ordered.slice(0, at)))
        : ordered
    const kept = hit.field && persons.test(hit.field) ? firstWords(ofLabelsLine(hit, own)) : isAddress ? withoutNotes(own) : own
    // What stands far off on the row of a person's name has a label of its own, which was lost.
    const isFarOff = (span: Span): boolean => persons.test(hit.field ?? '') && kept.every((one) => one.line !== span.line)
    free.push(...ordered.filter((span) => !own.includes(span) || isFarOff(span)))
    byHit.set(hit, kept)
  }
  return takeRowsAbove({ byHit, free }, hits)
}

/** The begin of a label that was cut off it: 统一 before 社会信用代码. */
const isOfLabel = (span: Span, hit: NamedHit): boolean =>
  right(span.box) < hit.box.x + span.em &&
  rowOverlap(hit.parts[0] ?? hit.box, span.box) > 0.4 &&
  hit.label.texts.includes(span.text + hit.text)

/** The rows of a number that its narrow room wraps are one number; what is none by itself needs the next one. */
function goesOnAsNumber(claimed: readonly Span[], span: Span, type: FieldType): boolean {
  const whole = wordsOf([...claimed, span])
  return claimed.length > 0 && !isWholeNumber(wordsOf(claimed), type) && (isWholeNumber(whole, type) || isBeginOfNumber(whole, type))
}

const isRestOfNumber = ({ text }: Span, type: FieldType): boolean => isWrappedNumber(type) && /^[\dX-]+$/u.test(text)

/** Each below the one before it. */
const isInRows = (spans: readonly Span[]): boolean =>
  spans.length > 1 &&
  spans.every(({ box }, at) => at === 0 || (box.y > middleY(spans[at - 1]!.box) && columnOverlap(box, spans[at - 1]!.box) > 0))

/** 大学本 above 科: a word of the field's list in a narrow room. */
const isWordInRows = (field: string, spans: readonly Span[]): boolean =>
  isInRows(spans) && (dictionaryOf(field)?.has(wordsOf(spans)) ?? false)

/** Of what stands beside its label and what stands below both, the one beside is the label's. */
function besideFirst(hit: NamedHit, spans: readonly Span[], type: FieldType): readonly Span[] {
  if (isInRows(spans) && (isWholeNumber(wordsOf(spans), type) || isEndOfNumber(wordsOf(spans), type))) return spans
  const beside = spans.filter((span) => rowOverlap(hit.box, span.box) > 0.5)
  // Of cards the lengths of numbers are not known, but one so long is none that its room wraps.
  if (type === 'card-number' && !beside.some(({ text }) => /\d{11,13}$/u.test(text))) return spans
  // A speck behind the label is no number.
  const fitting = spans.filter((span) => mayBe(span.text, type))
  if (!beside.some((span) => fitting.includes(span)) && fitting.length > 0) return fitting
  return beside.length > 0 ? beside : spans
}

/**
 * A name on the line of its label is the value; else one in Chinese characters comes before shreds of a ring that were read as Latin letters, or
 * as one character right behind the label: 姓名号 with a seal over it. 姓茗 upon the label is what a seal left of 姓名.
 */
function ofLabelsLine(hit: NamedHit, all: readonly Span[]): readonly Span[] {
  const { line, end } = hit.stretches.at(-1)!
  const isName = (span: Span): boolean => mayBe(span.text, 'name') && /\p{Script=Han}{2}/u.test(span.text)
  const isEndOfLabel = (span: Span): boolean => span.line.index === line && span.start === end && span.text.startsWith('姓')
  const isBehind = (span: Span): boolean => isName(span) && span.line.index !== line && rowOverlap(span.box, hit.box) > 0.5
  const spans = all.some(isBehind) ? all.filter((span) => !isEndOfLabel(span)) : all
  const joined = spans.findIndex((span) => span.line.index === line && span.start >= end && isName(span))
  const first = joined >= 0 ? joined : spans.findIndex(isName)
  const isBehindLabel = (span: Span): boolean =>
    span.line.index === line && span.start === end && /^\p{Script=Han}$/u.test(span.text) && isApart(span, spans[first]!)
  const isShred = (span: Span, at: number): boolean =>
    at < first && !isName(span) && (/^[A-Za-z.,·'-]+$/u.test(span.text) || isBehindLabel(span))
  return joined >= 0 ? spans.slice(joined) : spans.filter((span, at) => !isShred(span, at))
}

/** 张 三 stand nearer to each other. */
const isApart = (before: Span, span: Span): boolean => span.box.x - right(before.box) > 1.8 * before.em

/** The first span and those that follow it on its row without a wide gap: 张 三 may be two. */
function firstWords(spans: readonly Span[]): Span[] {
  const kept = spans.slice(0, 1)
  for (const span of spans.slice(1)) {
    const last = kept.at(-1)!
    const level = Math.abs(middleY(span.box) - middleY(last.box)) < 0.3 * last.em
    const short = kept.reduce((count, one) => count + one.letters.length, 0) + span.letters.length <= 5
    if (!level || isApart(last, span) || !short || span.em < 0.75 * last.em || last.em < 0.75 * span.em) break
    kept.push(span)
  }
  return kept
}

/** How far behind an address, and how much larger than it, what stands on its row is of something else, in characters and times. */
const [farBehind, muchLarger] = [3, 1.4]

/** Letters of a seal's ring, or of a portrait's edge, that came out level with a row of an address: no address goes on so far off and so large. */
const isOfRing = (span: Span, before: readonly Span[]): boolean =>
  before.some(
    (one) => rowOverlap(one.box, span.box) > 0.5 && span.box.x - right(one.box) > farBehind * one.em && span.em > muchLarger * one.em,
  )

/** The number of an identity card whose label lies under a seal. */
const endsWithIdNumber = ({ text }: Span): boolean => /\d{17}[\dX]$/u.test(text)

/** What is written beside or askew below an address that has ended is a note: 3003室    交小林处理. */
function withoutNotes(spans: readonly Span[]): readonly Span[] {
  return spans.filter((span, at) => {
    const before = spans[at - 1]
    if (before === undefined || !/[号室楼层元栋幢座户]$/u.test(before.text) || !/^\p{Script=Han}{2,8}$/u.test(span.text)) return true
    const isBeside = rowOverlap(before.box, span.box) > 0.5
    const isOff = isBeside ? span.box.x - right(before.box) > 2 * before.em : Math.abs(span.box.x - before.box.x) > 1.5 * before.em
    return !isOff || /[号室楼层元栋幢座户]/u.test(span.text)
  })
}

/** Rows from top to bottom, each from left to right. */
export function inReadingOrder(spans: readonly Span[]): Span[] {
  const rows: Span[][] = []
  for (const span of spans.toSorted((one, other) => middleY(one.box) - middleY(other.box))) {
    const row = rows.find((other) => other.some((one) => Math.abs(middleY(one.box) - middleY(span.box)) < 0.4 * Math.min(one.em, span.em)))
    if (row) row.push(span)
    else rows.push([span])
  }
  return rows.flatMap((row) => row.toSorted((one, other) => one.box.x - other.box.x))
}

/** Right of the label on its row, or anywhere in the cell beside the label's. */
function costBeside(hit: NamedHit, span: Span, hits: readonly NamedHit[], table: Table): number | null {
  const sameLine = hit.stretches.at(-1)!
  const joined = sameLine.line === span.line.index && span.start >= sameLine.end
  const overlap = joined ? 1 : Math.max(...hit.parts.map((part) => rowOverlap(part, span.box)), rowOverlap(hit.box, span.box))
  const hitCell = table.cellOf(hit.box)
  const spanCell = table.cellOf(span.box)
  const nextCell = hitCell !== null && spanCell !== null && table.isRightOf(spanCell, hitCell)
  // The colon of the label may have been read with both.
  const lead = /^[:;]/u.test(span.text) ? 1.2 : 0.6
  // Of a label drawn apart over its cell (用 户 地 址) the letters are measured beyond the rule behind it, at which the value begins.
  if (!joined && !nextCell && span.box.x < right(hit.box) - lead * span.em) return null
  // Where a rule is broken, cells run together around those that are whole.
  const isAmid = (other: NamedHit, cell: number | null): boolean => {
    const own = table.cellOf(other.box)
    return own !== null && cell !== null && contains(table.cells[cell]!.box, table.cells[own]!.box)
  }
  // The second row of the label's place said nothing that is kept: English, in small print.
  const isStepped = overlap > 0.1 && hitCell === null && spanCell === null
  if (overlap < 0.3 && !nextCell && !isStepped) return null
  const blocked = hits.some(
    (other) =>
      other !== hit &&
      other.box.x >= right(hit.box) - 0.6 * span.em &&
      right(other.box) <= span.box.x + 0.6 * span.em &&
      rowOverlap(other.box, span.box) > 0.3 &&
      (!nextCell || table.cellOf(other.box) === spanCell || table.cellOf(other.box) === hitCell || isAmid(other, spanCell)),
  )
  if (blocked) return null
  const gap = Math.max(0, span.box.x - right(hit.box)) / span.em
  // Inside the cell of the value it may stand anywhere.
  let cost = joined ? 0 : Math.min(nextCell ? 0.3 : 2.5, gap * 0.08) + (overlap < 0.5 ? 0.4 : 0) + (overlap < 0.3 && !nextCell ? 0.8 : 0)
  // A cell around that of the label is what broken rules left of several: it tells no more than none.
  const isTorn = hitCell !== spanCell && isAmid(hit, spanCell)
  if (hitCell !== null && spanCell !== null && hitCell !== spanCell && !isTorn) cost += nextCell ? -0.2 : joined ? 0.5 : 3
  else if (isTorn || (hitCell === null) !== (spanCell === null)) cost += 0.6
  if (hit.standing < 0.5) cost += 0.8
  // Where the rule between two rows was not seen, what stands level with the label of the other row is that one's.
  const isOfOtherRow = (other: NamedHit): boolean =>
    other !== hit &&
    rowOverlap(other.box, span.box) > 0.6 &&
    columnOverlap(other.box, hit.box) > 0.5 &&
    right(other.box) <= span.box.x + lead * span.em
  if (overlap < 0.3 && hits.some(isOfOtherRow)) cost += 3.5
  // A cell with labels of its own belongs to them before it belongs to the heading left of it.
  if (
    spanCell !== null &&
    spanCell !== hitCell &&
    !isTorn &&
    // What stands behind the value, where a rule was not seen, is the label of the next one.
    hits.some((other) => other !== hit && other.field !== null && other.box.x < right(span.box) && table.cellOf(other.box) === spanCell)
  )
    cost += 1.6
  return cost
}

/** A heading of so many rows stands beside rows of labels though its cell was not found. */
const leastStacked = 3

/**
 * Headings in a merged cell beside their rows: right of it stand the cells of labels, one below the other, and within it none does (卡号 in that of
 * an option). None of them has a value.
 */
function headingsBeside(hits: readonly NamedHit[], table: Table): ReadonlySet<NamedHit> {
  const labels = hits.filter(({ field }) => field !== null).map(({ box }) => ({ box, cell: table.cellOf(box) }))
  const isHeading = ({ field, box, parts }: NamedHit): boolean => {
    if (field !== null) return false
    const own = table.cellOf(box)
    if (own !== null)
      return (
        !labels.some(({ cell }) => cell === own) &&
        new Set(labels.map(({ cell }) => cell).filter((cell) => cell !== null && table.isRightOf(cell, own))).size > 1
      )
    const isBeside = (label: Rectangle): boolean => label.x > box.x && middleY(label) > box.y && middleY(label) < bottom(box)
    return parts.length >= leastStacked && labels.filter((label) => isBeside(label.box)).length > 1
  }
  return new Set(hits.filter(isHeading))
}

/** In the cell of the heading, or in its column right at it where that was not found. */
function isWithin({ box }: NamedHit, span: Span, table: Table): boolean {
  const own = table.cellOf(box)
  if (own !== null) return table.cellOf(span.box) === own
  const away = Math.max(box.y - bottom(span.box), span.box.y - bottom(box))
  return span.box.x > box.x - span.em && right(span.box) < right(box) + span.em && away < span.em
}

/** Under the label: the layout with labels above their values. */
function costBelow(
  hit: NamedHit,
  span: Span,
  hits: readonly NamedHit[],
  table: Table,
  spans: readonly Span[],
  room: Room | undefined,
): number | null {
  const drop = (span.box.y - bottom(hit.box)) / span.em
  // In narrow rows the boxes of label and value reach into each other.
  const isLower = middleY(span.box) - middleY(hit.box) > 0.45 * span.em
  if (drop < -0.8 || !isLower || span.box.y < hit.box.y + 0.4 * hit.box.height) return null
  const hitCell = table.cellOf(hit.box)
  const spanCell = table.cellOf(span.box)
  const sameCell = hitCell !== null && hitCell === spanCell
  // A label that shares its cell with others has its value there too.
  const isAlone = !hits.some((other) => other !== hit && other.field !== null && table.cellOf(other.box) === hitCell)
  const cellBelow = hitCell !== null && spanCell !== null && isAlone && table.isBelow(spanCell, hitCell)
  if (drop > (sameCell || cellBelow ? 5 : 2.2)) return null
  // What ends before the label begins is of the heading of a part that is written downwards beside it.
  const isAside = !sameCell && right(span.box) < hit.box.x + 0.3 * span.em
  const startsUnder = !isAside && span.box.x > hit.box.x - 2 * span.em && span.box.x < right(hit.box) + 1.5 * span.em
  const isOfRow = ({ box, field }: NamedHit): boolean =>
    field !== null && rowOverlap(box, span.box) > 0.5 && right(box) <= span.box.x + 0.6 * span.em
  // Far off to the side of a label, in the cell below it, a value is rather that of the label on its own row; not so in the label's own cell.
  const isUnder =
    columnOverlap(hit.box, span.box) >= 0.2 ||
    startsUnder ||
    (sameCell && isAlone) ||
    (cellBelow && !hits.some((other) => other !== hit && isOfRow(other)))
  const isInRoom = room ? span.box.x > room.x && span.box.x < room.end : standsInColumn(hit, span, hits, spans)
  if (!isUnder && !isInRoom) return null
  const blocked = hits.some(
    (other) =>
      other !== hit &&
      ((middleY(other.box) > bottom(hit.box) &&
        middleY(other.box) < span.box.y + 0.2 * span.em &&
        columnOverlap(other.box, span.box) > 0.2) ||
        // A label stands left of it on its own row: then the layout has labels at the left, and this is that one's.
        (rowOverlap(other.box, span.box) > 0.5 &&
          right(other.box) <= span.box.x + 0.6 * span.em &&
          span.box.x - right(other.box) < 6 * span.em &&
          table.cellOf(other.box) !== hitCell)),
  )
  if (blocked) return null
  let cost = 1.5 + Math.max(0, drop) * 0.5
  const labelBeside =
    spanCell !== null &&
    !sameCell &&
    hits.some((other) => {
      const cell = other === hit ? null : table.cellOf(other.box)
      return cell !== null && cell !== spanCell && table.isRightOf(spanCell, cell)
    })
  if (labelBeside) cost += 2
  if (!isUnder) cost += 0.4
  // With a value of its own beside it, it has none below: what stands there is that of a label on its own row, however far off.
  if (hits.some((other) => other !== hit && isOfRow(other)) && hasBeside(hit, hits, spans)) cost += 1
  // The heading of a section has its labels below it.
  if (hit.field === null) cost += 0.5
  if (sameCell) cost -= 0.6
  else if (cellBelow) cost -= 0.2
  else if (hitCell !== null && spanCell !== null && !(room && isRowBelow(hitCell, spanCell, hits, table))) cost += 3
  return cost
}

/** Cells of whole rows, whose upright rules were too pale to be seen: the row of values below a row of labels. */
const isRowBelow = (cell: number, below: number, hits: readonly NamedHit[], table: Table): boolean =>
  table.isBelow(below, cell) && !hits.some((hit) => table.cellOf(hit.box) === below)

/** Something stands right of a label on its row, before the next label. */
const hasBeside = (hit: NamedHit, hits: readonly NamedHit[], spans: readonly Span[]): boolean =>
  spans.some(
    ({ box }) =>
      box.x > right(hit.box) &&
      rowOverlap(box, hit.box) > 0.6 &&
      !hits.some((other) => other !== hit && rowOverlap(other.box, hit.box) > 0.4 && other.box.x > hit.box.x && other.box.x < box.x),
  )

/**
 * In the middle of the room below a label that has nothing beside it, up to the next label on its row; no label stands before it on its
 * own row. The frame of the room may not have been seen.
 */
function standsInColumn(hit: NamedHit, span: Span, hits: readonly NamedHit[], spans: readonly Span[]): boolean {
  const next = Math.min(
    ...hits.filter((other) => rowOverlap(other.box, hit.box) > 0.4 && other.box.x > right(hit.box)).map((other) => other.box.x),
    Infinity,
  )
  if (span.box.x < hit.box.x || right(span.box) > next) return false
  if (hits.some((other) => rowOverlap(other.box, span.box) > 0.3 && other.box.x < span.box.x)) return false
  return !spans.some((other) => rowOverlap(other.box, hit.box) > 0.3 && other.box.x > hit.box.x && other.box.x < next)
}

/** In characters: how far above its label, which stands in the middle of its room, free text begins. */
const farthestAbove = 5

/** The rows of free text above a label that stands in the middle beside it, below what is filled in above. */
function costAboveInBlock(hit: NamedHit, span: Span, hits: readonly NamedHit[]): number | null {
  const { em } = span
  if (hit.field !== 'changes' || !/\p{Script=Han}{6}/u.test(span.text)) return null
  if (span.box.x < right(hit.box) || hit.box.y - bottom(span.box) > farthestAbove * em) return null
  const isBetween = ({ box }: NamedHit): boolean => middleY(box) > span.box.y - 0.3 * em && middleY(box) < hit.box.y
  return hits.some((other) => other !== hit && isBetween(other)) ? null : 2.2
}

/** What a paragraph's next line begins with is the value of the label that ended the line before, rather than the rest of another value. */
const onNextLine = 0.7

/** 收件人：吕萌丽。联系电话： at the end of a line of running text, and the number at the begin of the next. */
function beginsNextLine(hit: NamedHit, span: Span, hits: readonly NamedHit[], lines: readonly Line[]): boolean {
  const { line, start, end } = hit.stretches.at(-1)!
  // The lines may be those of one column alone.
  const own = lines.find(({ index }) => index === line)
  if (
    !own ||
    hit.field === null ||
    span.line === own ||
    span.start > 0 ||
    span.box.x > hit.box.x ||
    !/^\)?[:/]$/u.test(textOf(own.letters.slice(end)))
  )
    return false
  const drop = span.box.y - bottom(hit.box)
  if (drop < -0.5 * span.em || drop > 1.1 * span.em || span.em > 1.5 * own.em || own.em > 1.5 * span.em) return false
  const isOnRow = (box: Rectangle, other: Rectangle): boolean => rowOverlap(box, other) > 0.5
  const isLast = !lines.some((other) => other !== own && isOnRow(other.box, hit.box) && other.box.x > hit.box.x)
  // ⑥ or 1. before a label is its number on the form.
  const isAmidText =
    // So does the end of the value before it: 15871674005。收件地址：
    /[\p{Script=Han}。,;]/u.test(textOf(own.letters.slice(0, start))) ||
    lines.some((other) => other !== own && isOnRow(other.box, hit.box) && hit.box.x - right(other.box) < 3 * own.em)
  const isFirst = !lines.some((other) => other !== span.line && isOnRow(other.box, span.box) && other.box.x < span.box.x)
  // Or both rows have further labels, and the lower one begins left of the upper one as a paragraph's does, or with words that only this label has.
  const isLeft = hits.every((other) => !isOnRow(other.box, hit.box) || other.box.x > span.box.x + 0.5 * own.em)
  const isOfHit = [...(dictionaryOf(hit.field) ?? [])].some((word) => word.length > 1 && span.text.includes(word))
  const isAmidLabels =
    hits.some((other) => isOnRow(other.box, hit.box) && other.box.x < hit.box.x) &&
    (isLeft || isOfHit) &&
    hits.some((other) => isOnRow(other.box, span.box) && other.box.x > right(span.box))
  return (
    isLast && (isAmidText || isAmidLabels) && isFirst && !hits.some((other) => isOnRow(other.box, span.box) && other.box.x < span.box.x)
  )
}

/** Free text belongs to its block until the next label that ends it. */
function costInBlock(hit: NamedHit, span: Span, hits: readonly NamedHit[], claimed: readonly Span[]): number | null {
  if (!hit.label.block || hit.standing < 0.6) return null
  const em = span.em
  if (middleY(span.box) < hit.box.y) return costAboveInBlock(hit, span, hits)
  // What stands right of it on its row bounds it: the other column of the paper.
  if (
    hits.some(
      (other) => other !== hit && rowOverlap(other.box, hit.box) > 0.4 && other.box.x > right(hit.box) && span.box.x > other.box.x - em,
    )
  )
    return null
  // A word or two far below the last line is a stamp or a seal.
  const last = claimed.at(-1)
  if (last && span.letters.length <= 6 && span.box.y - bottom(last.box) > 2 * em) return null
  const end = hits.find(
    (other) => other !== hit && other.label.end && other.box.y > hit.box.y + 0.3 * em && rowOverlap(other.box, hit.box) < 0.5,
  )
  if (end && middleY(span.box) > end.box.y - 0.1 * em) return null
  if (
    hits.some(
      (other) =>
        other !== hit && rowOverlap(other.box, span.box) > 0.5 && right(other.box) <= span.box.x + em && other.box.y > hit.box.y + em,
    )
  )
    return null
  return 0.9
}

/** Running text breaks a value off at the end of its line, and goes on where its lines begin, left of the first one. */
const isNextOfParagraph = (hit: NamedHit, last: Span, span: Span): boolean =>
  hit.stretches.at(-1)!.start > 0 &&
  hit.stretches.at(-1)!.line === last.line.index &&
  last.end === last.line.letters.length &&
  span.start === 0 &&
  span.box.x < last.line.box.x + 0.5 * span.em &&
  span.box.x > last.line.box.x - 3 * span.em &&
  right(last.box) > last.line.box.x + leastOfParagraph * span.em

/** In characters: shorter lines are no paragraph's. */
const leastOfParagraph = 25

/** The next line of a value that reached the end of its room. */
function costOfGoingOn(
  hit: NamedHit,
  span: Span,
  claimed: readonly Span[],
  spans: readonly Span[],
  hits: readonly NamedHit[],
  table: Table,
  type: FieldType,
): number | null {
  const last = claimed.at(-1)
  if (!last || last.line === span.line) return null
  // What follows a label on its line is that label's, or a speck.
  if (hits.some((other) => other !== hit && other.stretches.some(({ line, end }) => line === span.line.index && end <= span.start)))
    return null
  if (rowOverlap(last.box, span.box) > 0.4) return null
  // A label stands left of it on its own row, as this one does on its, be it as far off as this one is from its value.
  const near = 6 * span.em
  const away = claimed[0]!.box.x - right(hit.box) > near ? Infinity : near
  const isLabelled = ({ box }: NamedHit): boolean =>
    rowOverlap(box, span.box) > 0.5 && right(box) <= span.box.x + 0.6 * span.em && span.box.x - right(box) < away
  if (hits.some((other) => other !== hit && other.box.y > bottom(hit.box) - 0.3 * span.em && isLabelled(other))) return null
  const drop = (span.box.y - bottom(last.box)) / last.em
  const lastCell = table.cellOf(last.box)
  const spanCell = table.cellOf(span.box)
  const sameCell = lastCell !== null && lastCell === spanCell
  // Nor does a value go on behind another one, as letters of a ring may seem to.
  const isBehindOther = (other: NamedHit): boolean =>
    other !== hit &&
    other.field !== null &&
    rowOverlap(other.box, span.box) > 0.5 &&
    right(other.box) <= span.box.x &&
    table.cellOf(other.box) === spanCell
  if (sameCell && hits.some(isBehindOther)) return null
  // However far off its label stands on its row, a telephone's number is that one's.
  const isOfPhone = ({ box, field }: NamedHit): boolean =>
    field !== null && /phone|fax/iu.test(field) && rowOverlap(box, span.box) > 0.5 && right(box) <= span.box.x
  if (type === 'text' && wholePhone.test(span.text) && hits.some(isOfPhone)) return null
  // A list has a row of its table for each of its numbers.
  if (type === 'list' && lastCell !== null && spanCell !== null && table.isBelow(spanCell, lastCell) && listed.test(span.text)) return 0.5
  // Or a row of a table without rules.
  const isUnder = Math.abs(span.box.x - last.box.x) < 0.5 * span.em && listed.test(last.text)
  if (type === 'list' && isUnder && listed.test(span.text) && drop > 0 && drop < 2.2) return 0.6
  if (drop < -0.6 || drop > (sameCell ? 2 : 0.9)) return null
  if (lastCell !== spanCell && lastCell !== null && spanCell !== null) return null
  if ((type === 'uscc' || type === 'card-number') && /\p{Script=Han}/u.test(span.text)) return null
  if (isNextOfParagraph(hit, last, span) && drop < 0.9) return 0.6
  const left = Math.min(hit.box.x, ...claimed.map((one) => one.box.x))
  // 2.8600123456789 at the begin of a line of running text, whose first line is indented.
  const indent = type === 'list' && /^\d\.[\dA-Z]{8,20}$/u.test(span.text) ? 3 : 1.5
  if (span.box.x < left - indent * span.em) return null
  // A character alone on its row (日 of a term) is measured by the room around it: the rows tell.
  const [size, before] = span.letters.length === 1 ? [span.box.height, last.box.height] : [span.em, last.em]
  if (size > 1.5 * before || before > 1.5 * size) return null
  const parted = hits.some(
    (other) =>
      middleY(other.box) > bottom(last.box) - 0.3 * last.em &&
      middleY(other.box) < span.box.y + 0.3 * span.em &&
      (columnOverlap(other.box, span.box) > 0.2 || standsInColumn(other, span, hits, spans)),
  )
  if (parted) return null
  // A line that ended early had no need to wrap.
  const room = sameCell && lastCell !== null ? right(table.cells[lastCell]!.box) : Math.max(...spans.map((one) => right(one.box)))
  const early = (room - right(last.box)) / last.em
  const startsAlike = Math.abs(span.box.x - last.box.x) < 1.2 * span.em
  return (
    1 +
    Math.max(0, drop) * 0.6 +
    (early > 4 && !sameCell ? (startsAlike ? 0.4 : 1.5) : 0) +
    (sameCell ? -0.7 : 0) +
    (startsAlike ? -0.3 : 0)
  )
}
