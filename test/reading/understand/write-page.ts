/** Lays out a page as it would be found: lines of text with letters in their places, cells, check boxes. */
import type { Cell, CheckBox, FormValue, FoundSeal, Glyph, PageContent, PageTools, Rectangle, TextLine } from '../../../src/reading/page.ts'

export interface LineOptions {
  readonly size?: number
  readonly source?: TextLine['source']
  readonly confidence?: number
  /** What else the recogniser thought, by position in the text. */
  readonly doubts?: Readonly<Record<number, readonly (readonly [string, number])[]>>
}

export class WrittenPage implements PageContent {
  readonly width: number
  readonly height: number
  readonly lines: TextLine[] = []
  readonly unread: Rectangle[] = []
  readonly cells: Cell[] = []
  readonly checkBoxes: CheckBox[] = []
  readonly seals: FoundSeal[] = []
  readonly barcodes = []
  readonly formValues: FormValue[] = []

  constructor(width = 1240, height = 1754) {
    this.width = width
    this.height = height
  }

  /** A line whose letters are `size` wide (half for Latin); a blank leaves its room and no letter. */
  line(x: number, y: number, text: string, options: LineOptions = {}): this {
    const size = options.size ?? 24
    const glyphs: Glyph[] = []
    let left = x
    for (const [at, character] of Array.from(text).entries()) {
      const wide = /[\u2e80-\uffef□☑■√]/u.test(character) ? size : size / 2
      const alternatives = options.doubts?.[at]?.map(([other, confidence]) => ({ character: other, confidence }))
      if (character !== ' ') {
        glyphs.push({
          character,
          confidence: alternatives ? 0.55 : (options.confidence ?? 0.98),
          left,
          right: left + wide,
          ...(alternatives ? { alternatives } : {}),
        })
      }
      left += wide
    }
    this.lines.push({
      text,
      confidence: options.confidence ?? 0.98,
      box: { x, y, width: left - x, height: size },
      glyphs,
      source: options.source ?? 'ocr',
    })
    return this
  }

  /** A row of cells of these widths; each text stands at the cell's left, its lines parted by `\n`. */
  row(x: number, y: number, height: number, cells: readonly (readonly [width: number, text: string])[], options: LineOptions = {}): this {
    const size = options.size ?? 24
    let left = x
    for (const [width, text] of cells) {
      this.cells.push({ box: { x: left, y, width, height } })
      const lines = text.split('\n').filter((line) => line !== '')
      const top = y + (height - lines.length * size * 1.3) / 2
      for (const [at, line] of lines.entries()) this.line(left + 10, top + at * size * 1.3, line, options)
      left += width
    }
    return this
  }

  box(x: number, y: number, checked: boolean, confidence = 0.97): this {
    this.checkBoxes.push({ box: { x, y, width: 22, height: 22 }, checked, confidence })
    return this
  }
}

/** Tools that find nothing more on the picture. */
export const blindTools: PageTools = {
  recognise: (_box: Rectangle) => Promise.resolve([]),
  strokesIn: (box: Rectangle) => [box],
  readAgain: (_box: Rectangle) => Promise.resolve(null),
  figuresIn: (boxes) => boxes.map(() => []),
  latticeOf: (_box: Rectangle) => Promise.resolve([]),
  lookCloser: (_box: Rectangle) => Promise.resolve(null),
}

export const valuesOf = (
  paper: { readonly fields: Readonly<Record<string, { readonly value: unknown }>> } | undefined,
): Record<string, unknown> => Object.fromEntries(Object.entries(paper?.fields ?? {}).map(([name, field]) => [name, field.value]))
