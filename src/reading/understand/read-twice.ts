/**
 * Reads a value a second time, by itself and at another scale: misreadings of blurred or crowded print differ from one look
 * to the next, so a value that is read twice alike is more than the recogniser's confidence in one look.
 */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { columnOverlap, rowOverlap } from './text/geometry.ts'
import { arrangeLines, textOf } from './text/letters.ts'
import type { ReadValue } from './values/value.ts'

/** The second look is wider by this share of a line's height on each side, so that every letter comes out smaller. */
const margin = 0.16
/** Letters less sure than this do not become certain by being read twice. */
const clear = 0.9
/** Each part costs a recognition of a strip, some 10 ms. */
const mostParts = 14

/** Values that a second look may make certain; codes have their check digits, ticks are no text. */
const types = new Set<FieldType>(['text', 'name', 'date', 'date-or-forever', 'phone', 'card-number', 'list', 'money', 'sex'])

/** Marks values that were read twice alike as `read-twice`; what is certain already needs no second look. */
export async function readTwice(paper: PaperInHand, isCertain: (field: string) => boolean): Promise<void> {
  let left = mostParts
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value?.parts || !types.has(type) || isCertain(name) || !isWorthIt(paper, value) || value.parts.length > left) continue
    left -= value.parts.length
    if (await agrees(paper, value.parts)) paper.values.set(name, { ...value, evidence: [...value.evidence, 'read-twice'] })
  }
}

function isWorthIt(paper: PaperInHand, value: ReadValue): boolean {
  if (value.value === null || value.source !== 'ocr' || !value.wellFormed || value.least < clear) return false
  if (value.parts!.length === 0 || value.evidence.some((one) => one === 'mended' || one === 'gap' || one === 'from-id-number')) return false
  return !paper.content.seals.some(({ box }) => rowOverlap(box, value.box!) > 0.1 && columnOverlap(box, value.box!) > 0.05)
}

async function agrees(paper: PaperInHand, parts: readonly { readonly box: Rectangle; readonly text: string }[]): Promise<boolean> {
  for (const { box, text } of parts) {
    const by = margin * box.height
    const line = await paper.tools.readAgain({ x: box.x - 2 * by, y: box.y - by, width: box.width + 4 * by, height: box.height + 2 * by })
    if (!line) return false
    const again = textOf(arrangeLines({ lines: [line] }).flatMap(({ letters }) => letters))
    if (essence(again) !== essence(text)) return false
  }
  return true
}

/** Points at the ends are often a rule or a colon of the label. */
const essence = (text: string): string => text.replace(/^[\s:;.,、。·_-]+|[\s:;.,、。·_-]+$/gu, '')
