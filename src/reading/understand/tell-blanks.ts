/**
 * A field that nobody filled in: its label stands there, and in the room of its value no ink does. Only the pixels prove that;
 * where nothing was recognised, something may stand all the same.
 */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { boxOf } from './find-labels.ts'
import { persons } from './claim-values.ts'
import { insideOf, isOfEdge, isRule, isWithoutInk, sizeOfPage } from './see-blank-room.ts'
import type { NamedHit } from './name-hits.ts'
import { cellOfColumn } from './part-columns.ts'
import { valueOfLetters, type PaperInHand } from './read-fields.ts'
import { area, bottom, columnOverlap, contains, join, meets, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { leaveOutGlosses } from './text/leave-out-glosses.ts'
import { arrangeLines } from './text/letters.ts'
import { openTable, type Table } from './text/table.ts'
import { isUsualName } from './values/family-names.ts'
import { mayBe } from './values/normalise.ts'
import type { ReadValue } from './values/value.ts'

/** Marks fields whose room holds no ink as `no-ink`, and gives them the room as their box. */
export async function tellBlanks(paper: PaperInHand): Promise<void> {
  const table = openTable(paper.content.cells)
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value || value.value !== null || value.source === 'acroform') continue
    const isBlankDate = value.evidence.includes('blank')
    if (!isBlankDate && !value.evidence.includes('empty')) continue
    const hits = paper.hits.filter((hit) => hit.field === name && hit.standing >= 0.6)
    const places = hits.map((hit) => roomOf(paper, table, hit))
    const shown = places.find((place) => place.box !== null)?.box
    const isEmpty =
      hits.length > 0 &&
      !(numbers.has(type) && (hasStrayFigures(paper) || hits.some((hit) => mayGoOnBelow(paper, hit, type)))) &&
      places.every((place) => place.isSure && place.rooms.every((room) => isWithoutInk(paper, room))) &&
      (isBlankDate ||
        !hits.some(
          (hit) => isFollowed(paper, hit) || hasFreeBelow(paper, hit) || hasFreeBefore(paper, hit, type) || mayBeOverleaf(paper, hit),
        ))
    // Specks and stamps read as words too: only what has a form of its own is taken.
    const isPerson = persons.test(name)
    if (!isEmpty && !isBlankDate && (type === 'sex' || type === 'phone' || type === 'date' || isPerson)) {
      const found = await readOverlooked(paper, type, places)
      if (found && (!isPerson || isSurelyName(found))) {
        paper.values.set(name, found)
        continue
      }
    }
    const isSureLabel = hits.some((hit) => hit.standing >= 0.7 && hit.cost <= 0.1 * hit.text.length)
    paper.values.set(name, {
      ...value,
      ...(shown ? { box: shown } : {}),
      ...(isEmpty && isSureLabel ? { confidence: 0.99, evidence: [...value.evidence, 'no-ink'] } : {}),
    })
  }
}

/** Numbers that may have been cut into the boxes of a comb, and so given to the fields around. */
const numbers = new Set<FieldType>(['id-number', 'phone', 'uscc', 'card-number'])
/** More figures than any telephone has are two. */
const [phones, longestPhone] = [/(?:[pP]hone|fax)$/u, 19]
const wordsOnly = /(?:^|\.)(?:idType|nationality|education|sex)$/u

/** Figures in a field of words: the boxes of the table were not told apart, and what belongs where is unknown. */
const hasStrayFigures = ({ values }: PaperInHand): boolean =>
  [...values].some(
    ([field, { value }]) =>
      typeof value === 'string' && (wordsOnly.test(field) ? /\d/u.test(value) : phones.test(field) && value.length > longestPhone),
  )

/** A number that no label claims begins the line below one that ends with the label: running text goes on there. */
const mayGoOnBelow = ({ claims }: PaperInHand, { box }: NamedHit, type: FieldType): boolean =>
  claims.free.some(
    (span) =>
      span.start === 0 &&
      span.box.x < box.x &&
      middleY(span.box) > bottom(box) - 0.2 * span.em &&
      span.box.y - bottom(box) < span.em &&
      /\d{7}/u.test(span.text) &&
      mayBe(span.text, type),
  )

/** The first row of a sheet on which nothing is filled in: where labels stand below their lines, the line and what is written on it are overleaf. */
const mayBeOverleaf = (paper: PaperInHand, hit: NamedHit): boolean =>
  (paper.lines.every((line) => middleY(line.box) > hit.box.y) && [...paper.values.values()].every(({ value }) => value === null)) ||
  isCutOff(paper, hit)

/** The last row of a sheet whose labels have their values below them: these are overleaf. */
function isCutOff({ lines, claims, content }: PaperInHand, { box, room, column }: NamedHit): boolean {
  if (room || column || lines.some((line) => middleY(line.box) > bottom(box)) || bottom(box) < 0.5 * content.height) return false
  const below = [...claims.byHit].filter(([hit, [first]]) => hit.field !== null && first && middleY(first.box) > bottom(hit.box))
  return below.length >= leastStacked
}
const leastStacked = 3

/** What stands right above a label, or before it on its row with no label before that, and is nobody's, may be its own where labels follow their lines. */
const hasFreeBefore = ({ claims, hits }: PaperInHand, { box, room }: NamedHit, type: FieldType): boolean =>
  !room &&
  claims.free.some(
    (span) =>
      mayBe(span.text, type) &&
      ((columnOverlap(span.box, box) > 0.5 && span.box.y < box.y && box.y - bottom(span.box) < 0.8 * span.em) ||
        (rowOverlap(span.box, box) > 0.5 &&
          right(span.box) < box.x + 0.5 * span.em &&
          !hits.some((other) => rowOverlap(other.box, span.box) > 0.5 && other.box.x < box.x))),
  )

/** Words right below a label that are nobody's: values of two columns that were read as one line. */
const hasFreeBelow = ({ claims }: PaperInHand, { box, room }: NamedHit): boolean =>
  !room &&
  claims.free.some(
    (span) =>
      span.letters.length > leastBelow &&
      columnOverlap(span.box, box) > 0.5 &&
      middleY(span.box) > bottom(box) - 0.2 * span.em &&
      span.box.y - bottom(box) < 0.8 * span.em,
  )
const leastBelow = 8

/** Words farther on in the row of a label with no other label between: a scratch that was taken for a rule may part them from it. */
function isFollowed(paper: PaperInHand, hit: NamedHit): boolean {
  if (hit.room) return false
  const spans = [...paper.claims.free, ...[...paper.claims.byHit].filter(([other]) => other !== hit).flatMap(([, own]) => own)]
  return spans.some(
    ({ box, letters }) =>
      letters.length > 1 &&
      box.x > right(hit.box) &&
      (!hit.column || (middleX(box) > hit.column.x && middleX(box) < hit.column.end)) &&
      rowOverlap(box, hit.box) > 0.6 &&
      !paper.hits.some(
        (other) => other !== hit && rowOverlap(other.box, hit.box) > 0.4 && other.box.x > hit.box.x && other.box.x < middleX(box),
      ),
  )
}

/**
 * A single character such as 女 is often too little for the detector, and a day under a seal too much; the ink says where it stands. Of two
 * places for a day the upper one is the enterprise's.
 */
async function readOverlooked(paper: PaperInHand, type: FieldType, places: readonly Place[]): Promise<ReadValue | null> {
  const [place, second] = places.toSorted((one, other) => (one.rooms[0]?.y ?? Infinity) - (other.rooms[0]?.y ?? Infinity))
  const room = place?.rooms[0]
  if ((second && type !== 'date') || !place?.isSure || !room) return null
  const em = sizeOfPage(paper)
  const inner = insideOf(room, em)
  const withoutSeals = paper.content.seals.some(({ box, color }) => color === 'red' && meets(box, inner))
  const isInk = (stroke: Rectangle): boolean =>
    !isRule(stroke, em) && stroke.height < 0.95 * inner.height && Math.max(stroke.width, stroke.height) > speck * em
  const ink = paper.tools.strokesIn(inner, { withoutSeals }).filter((stroke) => isInk(stroke) && !isOfEdge(stroke, inner, em))
  if (ink.length === 0) return null
  const around = join(ink)
  if (around.height < 0.5 * em || around.height > 2 * em || around.width > 12 * em) return null
  const by = 0.2 * em
  const strip = { x: around.x - by, y: around.y - by, width: around.width + 2 * by, height: around.height + 2 * by }
  for (const how of type === 'date' ? [{}, { spread: true } as const] : [{}]) {
    const line = await paper.tools.readAgain(strip, how)
    const letters = line ? leaveOutGlosses(arrangeLines({ lines: [line] })).flatMap((one) => one.letters) : []
    if (letters.length === 0) continue
    const value = valueOfLetters(letters, type, around, 'ocr')
    if (value.wellFormed && value.least > 0.5) return { ...value, parts: [], evidence: [...value.evidence, 'second-reading', 'mended'] }
  }
  return null
}

/** A name that a seal's ring crosses is found where it stands, but of what else may lie there a name can be made too. */
const surely = 0.8
const isSurelyName = ({ value, least }: ReadValue): boolean => least > surely && typeof value === 'string' && isUsualName(value)

/** Of a ring that was taken off dots are left. */
const speck = 0.2

interface Place {
  /** Where ink would stand. */
  readonly rooms: readonly Rectangle[]
  /** What is outlined for the clerk. */
  readonly box: Rectangle | null
  /** It is known that the value would stand there: a colon, a rule or a cell says so. */
  readonly isSure: boolean
}

function roomOf(paper: PaperInHand, table: Table, hit: NamedHit): Place {
  if (hit.room) return { rooms: [hit.room], box: hit.room, isSure: true }
  if (hit.column) {
    const cell = cellOfColumn(hit, paper.content.cells)?.box ?? null
    return { rooms: cell ? [cell] : [], box: cell, isSure: cell !== null }
  }
  const last = hit.stretches.at(-1)!
  const line = paper.lines.find((one) => one.index === last.line)
  const em = line?.em ?? hit.box.height
  const own = table.cellOf(hit.box)
  const isCell = own !== null && area(table.cells[own]!.box) < 0.5 * paper.content.width * paper.content.height
  const cell = isCell ? table.cells[own]!.box : null
  let start = right(hit.box)
  let hasColon = false
  // The end of 国籍（地区） is the label's as well.
  const isOpen = line !== undefined && line.text.lastIndexOf('(', last.end - 1) > line.text.lastIndexOf(')', last.end - 1)
  const from = isOpen && line.letters[last.end]?.character === ')' ? last.end + 1 : last.end
  if (from > last.end) start = Math.max(start, right(boxOf(line!, last.end, from)))
  for (let at = from; line && at < line.letters.length && /[:(]/u.test(line.letters[at]!.character); at += 1) {
    // （手机） and the like belong to the label.
    const close = line.text.indexOf(')', at)
    // What is read as a bracket that nothing closes may be what stands there: 性别：女.
    if (line.letters[at]!.character === '(' && (close < at || close - at >= 8)) break
    if (line.letters[at]!.character === '(') at = close
    hasColon ||= line.letters[at]!.character === ':'
    start = Math.max(start, right(boxOf(line, at, at + 1)))
  }
  const strip = { x: start + 0.15 * em, y: hit.box.y - 0.25 * em, width: 0, height: hit.box.height + 0.5 * em }
  const followers = paper.hits
    .filter((other) => other !== hit && other.box.x >= start - 0.5 * em && rowOverlap(other.box, hit.box) > 0.4)
    .map((other) => other.box)
  const ends = followers.map(({ x }) => x - 0.3 * em)
  const end = Math.min(cell ? right(cell) - 0.15 * em : paper.content.width, ...ends)
  // Labels in cells of their own leave this one to its label.
  const isShared = cell !== null && followers.some((box) => contains(cell, box))
  const room = { ...strip, width: Math.max(0, end - strip.x) }
  const rule = room.width > 2 * em ? ruleUnder(paper, room, em) : null
  // The foot of the cell is no line to write on.
  const underline = rule && cell && middleY(rule) > bottom(cell) - 0.3 * em ? null : rule
  const beside = own === null ? null : besideOf(paper, table, own)
  if (own !== null && standInCellsBelow(paper, table)) {
    const rooms = cellsBelow(table, own).filter((one) => !isLabelled(paper, one))
    // At the foot of the sheet the row of its value is on the next one.
    return { rooms, box: rooms[0] ?? null, isSure: rooms.length > 0 }
  }
  if (beside && room.width < 3 * em) return { rooms: [beside], box: beside, isSure: true }
  if (beside && !hasColon) return { rooms: [beside, room], box: beside, isSure: true }
  const box = underline ? { ...room, x: underline.x, width: underline.width } : room
  // What wraps goes on below: the rest of the cell is looked at too.
  const floor = cell ? Math.min(bottom(cell), ...printedBelow(paper, cell, bottom(hit.box))) : 0
  const below =
    cell && !isShared && floor - bottom(room) > em
      ? [{ x: cell.x, y: bottom(room), width: right(cell) - cell.x, height: floor - bottom(room) - 0.15 * em }]
      : []
  // A label above its value in one cell: the cell below has a label of its own.
  const isOwnCell =
    cell !== null &&
    !isShared &&
    cell.height > 1.6 * em &&
    hit.box.y - cell.y < Math.max(em, 0.3 * cell.height) &&
    cellsBelow(table, own!).every((one) => isLabelled(paper, one))
  return {
    // Behind a colon it may stand in the same cell or in the next.
    rooms: [room, ...below, ...(beside ? [beside] : []), ...(hit.field === 'changes' && cell === null ? [aroundOf(paper, hit, room)] : [])],
    box: room.width > em ? box : null,
    isSure: room.width > 1.5 * em && (hasColon || underline !== null || isOwnCell || standBeside(paper, table, own)),
  }
}

/** What is written freely begins above its label, which stands half way down: the room up to the row above and down to the one below. */
function aroundOf(paper: PaperInHand, hit: NamedHit, room: Rectangle): Rectangle {
  const others = paper.hits.filter((other) => other !== hit && rowOverlap(other.box, hit.box) < 0.2)
  const top = Math.max(0, ...others.map(({ box }) => bottom(box)).filter((y) => y < middleY(hit.box)))
  const end = Math.min(paper.content.height, ...others.map(({ box }) => box.y).filter((y) => y > middleY(hit.box)))
  const em = hit.box.height
  return { ...room, y: top + 0.6 * em, height: Math.max(0, end - top - 1.2 * em) }
}

/** Enough values on a paper to tell where its layout has them. */
const fewest = 4

/**
 * All values of the paper stand on the rows of their labels: so would this one, whose label stands in no cell; in a cell of its own where
 * those that have one share it with their values.
 */
function standBeside(paper: PaperInHand, table: Table, own: number | null): boolean {
  const first = [...paper.claims.byHit].flatMap(([hit, spans]) => (hit.field !== null && spans[0] ? [{ hit, box: spans[0].box }] : []))
  const isBeside = ({ hit, box }: (typeof first)[number]): boolean =>
    rowOverlap(hit.box, box) > 0.4 && box.x > right(hit.box) - 0.5 * hit.box.height
  const isShared = ({ hit, box }: (typeof first)[number]): boolean => table.cellOf(hit.box) === table.cellOf(box)
  return first.length >= fewest && first.every(isBeside) && (own === null || first.every(isShared))
}

/** Of the values on a paper so many stand in the cells below those of their labels: there this one would stand too. */
const mostBelow = 0.7

function standInCellsBelow(paper: PaperInHand, table: Table): boolean {
  const first = [...paper.claims.byHit].flatMap(([hit, spans]) => (hit.field !== null && spans[0] ? [{ hit, box: spans[0].box }] : []))
  const isBelow = ({ hit, box }: (typeof first)[number]): boolean => {
    const [own, cell] = [table.cellOf(hit.box), table.cellOf(box)]
    return own !== null && cell !== null && table.isBelow(cell, own)
  }
  return first.length >= fewest && first.filter(isBelow).length > mostBelow * first.length
}

/** Tops of labels and printed sentences below `from` in a cell: what stands there is not of the value. */
const printedBelow = (paper: PaperInHand, cell: Rectangle, from: number): number[] =>
  [...paper.hits.map((hit) => hit.box), ...paper.lines.filter((line) => paper.isProse(line.index)).map((line) => line.box)]
    .filter((box) => box.y > from && contains(cell, box))
    .map((box) => box.y - 0.1 * box.height)

const cellsBelow = (table: Table, own: number): Rectangle[] => table.cells.filter((_, at) => table.isBelow(at, own)).map(({ box }) => box)

const isLabelled = (paper: PaperInHand, cell: Rectangle): boolean => paper.hits.some((hit) => contains(cell, hit.box))

/** The cell right of the label's, unless it holds a label: then the layout is another. */
function besideOf(paper: PaperInHand, table: Table, own: number): Rectangle | null {
  const at = table.cells.findIndex((_, other) => table.isRightOf(other, own) && middleInside(table, other, own))
  if (at < 0) return null
  const { box } = table.cells[at]!
  return isLabelled(paper, box) ? null : box
}

const middleInside = (table: Table, other: number, own: number): boolean => {
  const { box } = table.cells[other]!
  const middle = middleY(table.cells[own]!.box)
  return middle > box.y && middle < bottom(box)
}

/** The line that is printed to write on: long, thin, and near the foot of the row. */
function ruleUnder(paper: PaperInHand, room: Rectangle, em: number): Rectangle | null {
  const below = { ...room, height: room.height + 0.3 * em }
  return (
    paper.tools
      .strokesIn(below)
      .filter((stroke) => isRule(stroke, em) && stroke.width > 2 * em && middleY(stroke) > middleY(room))
      .toSorted((one, other) => other.width - one.width)[0] ?? null
  )
}
