/**
 * Papers that lie beside or below each other on one picture: two sheets on one large scan, two pages printed on one, several pictures
 * joined to a long one. White paper parts them, so only what is read on either side tells.
 */
import type { DocumentKind } from '../../guide/papers.ts'
import type { PageContent, Rectangle } from '../page.ts'
import { openFinder, type FindText } from './find-labels.ts'
import { isForm } from './find-open-sheet.ts'
import { bottom, contains, middleX, middleY, right } from './text/geometry.ts'
import { arrangeLines, type Line } from './text/letters.ts'
import { placeTitles, tellKind } from './tell-kind.ts'

export interface PapersTogether {
  /** Where each of them lies, in reading order. */
  readonly places: readonly Rectangle[]
  /** Each is plainly a paper of its own: they are read apart. Otherwise something is there that no paper tells. */
  readonly isSure: boolean
}

/** Two upright sheets side by side are wider than high, and one joined picture is longer than any sheet. */
const [wide, long] = [1.2, 1.75]
/** What is so much longer than a sheet is no picture of one, were it a telephone's screen. */
const longest = 2.4
/** Where the sheets of a long picture are as high as paper is. */
const heightOfSheet = Math.SQRT2
/** The white between two sheets is so wide at least, in shares of the page, and lies in its middle part. */
const [least, from, to] = [0.012, 0.35, 0.65]
/** Fewer lines are no paper, and more than as many are something at least. */
const [fewestLines, something] = [4, 8]

/** Null where the page holds one paper, as nearly all do. */
export function findPapersTogether(content: PageContent): PapersTogether | null {
  const { width, height } = content
  if (width < wide * height && height < long * width) return null
  const lines = arrangeLines(content)
  return width > height ? besideEachOther(content, lines) : belowEachOther(content, lines)
}

function besideEachOther(content: PageContent, lines: readonly Line[]): PapersTogether | null {
  const { width, height } = content
  const cut = widestGap(
    boxesOf(content, lines).map((box): Stretch => [box.x, right(box)]),
    [from * width, to * width],
    least * width,
  )
  if (cut === null) return null
  const places = [
    { x: 0, y: 0, width: cut, height },
    { x: cut, y: 0, width: width - cut, height },
  ]
  const papers = places.map((place) => tellPaper(place, lines))
  if (papers.some(({ count }) => count < fewestLines)) return null
  if (areSeveral(papers)) return { places, isSure: true }
  // A form beside something of which no form tells: it may lie otherwise.
  const [form, other] = papers.toSorted((one, second) => Number(second.isTitled) - Number(one.isTitled)) as [Told, Told]
  return form.isTitled && other.kind === 'unknown' && other.count >= something ? { places, isSure: false } : null
}

function belowEachOther(content: PageContent, lines: readonly Line[]): PapersTogether | null {
  const { width, height } = content
  const count = Math.max(2, Math.round(height / width / heightOfSheet))
  const taken = boxesOf(content, lines).map((box): Stretch => [box.y, bottom(box)])
  const cuts = Array.from({ length: count - 1 }, (_, at) => {
    const middle = ((at + 1) * height) / count
    const reach = (0.3 * height) / count
    return widestGap(taken, [middle - reach, middle + reach], 0.01 * height)
  })
  const isLong = height > longest * width
  if (cuts.some((cut) => cut === null)) return isLong ? { places: [], isSure: false } : null
  const edges = [0, ...(cuts as number[]), height]
  const places = edges.slice(1).map((end, at) => ({ x: 0, y: edges[at]!, width, height: end - edges[at]! }))
  const papers = places.map((place) => tellPaper(place, lines))
  if (areSeveral(papers)) return { places, isSure: true }
  return isLong && papers.some(({ kind }) => kind !== 'payment-proof') ? { places, isSure: false } : null
}

/** Titles of two papers stand so far apart at least, in shares of the page's height. */
const apart = 0.2

/** Papers below each other on one sheet, each with its title; null where the page holds one. */
export function findTitledBelow(content: PageContent, lines: readonly Line[], find: FindText): PapersTogether | null {
  const { width, height } = content
  const titles = placeTitles(lines, find)
  const [first] = titles
  const lower = titles.filter(({ box }) => first && box.y - first.box.y > apart * height)
  if (!first || lower.length === 0) return null
  const boxes = boxesOf(content, lines)
  const tops = lower.map(({ box }) => topOfTitle(box, lines)).filter((top, at, all) => at === 0 || top - all[at - 1]! > apart * height)
  const cuts = tops.map((top) => Math.max(0, ...boxes.filter((box) => middleY(box) < top).map(bottom)) / 2 + top / 2)
  const edges = [0, ...cuts, height]
  const places = edges.slice(1).map((end, at) => ({ x: 0, y: edges[at]!, width, height: end - edges[at]! }))
  const isClear = cuts.every((cut) => boxes.every((box) => bottom(box) <= cut + 1 || box.y >= cut - 1))
  if (isClear && areSeveral(places.map((place) => tellPaper(place, lines)))) return { places, isSure: true }
  return lower.some(({ kind }) => kind !== first.kind) ? { places, isSure: false } : null
}

/** The office may stand in a row of its own above its title, as large and in the same middle. */
function topOfTitle(title: Rectangle, lines: readonly Line[]): number {
  const above = lines.find(
    ({ box, text }) =>
      middleY(box) < title.y &&
      title.y - bottom(box) < 0.8 * title.height &&
      Math.abs(middleX(box) - middleX(title)) < title.height &&
      box.height > 0.75 * title.height &&
      box.height < 1.35 * title.height &&
      text.endsWith('中心'),
  )
  return above?.box.y ?? title.y
}

interface Told {
  readonly kind: DocumentKind
  readonly isTitled: boolean
  /** How many lines there are. */
  readonly count: number
}

function tellPaper(place: Rectangle, all: readonly Line[]): Told {
  const lines = all.filter(({ box }) => contains(place, box)).map((line, index) => ({ ...line, index }))
  const { kind, scores } = tellKind(lines, openFinder(lines), place.y + place.height)
  return { kind, isTitled: scores.find((score) => score.kind === kind)?.titled ?? false, count: lines.length }
}

/** Each is a paper by itself; halves of one form have not two titles, and sides of cards are told elsewhere. */
function areSeveral(papers: readonly Told[]): boolean {
  if (papers.some(({ kind, isTitled }) => kind === 'unknown' || (isForm(kind) && !isTitled))) return false
  if (papers.every(({ kind }) => kind === 'identity-document')) return false
  return papers.every(
    ({ kind, isTitled }) => isTitled || kind === 'identity-document' || papers.filter((other) => other.kind === kind).length === 1,
  )
}

function boxesOf({ width, height, cells }: PageContent, lines: readonly Line[]): Rectangle[] {
  // A frame around all of the page parts nothing.
  const isFrame = (box: Rectangle): boolean => box.width > 0.9 * width && box.height > 0.9 * height
  return [...lines, ...cells].map(({ box }) => box).filter((box) => !isFrame(box))
}

type Stretch = readonly [from: number, to: number]

/** The middle of the widest stretch that nothing takes, within bounds. */
function widestGap(taken: readonly Stretch[], [begin, end]: Stretch, narrowest: number): number | null {
  let best: { readonly middle: number; readonly width: number } | null = null
  let reached = begin
  for (const [start, stop] of [...taken.toSorted((one, other) => one[0] - other[0]), [end, end] as const]) {
    const width = Math.min(start, end) - reached
    if (width > (best?.width ?? narrowest)) best = { middle: reached + width / 2, width }
    reached = Math.max(reached, stop)
    if (reached >= end) break
  }
  return best?.middle ?? null
}
