/**
 * Reads a value a second time, by itself and at another scale: misreadings of blurred or crowded print differ from one look
 * to the next, so a value that is read twice alike is more than the recogniser's confidence in one look.
 */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Rectangle, SecondLook } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { columnOverlap, right, rowOverlap, widen } from './text/geometry.ts'
import { arrangeLines, textOf, type Letter } from './text/letters.ts'
import { lookForStrayInk } from './find-stray-ink.ts'
import { mendPassedOver } from './mend-passed-over.ts'
import { placeLook } from './place-look.ts'
import { isPrint } from './tell-print.ts'
import { lengthOfRegion } from './values/regions.ts'
import type { Part, ReadValue } from './values/value.ts'
import { isComplete, isFull } from './weigh-evidence.ts'

/** A letter less sure than this is looked at a third time. */
const clear = 0.9
/** A letter that was hardly read at first must be sure each time after. */
const faint = 0.5
/** What a third look is drawn out sideways by: the network's steps fall elsewhere. */
const stretch = 1.25
/** And what lost one of two figures alike is drawn out by, as where figures are placed. */
const apart = 1.5
/** A letter of a division's name is hardly doubted. */
const plainly = 0.95
/** Each part costs a recognition of a strip, some 10 ms. */
const mostParts = 14

/** Values that a second look may make certain; codes have their check digits, ticks are no text. */
const types = new Set<FieldType>(['text', 'name', 'date', 'date-or-forever', 'phone', 'card-number', 'list', 'money', 'sex'])

/** What no second look makes certain. */
const unworthy = new Set(['mended', 'gap', 'from-id-number', 'from-total', 'ink-beside', 'ink-below', 'cut-short'])

/**
 * Marks values that were read twice alike as `read-twice`; `needsLook` tells those that this alone makes certain. Where a letter
 * was not sure at first, a third look must say the same, and the letter counts as sure as in the surest of them.
 */
export async function readTwice(paper: PaperInHand, needsLook: (field: string) => boolean): Promise<void> {
  await markStrayInk(paper)
  if (!isPrint(paper)) return
  let left = mostParts
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value?.parts || !types.has(type) || !needsLook(name) || !isWorthIt(paper, value, name, type)) continue
    const isSure = value.least >= clear && value.confidence >= 0.98
    if (!isSure && type === 'name') {
      left -= value.parts.length
      if (left >= 0) paper.values.set(name, await lookCloserAtName(paper, value))
      continue
    }
    const doubtful = /address/iu.test(name) ? afterRegion(value) : value.parts
    const isSealed = sealsOver(paper, value.box!).length > 0
    const looks: SecondLook[] = [{}, ...(isSealed ? [{ withSeals: true }] : []), ...(isSure ? [] : [{ stretch }])]
    if (looks.length * doubtful.length > left) continue
    const read: (readonly Letter[])[] = []
    for (const how of looks) {
      left -= doubtful.length
      const again = await readAlike(paper, doubtful, how, type)
      if (!again) break
      read.push(again)
    }
    if (read.length < looks.length) continue
    const least = isSure
      ? value.least
      : surestOf(
          doubtful.flatMap(({ letters }) => letters),
          read,
        )
    paper.values.set(name, { ...value, least, evidence: [...value.evidence, 'read-twice', ...(isSealed ? ['through-seal'] : [])] })
  }
}

/**
 * Names are made of rare characters: one that the recogniser does not know is the same other one to it each time, so that no look makes
 * them certain by itself. But how plainly one was read is told by a look that is fitted to its ink: of 11 names of photographs that were
 * rightly read with doubt 6 are sure there, of 5 misread ones none. Other papers may vouch for what was read plainly.
 */
async function lookCloserAtName(paper: PaperInHand, value: ReadValue): Promise<ReadValue> {
  const again = await readAlike(paper, value.parts!, {}, 'name', 1)
  if (!again || Math.min(...again.map(({ confidence }) => confidence)) < clear) return value
  return {
    ...value,
    least: surestOf(
      value.parts!.flatMap(({ letters }) => letters),
      [again],
    ),
  }
}

/** How sure the least sure letter is in the surest of all looks at it. */
function surestOf(first: readonly Letter[], looks: readonly (readonly Letter[])[]): number {
  return Math.min(
    1,
    ...first.map(({ confidence }, at) => {
      const again = looks.map((letters) => (letters.length === first.length ? letters[at]!.confidence : 0))
      return confidence < faint ? Math.min(...again) : Math.max(confidence, ...again)
    }),
  )
}

/**
 * A character that the recogniser does not know is passed over on every paper, and the rest read with full confidence: its ink
 * beside the letters keeps a value from being certain, whatever else speaks for it. One between them may be told after all.
 */
async function markStrayInk(paper: PaperInHand): Promise<void> {
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value?.parts || !types.has(type) || type === 'sex' || value.source !== 'ocr' || typeof value.value === 'object') continue
    if (isUnderlined(paper, value.parts.at(-1))) {
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'odd-character'] })
      continue
    }
    // The ring of a seal that ends a value may touch a character of it, and is one piece with it.
    const isSealed = value.parts.some(({ box }) => sealsOver(paper, widen(box, 1.3 * box.height)).length > 0)
    const looks = value.parts.map((part) => ({ part, ...lookForStrayInk(paper, part, isSealed) }))
    if (!looks.some(({ isStray }) => isStray)) continue
    const lacking = looks.flatMap(({ part, passedOver }) => (passedOver ? [{ part, passedOver }] : []))
    const [one, ...others] = lacking
    const mended = one && others.length === 0 ? await mendPassedOver(paper.tools, value, one.part, one.passedOver) : null
    const spoilt = [...value.evidence, 'ink-beside', ...(lacking.length > 0 ? ['passed-over'] : [])]
    paper.values.set(name, mended ?? { ...value, evidence: spoilt })
  }
}

/** 之一 upon a line to write on reads as 之二, alike at every look and on every paper: whether a line runs on below a last 二 or 三. */
function isUnderlined({ tools }: PaperInHand, part: Part | undefined): boolean {
  const last = part?.letters.at(-1)
  if (!part || !last || !/[二三]/u.test(last.character)) return false
  const { y, height } = part.box
  const room = { x: last.left - height, y: y + 0.5 * height, width: last.right - last.left + height, height: 0.8 * height }
  const strokes = tools.strokesIn(room, { depth: 0.3, withoutSeals: true })
  return strokes.some((stroke) => stroke.x < room.x + 0.1 * height && right(stroke) > (last.left + last.right) / 2)
}

function isWorthIt(paper: PaperInHand, value: ReadValue, field: string, type: FieldType): boolean {
  if (value.value === null || value.source !== 'ocr' || !value.wellFormed) return false
  // What has no room for one more character lacks none between the others, and ink beside it is another's.
  const isNothing = (one: string): boolean =>
    (one === 'gap' && isComplete(type, value)) || (one === 'ink-beside' && isFull(field, type, value))
  if (value.parts!.length === 0 || value.evidence.some((one) => unworthy.has(one) && !isNothing(one))) return false
  // The ink of a red seal can be taken off: read with it and without it, print reads alike.
  return sealsOver(paper, value.box!).every(({ color }) => color === 'red')
}

export const sealsOver = ({ content }: PaperInHand, box: Rectangle) =>
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

const fullDates = /^(?:(?:19|20|21)\d{6})+$/u

/** The letters of all parts as this look sees them; null where it says anything else. */
async function readAlike(
  paper: PaperInHand,
  parts: readonly CutPart[],
  how: SecondLook,
  type: FieldType,
  most?: number,
): Promise<Letter[] | null> {
  // Of a date the figures tell all; its points are misread for commas, and where none of its figures is left out its 日 may be too.
  const said = (text: string): string =>
    type === 'date' && fullDates.test(text.replace(/\D/gu, ''))
      ? text.replace(/\D/gu, '')
      : type === 'date' || type === 'date-or-forever'
        ? text.replace(/[.,:;·、-]/gu, '')
        : essence(text)
  const letters: Letter[] = []
  for (const { box, text, isCut } of parts) {
    const look = async (more: SecondLook): Promise<Letter[]> => {
      const line = await paper.tools.readAgain(placeLook(paper.tools, box, { isCut, most }), { ...how, ...more })
      return line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
    }
    let again = await look({})
    // Of two figures alike the recogniser loses one where they lie close on its steps: drawn out they lie further apart.
    const losesTwin = said(textOf(again)) !== said(text) && withoutTwins(said(textOf(again))) === withoutTwins(said(text))
    if (losesTwin && how.stretch === undefined) again = await look({ stretch: apart })
    if (again.length === 0 || said(textOf(again)) !== said(text)) return null
    letters.push(...again)
  }
  return letters
}

const withoutTwins = (text: string): string => text.replace(/(\d)\1+/gu, '$1')

/** Points at the ends are often a rule, or a colon with the last stroke of the label. */
const essence = (text: string): string => text.replace(/^.?:|^[\s:;.,、。·_-]+|[\s:;.,、。·_-]+$/gu, '')
