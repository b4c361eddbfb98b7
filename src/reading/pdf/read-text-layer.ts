/** The characters that a PDF names itself, with their places. */
import type { Rectangle } from '../page.ts'
import { type Pdfium, readRectangle } from './open-pdfium.ts'
import type { PagePlacing } from './place-on-page.ts'

export interface LayerCharacter {
  readonly character: string
  readonly box: Rectangle
  /** Clockwise turn of its text on the picture, in degrees: 0 stands upright. */
  readonly turn: number
  /** The file tells where its words end. */
  readonly isBlank: boolean
}

/** Text of this rendering mode is never painted (ISO 32000-1, 9.3.6): the hidden layer that scanning programs lay over a picture. */
const invisible = 3
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
      if (pdfium._FPDFText_IsGenerated(text, index) || code < 0x20) continue
      const object = pdfium._FPDFText_GetTextObject(text, index)
      if (object === 0 || pdfium._FPDFTextObj_GetTextRenderMode(object) === invisible) continue
      total++
      if (isUnmapped(code) || pdfium._FPDFText_HasUnicodeMapError(text, index) === 1) {
        unmapped++
        continue
      }
      // The loose box spans the font's height and the advance: neighbours touch, as glyphs of a recogniser do.
      const rectangle = readRectangle(pdfium, (pointer) => pdfium._FPDFText_GetLooseCharBox(text, index, pointer))
      if (!rectangle) continue
      const [left, top, right, bottom] = rectangle
      const box = placing.box(left, top, right, bottom)
      if (box.width <= 0 || box.height <= 0) continue
      characters.push({
        character: String.fromCodePoint(code),
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

/** Private use areas, the replacement character and unassigned halves: codes that no reader can name. */
function isUnmapped(code: number): boolean {
  return code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) || (code >= 0xd800 && code <= 0xdfff) || code >= 0xf0000
}

/** PDFium tells the angle in page space (radians); the picture may be turned against it. */
function turnOf(angle: number, placing: PagePlacing): number {
  const [ax, ay] = placing.point(0, 0)
  const [bx, by] = placing.point(Math.cos(angle) * 100, -Math.sin(angle) * 100)
  return (Math.atan2(by - ay, bx - ax) * 180) / Math.PI
}
