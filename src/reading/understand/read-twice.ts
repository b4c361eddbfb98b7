/**
 * Reads a value a second time, by itself and at another scale: misreadings of blurred or crowded print differ from one look
 * to the next, so a value that is read twice alike is more than the recogniser's confidence in one look.
 */
import { documentFields, type DocumentKind, type FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { bottom, columnOverlap, contains, middleX, right, rowOverlap } from './text/geometry.ts'
import { arrangeLines, textOf } from './text/letters.ts'
import { lengthOfRegion } from './values/regions.ts'
import type { Part, ReadValue } from './values/value.ts'

/** The second look is wider by this share of a line's height on each side, so that every letter comes out smaller. */
const margin = 0.16
/** Letters less sure than this do not become certain by being read twice. */
const clear = 0.9
/** A letter of a division's name is hardly doubted. */
const plainly = 0.95
/** Each part costs a recognition of a strip, some 10 ms. */
const mostParts = 14

/** How far from its middle the strokes of a letter have theirs, in characters: the network's steps are a sixth of one. */
const wide = 0.6
const narrow = 0.36

/** Values that a second look may make certain; codes have their check digits, ticks are no text. */
const types = new Set<FieldType>(['text', 'name', 'date', 'date-or-forever', 'phone', 'card-number', 'list', 'money', 'sex'])

/** What no second look makes certain. */
const unworthy = new Set(['mended', 'gap', 'from-id-number', 'ink-beside', 'ink-below'])

/** The papers that people fill in; the others are printed throughout. */
const written = new Set<DocumentKind>(['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'])

/** Marks values that were read twice alike as `read-twice`; `needsLook` tells those that this alone makes certain. */
export async function readTwice(paper: PaperInHand, needsLook: (field: string) => boolean): Promise<void> {
  markStrayInk(paper)
  if (!isPrint(paper)) return
  let left = mostParts
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value?.parts || !types.has(type) || !needsLook(name) || !isWorthIt(paper, value) || value.parts.length > left) continue
    const doubtful = /address/iu.test(name) ? afterRegion(value) : value.parts
    left -= doubtful.length
    const isSealed = sealsOver(paper, value.box!).length > 0
    const isSame = (await agrees(paper, doubtful, false)) && (!isSealed || (await agrees(paper, doubtful, true)))
    if (isSame) paper.values.set(name, { ...value, evidence: [...value.evidence, 'read-twice', ...(isSealed ? ['through-seal'] : [])] })
  }
}

/**
 * A character that the recogniser does not know is passed over on every paper, and the rest read with full confidence: its ink
 * beside the letters keeps a value from being certain, whatever else speaks for it.
 */
function markStrayInk(paper: PaperInHand): void {
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value?.parts || !types.has(type) || type === 'sex' || value.source !== 'ocr' || typeof value.value === 'object') continue
    const isSealed = value.box !== null && sealsOver(paper, value.box).length > 0
    if (value.parts.some((part) => hasStrayInk(paper, part.box, isSealed)))
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'ink-beside'] })
  }
}

/**
 * Whether the values are printed: a hand writes the same unclear character each time, and it is misread the same way each time.
 * Half of all printed values are read with hardly any doubt (0.997 and more), of written ones less than half.
 */
function isPrint(paper: PaperInHand): boolean {
  if (!written.has(paper.form.kind)) return true
  const sureness = [...paper.values.values()]
    .filter((value) => value.source === 'ocr' && (value.parts?.length ?? 0) > 0 && value.value !== null)
    .map((value) => value.confidence)
    .toSorted((one, other) => one - other)
  return sureness.length >= 3 && sureness[sureness.length >> 1]! >= 0.9965 && sureness[sureness.length >> 2]! >= 0.98
}

function isWorthIt(paper: PaperInHand, value: ReadValue): boolean {
  if (value.value === null || value.source !== 'ocr' || !value.wellFormed || value.least < clear || value.confidence < 0.98) return false
  if (value.parts!.length === 0 || value.evidence.some((one) => unworthy.has(one))) return false
  // The ink of a red seal can be taken off: read with it and without it, print reads alike.
  return sealsOver(paper, value.box!).every(({ color }) => color === 'red')
}

const sealsOver = ({ content }: PaperInHand, box: Rectangle) =>
  content.seals.filter((seal) => rowOverlap(seal.box, box) > 0.1 && columnOverlap(seal.box, box) > 0.05)

/** A part of a value, or what is left of it right of a letter. */
type CutPart = Part & { readonly isCut?: true }

/** The parts of an address after the divisions that it begins with: no misreading makes of one of them another that lies there. */
function afterRegion({ value, parts }: ReadValue): readonly CutPart[] {
  const region = Array.from((value as string).slice(0, lengthOfRegion(value as string)))
  const letters = parts!.flatMap((part) => part.letters).slice(0, region.length)
  const isSure = letters.every(({ character, confidence }, at) => character === region[at] && confidence > plainly)
  if (!isSure) return parts!
  let known = region.length
  return parts!.flatMap((part): CutPart[] => {
    const left = part.letters.slice(known)
    const last = part.letters[known - 1]
    known = Math.max(0, known - part.letters.length)
    if (left.length === 0) return []
    if (!last) return [part]
    const x = (last.right + left[0]!.left) / 2
    return [{ box: { ...part.box, x, width: right(part.box) - x }, text: textOf(left), letters: left, isCut: true }]
  })
}

async function agrees(paper: PaperInHand, parts: readonly CutPart[], withSeals: boolean): Promise<boolean> {
  for (const { box, text, isCut } of parts) {
    const by = margin * box.height
    const before = isCut ? 0 : by
    const line = await paper.tools.readAgain(
      { x: box.x - before, y: box.y - by, width: box.width + before + 2 * by, height: box.height + 2 * by },
      { withSeals },
    )
    if (!line) return false
    const again = textOf(arrangeLines({ lines: [line] }).flatMap(({ letters }) => letters))
    if (essence(again) !== essence(text)) return false
  }
  return true
}

/** Ink beside or between the letters that no letter was read from: a character that the recogniser passed over, both times. */
function hasStrayInk(paper: PaperInHand, box: Rectangle, withoutSeals: boolean): boolean {
  const em = box.height / 1.25
  const letters = paper.lines
    .filter((line) => rowOverlap(line.box, box) > 0.3)
    .flatMap((line) =>
      line.letters.map(({ character, left, right, isCounted }) => {
        const reach = (/[0-9A-Za-z.,:-]/u.test(character) ? narrow : wide) * em
        const [from, to] = [(left + right) / 2 - reach, (left + right) / 2 + reach]
        // What has its own stroke reaches as far as that does.
        return isCounted ? ([Math.min(left, from), Math.max(right, to)] as const) : ([from, to] as const)
      }),
    )
  const around = { x: box.x - 1.3 * em, y: box.y, width: box.width + 2.6 * em, height: box.height }
  const strokes = paper.tools.strokesIn(around, { withoutSeals }).filter(({ height }) => height >= 0.35 * em && height <= 0.97 * box.height)
  // Boxes of small print are taller by more of their margins.
  const size = Math.min(em, 1.25 * Math.max(...strokes.map(({ height }) => height)))
  const strays = strokes.filter((stroke) => {
    if (isOfLabel(paper, stroke, em)) return false
    const isRead = letters.some(([left, end]) => middleX(stroke) > left && middleX(stroke) < end)
    return isRead ? reachesBeyond(stroke, letters, size) : stroke.width <= 2 * em
  })
  if (strays.length === 0) return false
  // Seen in a higher window, a portrait, a frame or a ring goes on above or below the line; a character does not.
  const higher = { ...around, y: box.y - 0.8 * em, height: box.height + 1.6 * em }
  const beyond = paper.tools
    .strokesIn(higher, { withoutSeals })
    .filter((stroke) => stroke.y < box.y - 0.3 * em || bottom(stroke) > bottom(box) + 0.3 * em)
  return strays.some((stroke) => !beyond.some((whole) => contains(whole, stroke)))
}

/** The blur of a small copy joins a character to its neighbour: the two reach beyond what was read by more than half a character. */
function reachesBeyond(stroke: Rectangle, letters: readonly (readonly [left: number, end: number])[], size: number): boolean {
  if (stroke.width > 3.2 * size || stroke.width < 1.3 * size || stroke.height < 0.6 * size) return false
  const touched = letters.map(([left, end]) => (left + end) / 2).filter((middle) => middle > stroke.x && middle < right(stroke))
  const before = Math.min(...touched) - wide * size - stroke.x
  const after = right(stroke) - (Math.max(...touched) + wide * size)
  return touched.length > 0 && Math.max(before, after) > 0.5 * size
}

/** The recogniser places the last character of a label up to half a character off. */
const isOfLabel = ({ hits }: PaperInHand, stroke: Rectangle, em: number): boolean =>
  hits.some((hit) =>
    hit.parts.some(
      (part) => rowOverlap(part, stroke) > 0.4 && middleX(stroke) > part.x - 0.3 * em && middleX(stroke) < right(part) + 0.25 * em,
    ),
  )

/** Points at the ends are often a rule, or a colon with the last stroke of the label. */
const essence = (text: string): string => text.replace(/^.?:|^[\s:;.,、。·_-]+|[\s:;.,、。·_-]+$/gu, '')
