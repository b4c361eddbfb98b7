/** What is known of one upright page. Geometry here is in pixels of the upright page; fractions come only at the end. */
import type { Box, FieldValue, Seal } from '../flow.ts'
import type { DocumentKind } from '../guide/papers.ts'

/** Pixels: RGB, 8 bits each, row by row from the top left. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Left, top, width, height in pixels. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One recognised character and where it stands along its line. */
export interface Glyph {
  readonly character: string
  readonly confidence: number
  /** Left and right edge in pixels of the page. */
  readonly left: number
  readonly right: number
  /** What else the recogniser thought it might be, most likely first: for decoding against a check digit. */
  readonly alternatives?: readonly { readonly character: string; readonly confidence: number }[]
}

/** What the recogniser thought of one place along a line. */
export interface LatticeStep {
  /** Along the strip, in its own unit. */
  readonly at: number
  /** What may be there and its cost (−ln of its probability); the empty string, which says nothing is there, comes first. */
  readonly costs: readonly (readonly [character: string, cost: number])[]
}

/** From left to right; stretches where plainly nothing is are one step. */
export type Lattice = readonly LatticeStep[]

/** One run of text as it stands on the page. */
export interface TextLine {
  readonly text: string
  /** Mean over the glyphs; no safety signal by itself. */
  readonly confidence: number
  readonly box: Rectangle
  readonly glyphs: readonly Glyph[]
  readonly source: 'ocr' | 'text-layer'
  /** What stands beside it is of another line, however near. */
  readonly isApart?: true
}

/** A cell of a ruled table, between its lines. */
export interface Cell {
  readonly box: Rectangle
}

/** A printed check box (□) and whether a tick, cross, fill or √ stands in it or over it. */
export interface CheckBox {
  readonly box: Rectangle
  readonly checked: boolean
  /** 0…1: how sure the answer is. */
  readonly confidence: number
  /** Nothing stands in it: it was told by the ink that hangs out of it, which may be a letter that touches it. */
  readonly isEmptyInside?: true
  /** More of what hangs together with it lies left of it than in it. */
  readonly isBefore?: true
}

/** What is remembered of a seal beside what is told of it: other papers may settle what it says. */
interface SealTraces {
  /** What each look at its arc saw; angles along the arc. */
  readonly looks?: readonly Lattice[] | undefined
  /** Of a seal without colour, how its arc looks: another impression of the same seal may be legible. */
  readonly print?: string | undefined
}

/** What is remembered of a value that a hand wrote: other papers, and the same hand elsewhere, may tell what it says. */
export interface WrittenValue {
  /** What each look at it thought of its characters. */
  readonly looks: readonly Lattice[]
  /** How long it is, in heights of its ink. */
  readonly length?: number | undefined
  /** It was typed or printed. */
  readonly isPrint?: true | undefined
  /** How its figures look, from left to right, and which letter of the first look each is; −1 for none of them. */
  readonly figures?: readonly { readonly picture: string; readonly letter: number }[] | undefined
}

/** One figure of a number. */
export interface FigurePiece {
  /** The middle, in pixels of the page. */
  readonly x: number
  /** 16 × 16 levels of 16, two to a byte, as base64. */
  readonly picture: string
}

/** A seal found on the page, arc text read where it could be. */
export interface FoundSeal extends Omit<Seal, 'page' | 'box'>, SealTraces {
  readonly box: Rectangle
}

/** The same with its box as fractions of the page. */
export type SealOnPage = Omit<Seal, 'page'> & SealTraces

export interface FoundBarcode {
  readonly format: string
  readonly text: string
  readonly box: Rectangle
  /** The symbol's own corners: upper left, upper right, lower right, lower left. */
  readonly corners: readonly (readonly [x: number, y: number])[]
}

/** A filled-in field of a PDF form. */
export interface FormValue {
  readonly name: string
  readonly value: string | boolean
  readonly box: Rectangle
}

/** Everything that the pixels and the file say, before any of it is understood. */
export interface PageContent {
  readonly width: number
  readonly height: number
  readonly lines: readonly TextLine[]
  /** Runs of text from which nothing could be read: upside down, or no text at all. */
  readonly unread: readonly Rectangle[]
  readonly cells: readonly Cell[]
  readonly checkBoxes: readonly CheckBox[]
  readonly seals: readonly FoundSeal[]
  readonly barcodes: readonly FoundBarcode[]
  readonly formValues: readonly FormValue[]
  /** Where the sheets lie that were photographed together; each is understood by itself. */
  readonly sheets?: readonly Rectangle[] | undefined
}

/** Where everything lies that was seen on a page, for whoever wants to look at how it was read; boxes are fractions of the upright page. */
export interface PageSight {
  readonly lines: readonly Box[]
  readonly cells: readonly Box[]
  readonly checkBoxes: readonly (Omit<CheckBox, 'box'> & { readonly box: Box })[]
  readonly barcodes: readonly (Omit<FoundBarcode, 'box' | 'corners'> & { readonly box: Box })[]
}

export interface StrokesWanted {
  /** 0…1: leaves out what is lighter than that share of the way from the paper to its darkest ink; 0 when not said. */
  readonly depth?: number
  /** The ink of red seals, and red print beside them, is no stroke. */
  readonly withoutSeals?: boolean
}

export interface SecondLook {
  /** Of a row of boxes with a figure in each, the frames are painted over; null when there is no such row. */
  readonly withoutBars?: true
  /** A hand's figures are set upright and moved apart, each with its own ink. */
  readonly spread?: true
  /** Drawn out sideways by this factor; 1 when not said. */
  readonly stretch?: number
  /** By the second recogniser: the network as it is published, before it was trained further. */
  readonly bySecond?: true
  /** As it stands on the page, the ink of red seals not taken off. */
  readonly withSeals?: boolean
}

/** A part of a page stood upright by itself and read anew, in pixels of its own. */
export interface CloserLook {
  readonly content: PageContent
  readonly tools: PageTools
  /** From a rectangle of it to the one around the same place on the page. */
  toPage(box: Rectangle): Rectangle
}

/** What the understanding of a page may still ask of the picture. */
export interface PageTools {
  /** Recognises one text line (or the lines, joined by `\n`, top to bottom) inside a rectangle. */
  recognise(box: Rectangle): Promise<TextLine[]>
  /** The boxes of the connected strokes of ink inside a rectangle, frames and rules included: none is a blank. */
  strokesIn(box: Rectangle, how?: StrokesWanted): Rectangle[]
  /** Whether what stands in a rectangle is red, as seals are: nothing tells it from their ink. Not had where a part of a page is looked at. */
  isRed?(box: Rectangle): boolean
  /** Empty boxes that are smaller than those of the page's content, or marked ones of another size. Not had where a part of a page is looked at. */
  boxesOfSize?(size: 'small' | 'other'): readonly CheckBox[]
  /** Reads a rectangle that is one line of text as it stands, at another scale than the first reading; null when nothing is there. */
  readAgain(box: Rectangle, how?: SecondLook): Promise<TextLine | null>
  /** The figures of each number that one hand wrote, inside its rectangle, however they lean. */
  figuresIn(boxes: readonly Rectangle[]): FigurePiece[][]
  /** What the recogniser thought along a rectangle that is one line of text, in pixels of the page. */
  latticeOf(box: Rectangle, how?: Pick<SecondLook, 'withSeals'>): Promise<Lattice>
  /**
   * What the seals of the page spell by themselves, asked for no name; that of the enterprise is given, for it tells how an arc is
   * best looked at. Not had where a part of a page is looked at.
   */
  sealsSay?(name: string): Promise<readonly string[]>
  /** Cuts out a part, a card say, however it lies, and reads it larger than the page was read; null when nothing is there. */
  lookCloser(box: Rectangle): Promise<CloserLook | null>
}

/**
 * One paper found on one page. A page may carry several (front and back of a card side by side is one; two cards of two
 * people are two); a paper of several pages is joined later.
 */
export interface PaperOnPage {
  readonly kind: DocumentKind
  readonly confidence: number
  readonly fields: Readonly<Record<string, Omit<FieldValue, 'page'>>>
  readonly seals: readonly SealOnPage[]
  /** Tells apart pages that belong together: `front`, `back` or `both` sides of an identity card, `continued` sheets of a form. */
  readonly part?: 'front' | 'back' | 'both' | 'continued'
  /** Of a page that is none of the kinds by itself: what it says if it goes on from the form before it, for each form that it may be of. */
  readonly continues?: readonly { readonly kind: DocumentKind; readonly fields: PaperOnPage['fields'] }[]
  /** Another form that a code on the page belongs to. */
  readonly strangeCode?: DocumentKind
  /** The place of the branch (分中心) that the form's title names, or that it is addressed to. */
  readonly branch?: string
  /** The lines beside a copy that say whose it is. */
  readonly captions?: readonly string[]
  /** More papers lie on its page, which could not be told from it. */
  readonly isBesideOthers?: true
  /** What is remembered of the values that a hand filled in, by field. */
  readonly writing?: Readonly<Record<string, WrittenValue>> | undefined
}

/** The recognition engine port: PP-OCRv4 on onnxruntime in each worker; another engine may stand beside it. */
export interface Engine {
  /** Every text line of the raster, in reading order. */
  readLines(raster: Raster): Promise<TextLine[]>
  /** The lines inside a rectangle that is known to hold text. */
  readInside(raster: Raster, box: Rectangle): Promise<TextLine[]>
  /** One line already cut out and straight (an unwrapped seal ring, say): its text and lattice; boxes are those of the strip. */
  readStrip(strip: Raster): Promise<TextLine & { readonly lattice: Lattice }>
  close(): Promise<void>
}
