/** The characters that a PDF names itself, with their places. */
import type { Rectangle } from '../page.ts'
import { type Pdfium, readFloats, readRectangle, withMemory } from './open-pdfium.ts'
import type { PagePlacing } from './place-on-page.ts'

export interface LayerCharacter {
  readonly character: string
  readonly box: Rectangle
  /** Clockwise turn of its text on the picture, in degrees: 0 stands upright. */
  readonly turn: number
  /** The file tells where its words end. */
  readonly isBlank: boolean
}

/** Stands for a character whose font does not tell what it is. */
export const unnamed = '\ufffd'
/** Text of this rendering mode is never painted (ISO 32000-1, 9.3.6): the hidden layer that scanning programs lay over a picture. */
export const invisible = 3
/** A page of print has some 3,000 characters. */
const mostCharacters = 20_000

/**
 * Visible characters only. Empty when the layer cannot be trusted by itself: fonts whose codes stand for no character.
 * Whether it agrees with what is seen is for its user to try.
 */
export function readTextLayer(pdfium: Pdfium, page: number, placing: PagePlacing): LayerCharacter[] {
  const text = pdfium._FPDFText_LoadPage(page)
  if (text === 0) return []
  try {
    const count = Math.min(pdfium._FPDFText_CountChars(text), mostCharacters)
    const characters: LayerCharacter[] = []
    let unmapped = 0
    let total = 0
    for (let index = 0; index < count; index++) {
      const code = pdfium._FPDFText_GetUnicode(text, index)
      const isBlank = code === 0x20 || code === 0x3000 || code === 0xa0
      if (pdfium._FPDFText_IsGenerated(text, index) || (code > 0 && code < 0x20)) continue
      const object = pdfium._FPDFText_GetTextObject(text, index)
      if (object === 0 || pdfium._FPDFTextObj_GetTextRenderMode(object) === invisible) continue
      total++
      const isNamed = !isUnmapped(code) && pdfium._FPDFText_HasUnicodeMapError(text, index) !== 1
      if (!isNamed) unmapped++
      // The loose box spans the font's height and the advance: neighbours touch, as glyphs of a recogniser do.
      const character = isNamed ? String.fromCodePoint(code) : unnamed
      const rectangle = looseBox(pdfium, text, index, object, character)
      if (!rectangle) continue
      const [left, top, right, bottom] = rectangle
      const box = placing.box(left, top, right, bottom)
      if (box.width <= 0 || box.height <= 0) continue
      characters.push({
        character,
        box,
        turn: turnOf(pdfium._FPDFText_GetCharAngle(text, index), placing),
        isBlank,
      })
    }
    return unmapped > total / 20 ? [] : characters
  } finally {
    pdfium._FPDFText_ClosePage(text)
  }
}

/** In characters: a character begins no farther off than this. */
const astray = 0.4

/**
 * In page space. PDFium gives a character that the file spells (`ActualText`, as browsers print 厂 and 金, whose glyphs stand for radicals
 * too) the bounds of its text object, without the page's own transformation; the matrix tells where the object is painted.
 */
function looseBox(
  pdfium: Pdfium,
  text: number,
  index: number,
  object: number,
  character: string,
): readonly [number, number, number, number] | undefined {
  const box = readRectangle(pdfium, (pointer) => pdfium._FPDFText_GetLooseCharBox(text, index, pointer))
  const matrix = box && readFloats(pdfium, 6, (pointer) => pdfium._FPDFText_GetMatrix(text, index, pointer))
  if (!matrix) return box
  const [left, top, , bottom] = box
  // A spelled character whose code has no width of its own.
  const right = box[2] <= left && /[\p{L}\p{N}\ufffd]/u.test(character) ? left + (top - bottom) : box[2]
  const [x, y] = [matrix[4]!, matrix[5]!]
  const reach = astray * Math.max(right - left, top - bottom)
  // Level text begins at its left side.
  const end = matrix[0]! > 0 && Math.abs(matrix[1]!) < 0.01 * matrix[0]! ? left : right
  const dx = x < left - reach || x > end + reach ? x - left : 0
  const dy = y < bottom - reach || y > top + reach ? y - bottom : 0
  if ((dx === 0 && dy === 0) || !isOfObject(pdfium, text, index, object)) return [left, top, right, bottom]
  return [left + dx, top + dy, right + dx, bottom + dy]
}

/** Whether its box is that of its whole text object. */
function isOfObject(pdfium: Pdfium, text: number, index: number, object: number): boolean {
  const bounds = readFloats(pdfium, 4, (at) => pdfium._FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12))
  if (!bounds) return false
  const [left, bottom, right, top] = bounds
  const own = withMemory(pdfium, 32, (at) => {
    if (!pdfium._FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24)) return undefined
    return new Float64Array(pdfium.HEAPU8.slice(at, at + 32).buffer)
  })
  return own !== undefined && [left, right, bottom, top].every((side, at) => Math.abs(side! - own[at]!) < 0.01)
}

/** Private use areas, the replacement character and unassigned halves: codes that no reader can name. */
function isUnmapped(code: number): boolean {
  return code === 0 || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) || (code >= 0xd800 && code <= 0xdfff) || code >= 0xf0000
}

/** PDFium tells the angle in page space (radians); the picture may be turned against it. */
function turnOf(angle: number, placing: PagePlacing): number {
  const [ax, ay] = placing.point(0, 0)
  const [bx, by] = placing.point(Math.cos(angle) * 100, -Math.sin(angle) * 100)
  return (Math.atan2(by - ay, bx - ax) * 180) / Math.PI
}
