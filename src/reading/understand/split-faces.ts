/**
 * The faces on a page of identity papers: each side of each card, and whatever else stands apart from them. What belongs
 * together stands together; cards that touch are parted below the number that ends every front, or between the words of one
 * side and those of the other.
 */
import type { PageContent, Rectangle } from '../page.ts'
import type { Hit } from './find-labels.ts'
import { openFinder } from './find-labels.ts'
import { normaliseIdNumber } from './values/codes.ts'
import { readMachineZone } from './values/machine-zone.ts'
import { bottom, columnOverlap, contains, join, middleX, middleY, right } from './text/geometry.ts'
import type { Line } from './text/letters.ts'

export interface Face {
  readonly lines: readonly Line[]
  /** How many runs of text there are, with those from which nothing was read. */
  readonly runs: number
  /** The size of a character of most of them, in pixels. */
  readonly em: number
  readonly bounds: Rectangle
}

/** In characters: how far apart words of one face stand at most, beside and below each other. */
const beside = 5
const below = 5.2
/** An address of one line leaves this much room above the number. */
const aboveNumber = 7.5
/** A row of the next face begins so far below the number of this one. */
const nextRow = 0.5

const ofFront = ['姓名', '性别', '民族', '出生', '住址', '公民身份号码']
const ofBack = ['中华人民共和国', '居民身份证', '签发机关', '有效期限']
/** Papers whose one face says what both sides of a resident card say. */
const ofWholeFaces = ['证件号码', '通行证', '永久居留', '护照', 'Passport', 'Nationality', '出生日期', '换证次数']

/** In reading order; lines keep their places, their indexes are those within their face. */
export function splitFaces(lines: readonly Line[], unread: readonly Rectangle[] = []): Face[] {
  const groups = gather([...lines, ...unread.map(asLine)]).flatMap((group) => cutBelowNumbers(group))
  return joinZones(groups)
    .flatMap((group) => cutBelowTerms(group))
    .flatMap((group) => cutBetweenSides(group))
    .flatMap((group) => cutOffUnread(group))
    .map((group) => {
      const read = group.filter(({ letters }) => letters.length > 0)
      return { lines: read.map((line, index) => ({ ...line, index })), runs: group.length, em: sizeOf(group), bounds: boundsOf(group) }
    })
    .toSorted((one, other) => one.bounds.y - other.bounds.y || one.bounds.x - other.bounds.x)
}

/** What was misread tells no width of its characters: the height of its run does. */
function sizeOf(group: readonly Line[]): number {
  const sizes = group.map(({ box, em, confidence }) => (confidence > 0.6 ? em : 0.75 * Math.min(box.width, box.height)))
  return sizes.toSorted((one, other) => one - other)[sizes.length >> 1]!
}

const asLine = (box: Rectangle): Line => ({
  index: -1,
  text: '',
  letters: [],
  box,
  em: 0.8 * Math.min(box.width, box.height),
  source: 'ocr',
  confidence: 0,
})

/** What of the page lies where a face lies. */
export function contentOfFace(content: PageContent, { bounds }: Face): PageContent {
  return {
    width: content.width,
    height: content.height,
    lines: content.lines.filter(({ box }) => contains(bounds, box)),
    unread: [],
    cells: content.cells.filter(({ box }) => contains(bounds, box)),
    checkBoxes: [],
    seals: content.seals,
    barcodes: content.barcodes,
    formValues: content.formValues.filter(({ box }) => contains(bounds, box)),
  }
}

/** Lines that hang together by their nearness. */
function gather(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = []
  for (const line of lines) {
    const near = groups.filter((group) => group.some((other) => isNear(line, other)))
    const joined = [...near.flat(), line]
    for (const group of near) groups.splice(groups.indexOf(group), 1)
    groups.push(joined)
  }
  return groups.map((group) => group.toSorted(inOrder))
}

/** Two lines, some of them read in pieces. */
const mostOfZone = 8

/** Characters in a line of a passport's zone for machines (ICAO 9303 part 4), and how tall the print above it is beside their row. */
const zoneColumns = 44
const printOfZone = 0.65

/**
 * The lines for machines stand at the foot of a passport's page, far below its print. Its columns may stand far apart: what lies where
 * the page does is one face.
 */
function joinZones(groups: readonly Line[][]): Line[][] {
  let joined = [...groups]
  for (const zone of groups.filter((group) => group.some(isOfZone))) {
    if (!joined.includes(zone)) continue
    const ofMachine = zone.filter(isOfZone)
    const box = boundsOf(zone.length > mostOfZone ? ofMachine : zone)
    const row = { ...box, width: Math.max(box.width, zoneColumns * pitchOf(ofMachine)) }
    const height = printOfZone * row.width
    const page = { ...row, y: row.y - height, height: height + zone[0]!.em }
    const others = joined.filter((group) => group !== zone && !group.some(isOfZone))
    // With so much in it the group has its own print already.
    const nearest = (zone.length > mostOfZone ? [] : others)
      .filter((group) => bottom(boundsOf(group)) <= box.y + zone[0]!.em && columnOverlap(boundsOf(group), box) > 0.5)
      .toSorted((one, other) => bottom(boundsOf(other)) - bottom(boundsOf(one)))[0]
    const above = others.filter((group) => group === nearest || contains(page, boundsOf(group)))
    if (above.length === 0) continue
    joined = [...joined.filter((group) => group !== zone && !above.includes(group)), [...above.flat(), ...zone].toSorted(inOrder)]
  }
  return joined
}

/** Nothing else begins with P<: it tells the first line though a seal, or blanks as wide as letters, tore it to pieces. */
const isOfZone = ({ text }: Line): boolean => (text.length >= 20 && text.includes('<')) || /^P<[A-Z]{2}/u.test(text)

/** How far the characters of such lines stand from each other; a seal may hide some. */
function pitchOf(lines: readonly Line[]): number {
  const steps = lines.flatMap(({ letters }) => letters.slice(1).map(({ left }, at) => left - letters[at]!.left))
  return steps.toSorted((one, other) => one - other)[steps.length >> 1] ?? 0
}

const inOrder = (one: Line, other: Line): number => one.index - other.index

const boundsOf = (group: readonly Line[]): Rectangle => join(group.map(({ box }) => box))

function isNear(one: Line, other: Line): boolean {
  // A title is larger than what stands around it.
  const em = Math.min(one.em, other.em)
  const across = Math.max(one.box.x, other.box.x) - Math.min(right(one.box), right(other.box))
  const down = Math.max(one.box.y, other.box.y) - Math.min(bottom(one.box), bottom(other.box))
  if (down < 0) return across < beside * em
  const lower = one.box.y > other.box.y ? one : other
  return down < (isNumberRow(lower) ? aboveNumber : below) * em && across < em
}

const isNumberRow = ({ text }: Line): boolean => /\d{14}|^公民|身份号/u.test(text)

const plain = (hits: readonly Hit[]): Hit[] => hits.filter((hit) => hit.standing >= 0.5 && hit.cost <= 0.2 * hit.text.length)

/** The second of a passport's lines for machines: its number first. */
const isZoneEnd = (text: string): boolean => readMachineZone([text]) !== null

/** A number with its check digit, or behind its label, is the last row of a front; the zone for machines that of a passport. */
function cutBelowNumbers(group: readonly Line[]): Line[][] {
  const find = openFinder(group.map((line, index) => ({ ...line, index })))
  const labelled = plain(find('公民身份号码')).map((hit) => hit.box)
  const numbers = rowsOf([
    ...labelled,
    ...group.filter(({ text }) => isZoneEnd(text)).map(({ box }) => box),
    ...group
      .filter((line) => line.letters.length >= 17 && normaliseIdNumber(line.letters.slice(-18)).evidence.includes('check-digit'))
      .map(({ box }) => box),
  ])
  return cutBelow(group, numbers, '公民身份号码')
}

/** Two backs that a watermark or a stamp joined: the term is the last row of each. */
function cutBelowTerms(group: readonly Line[]): Line[][] {
  const find = openFinder(group.map((line, index) => ({ ...line, index })))
  const boxes = (word: string): Rectangle[] => plain(find(word)).map((hit) => hit.box)
  if (boxes('签发机关').length < 2) return [[...group]]
  return cutBelow(group, rowsOf(boxes('有效期限')), '签发机关')
}

/** Below each of the rows that end a face; where two stand beside each other, `label` of both tells them apart. */
function cutBelow(group: readonly Line[], ends: readonly Rectangle[], label: string): Line[][] {
  const pieces: Line[][] = []
  let left = [...group]
  for (const end of ends) {
    const foot = bottom(end) + nextRow * end.height
    const own = left.filter(({ box }) => middleY(box) < foot)
    left = left.filter(({ box }) => middleY(box) >= foot)
    pieces.push(...splitColumns(own, label))
  }
  return [...pieces, left].filter((piece) => piece.length > 0)
}

/** Boxes of one row of one card are one place, from top to bottom. */
function rowsOf(boxes: readonly Rectangle[]): Rectangle[] {
  const rows: Rectangle[] = []
  for (const box of boxes.toSorted((one, other) => middleY(one) - middleY(other))) {
    const last = rows.at(-1)
    if (last && middleY(box) - middleY(last) < 1.2 * Math.max(box.height, last.height)) rows[rows.length - 1] = join([last, box])
    else rows.push(box)
  }
  return rows
}

/** Two faces of one side beside each other have two labels of a row. */
function splitColumns(group: readonly Line[], label: string): Line[][] {
  const find = openFinder(group.map((line, index) => ({ ...line, index })))
  const labels = plain(find(label))
    .map((hit) => hit.box)
    .toSorted((one, other) => one.x - other.x)
  const second = labels.find((label) => labels[0] !== label && label.x > right(labels[0]!) + 4 * label.height)
  if (!second) return [[...group]]
  const edge = second.x - second.height
  const parts = [group.filter(({ box }) => middleX(box) < edge), group.filter(({ box }) => middleX(box) >= edge)]
  return parts.filter((part) => part.length > 0)
}

/** Words of the front on one side, those of the back on the other, with the widest blank between them. */
function cutBetweenSides(group: readonly Line[]): Line[][] {
  const find = openFinder(group.map((line, index) => ({ ...line, index })))
  if (ofWholeFaces.some((word) => plain(find(word)).length > 0)) return [[...group]]
  const fronts = ofFront.flatMap((word) => plain(find(word))).map(({ box }) => box)
  const backs = ofBack.flatMap((word) => plain(find(word))).map(({ box }) => box)
  if (fronts.length < 2 || backs.length < 2) return [[...group]]
  return cutBetween(group, fronts, backs)
}

/** What can be read on one side, what cannot on the other: a card that lies otherwise beside one that lies right. */
function cutOffUnread(group: readonly Line[]): Line[][] {
  const plainly = group.filter(({ confidence, letters }) => confidence > 0.8 && letters.length > 1)
  const poorly = group.filter(({ confidence }) => confidence < 0.5)
  if (plainly.length < 2 || poorly.length < 3) return [[...group]]
  return cutBetween(
    group,
    plainly.map(({ box }) => box),
    poorly.map(({ box }) => box),
  )
}

/** The group in two where all that is here lies on one side of all that is there, else whole. */
function cutBetween(group: readonly Line[], here: readonly Rectangle[], there: readonly Rectangle[]): Line[][] {
  const [one, other] = [join(here), join(there)]
  const cuts = [
    { from: bottom(one), to: other.y, side: (line: Line) => middleY(line.box) },
    { from: bottom(other), to: one.y, side: (line: Line) => middleY(line.box) },
    { from: right(one), to: other.x, side: (line: Line) => middleX(line.box) },
    { from: right(other), to: one.x, side: (line: Line) => middleX(line.box) },
  ].filter(({ from, to }) => to > from - 4)
  const cut = cuts.toSorted((first, second) => second.to - second.from - (first.to - first.from))[0]
  if (!cut) return [[...group]]
  const edge = widestGap(
    group.map((line) => cut.side(line)),
    cut,
  )
  const parts = [group.filter((line) => cut.side(line) < edge), group.filter((line) => cut.side(line) >= edge)]
  return parts.filter((part) => part.length > 0)
}

/** Where between two places no line's middle lies for longest. */
function widestGap(middles: readonly number[], { from, to }: { from: number; to: number }): number {
  const stops = [from, ...middles.filter((middle) => middle > from && middle < to), to].toSorted((one, other) => one - other)
  let best = [from, to] as const
  let widest = -1
  for (let at = 1; at < stops.length; at++)
    if (stops[at]! - stops[at - 1]! > widest) {
      widest = stops[at]! - stops[at - 1]!
      best = [stops[at - 1]!, stops[at]!]
    }
  return (best[0] + best[1]) / 2
}
