/**
 * One side of paper (or one screen) being drawn, in points (1/72 inch; pixels for a screen). The same calls paint pixels
 * and PDF pages. What is drawn as a value leaves a mark with its place, which becomes the truth.
 */
import type { SKRSContext2D } from '@napi-rs/canvas'
import { fontFor, type FaceName } from './faces.ts'
import type { Random } from './random.ts'

/** x, y, width, height in units of the sheet. */
export type Rect = readonly [x: number, y: number, width: number, height: number]

export interface SealMark {
  readonly rect: Rect
  readonly color: 'red' | 'gray'
  readonly shape: 'round' | 'oval'
  readonly text: string | null
  readonly role: 'company' | 'special' | 'other'
}

/** A field of a PDF form; a boolean is a check box. */
export interface Widget {
  readonly name: string
  readonly rect: Rect
  readonly value: string | boolean
  readonly size: number
}

export interface Pen {
  readonly face: FaceName
  readonly size: number
  readonly color?: string
  /** Extra blank between characters, in units of the sheet. */
  readonly spacing?: number
  /** Share of irregularity of a hand: 0 is print. */
  readonly wobble?: number
  /** Shear of a hand: 0.2 leans to the right. */
  readonly slant?: number
  /** Share of a hand's ink that comes and goes. */
  readonly pressure?: number
  /** How a hand writes that takes its time for nothing. */
  readonly haste?: Haste
}

export interface Haste {
  /** The face of its figures and Latin letters; null where the hand's own has them. */
  readonly figures: FaceName | null
  /** How far its strokes bend and its characters differ from one another, 0…1. */
  readonly sway: number
  /** By how much characters stand nearer to one another than their face has them, as a share of their size; figures do not. */
  readonly crowding: number
  /** Width that a broad nib adds to each stroke, as a share of the size. */
  readonly nib: number
}

/** The letters and figures of these faces are smaller, or larger, than the characters of a hand. */
const sizeOfFigures: Partial<Record<FaceName, number>> = {
  'hand-long': 1.5,
  'figures-plain': 0.95,
  'figures-round': 1.05,
  'figures-quick': 1.2,
  'figures-narrow': 1.05,
}

/** The face of a character of a hand, and its size as a share of the pen's. */
function faceOf(char: string, pen: Pen, haste: Haste): { readonly face: FaceName; readonly share: number } {
  const face = isLatin(char) && haste.figures !== null ? haste.figures : pen.face
  return { face, share: isLatin(char) ? (sizeOfFigures[face] ?? 1) : 1 }
}

const isLatin = (char: string): boolean => /[0-9A-Za-z]/u.test(char)

export class Sheet {
  readonly context: SKRSContext2D
  readonly width: number
  readonly height: number
  readonly random: Random
  readonly fields = new Map<string, Rect>()
  readonly seals: SealMark[] = []
  /** Fields that something lies on, so that nobody can read them. */
  readonly covered = new Set<string>()
  /** When set, values are not painted but become fields of a PDF form. */
  widgets: Widget[] | null = null

  constructor(context: SKRSContext2D, width: number, height: number, random: Random) {
    this.context = context
    this.width = width
    this.height = height
    this.random = random
    // Without it Noto's digits become Japanese alternates that no PDF reader can map back to digits.
    context.lang = 'zh-CN'
    context.fillStyle = '#000'
    context.strokeStyle = '#000'
    context.textBaseline = 'alphabetic'
  }

  measure(text: string, pen: Pen): number {
    if (pen.haste) return Array.from(text).reduce((sum, char) => sum + this.#advanceOf(char, pen, pen.haste!), 0)
    this.context.font = fontFor(pen.face, pen.size, text)
    return this.context.measureText(text).width + (pen.spacing ?? 0) * Array.from(text).length
  }

  /** Writes one line with its baseline at `y`; returns where the line ends. */
  text(text: string, x: number, y: number, pen: Pen, align: 'left' | 'center' | 'right' = 'left'): number {
    const width = this.measure(text, pen)
    const start = align === 'left' ? x : align === 'center' ? x - width / 2 : x - width
    const context = this.context
    context.fillStyle = pen.color ?? '#000'
    if (pen.wobble !== undefined && pen.wobble > 0) return this.#hand(text, start, y, pen, pen.wobble)
    if (pen.spacing === undefined || pen.spacing === 0) context.fillText(text, start, y)
    else {
      let at = start
      for (const char of text) {
        context.fillText(char, at, y)
        at += context.measureText(char).width + pen.spacing
      }
    }
    return start + width
  }

  #hand(text: string, x: number, y: number, pen: Pen, wobble: number): number {
    if (pen.haste) return this.#hastyHand(text, x, y, pen, pen.haste)
    const { context, random } = this
    let at = x
    let drift = 0
    const slope = random.bell() * 0.008 * wobble
    for (const char of text) {
      drift += random.bell() * pen.size * 0.012 * wobble
      // The letters and digits of that face are drawn much smaller than its characters: nobody writes so.
      const size = pen.size * (1 + random.bell() * 0.035 * wobble) * (pen.face === 'hand-long' && char < '\u0100' ? 1.5 : 1)
      context.font = fontFor(pen.face, size, char)
      const advance = context.measureText(char).width
      context.save()
      context.translate(at + advance / 2, y - pen.size * 0.35 + drift + (at - x) * slope)
      context.rotate(random.bell() * 0.035 * wobble)
      if (pen.slant !== undefined) context.transform(1, 0, -pen.slant, 1, 0, 0)
      if (pen.pressure !== undefined) context.globalAlpha = 1 - random.next() * pen.pressure
      context.fillText(char, -advance / 2, pen.size * 0.35)
      context.restore()
      at += advance + (pen.spacing ?? 0) + random.between(-0.03, 0.05) * pen.size * wobble
    }
    return at
  }

  /** Each character at a size, a lean and a turn of its own, on a line that rises or falls, its strokes bent. */
  #hastyHand(text: string, x: number, y: number, pen: Pen, haste: Haste): number {
    const { context, random } = this
    const { sway, crowding, nib } = haste
    const whole = pen.size * (1 + random.bell() * 0.07 * sway)
    const slope = random.bell() * 0.016 * sway
    let at = x
    let drift = 0
    for (const char of text) {
      drift = 0.7 * drift + random.bell() * whole * 0.035 * sway
      const { face, share } = faceOf(char, pen, haste)
      const size = whole * (1 + random.bell() * 0.07 * sway) * share
      context.font = fontFor(face, size, char)
      const wide = 1 + random.bell() * 0.06 * sway
      const advance = context.measureText(char).width * wide
      context.save()
      context.translate(at + advance / 2, y - whole * 0.35 + drift + (at - x) * slope)
      context.rotate(random.bell() * 0.06 * sway)
      context.transform(wide, 0, -(pen.slant ?? 0) + random.bell() * 0.05 * sway, 1, 0, 0)
      if (pen.pressure !== undefined) context.globalAlpha = 1 - random.next() * pen.pressure
      this.#bentGlyph(char, advance / wide, size, sway, nib * whole)
      context.restore()
      at += advance + (pen.spacing ?? 0) + (random.bell() * 0.04 * sway - (isLatin(char) ? 0 : crowding)) * whole
    }
    return at
  }

  /** How far the next character stands, but for chance. */
  #advanceOf(char: string, pen: Pen, haste: Haste): number {
    const { face, share } = faceOf(char, pen, haste)
    this.context.font = fontFor(face, pen.size * share, char)
    return this.context.measureText(char).width + (pen.spacing ?? 0) - (isLatin(char) ? 0 : haste.crowding * pen.size)
  }

  /** In bands that lie aside of one another by a wave. */
  #bentGlyph(char: string, width: number, size: number, sway: number, nib: number): void {
    const { context, random } = this
    const depth = random.bell() * 0.035 * sway * size
    const [phase, turns] = [random.between(0, 2 * Math.PI), random.between(0.6, 1.3)]
    const high = size / 16
    if (nib > 0) {
      context.strokeStyle = context.fillStyle
      context.lineWidth = nib
      context.lineJoin = 'round'
    }
    for (let top = -size; top < size; top += high) {
      context.save()
      context.beginPath()
      // A little over the next band, or a seam would show.
      context.rect(-2 * size, top, 4 * size, high * 1.08)
      context.clip()
      context.translate(depth * Math.sin(phase + (turns * Math.PI * top) / size), 0)
      context.fillText(char, -width / 2, size * 0.35)
      if (nib > 0) context.strokeText(char, -width / 2, size * 0.35)
      context.restore()
    }
  }

  /** Splits text into lines no wider than `width`. A line break in the text stays one. */
  wrap(text: string, width: number, pen: Pen): string[] {
    const lines: string[] = []
    for (const paragraph of text.split('\n')) {
      let line = ''
      for (const char of paragraph) {
        // Closing marks never start a line.
        if (line !== '' && this.measure(line + char, pen) > width && !'，。；、）)：'.includes(char)) {
          lines.push(line)
          line = char
        } else line += char
      }
      lines.push(line)
    }
    return lines
  }

  /**
   * Writes text into a rectangle: wrapped, made smaller down to 70 % when it does not fit, then let run over as a word
   * processor does. Returns what it covers.
   */
  fit(
    text: string,
    [x, y, width, height]: Rect,
    pen: Pen,
    options: { align?: 'left' | 'center' | 'right'; vertical?: 'top' | 'middle'; leading?: number; field?: string; padding?: number } = {},
  ): Rect {
    const { align = 'left', vertical = 'middle', leading = 1.3, padding = 4 } = options
    if (this.widgets !== null && options.field !== undefined) {
      this.widget(options.field, [x, y, width, height], text, pen.size)
      return [x, y, width, height]
    }
    const room = width - padding * 2
    let size = pen.size
    let lines = this.wrap(text, room, pen)
    while (
      size > pen.size * 0.7 &&
      (lines.length * size * leading > height - 2 || lines.some((line) => this.measure(line, { ...pen, size }) > room + 1))
    ) {
      size *= 0.94
      lines = this.wrap(text, room, { ...pen, size })
    }
    const drawn = { ...pen, size }
    const block = lines.length * size * leading
    const top = vertical === 'top' ? y + 3 : y + (height - block) / 2
    const anchor = align === 'left' ? x + padding : align === 'center' ? x + width / 2 : x + width - padding
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    lines.forEach((line, i) => {
      const end = this.text(line, anchor, top + size * leading * i + size * (0.88 + (leading - 1) / 2), drawn, align)
      left = Math.min(left, align === 'left' ? anchor : end - this.measure(line, drawn))
      right = Math.max(right, end)
    })
    const rect: Rect = [left, top, Math.max(right - left, 1), block]
    if (options.field !== undefined) this.mark(options.field, rect)
    return rect
  }

  /** Makes a field of the PDF form that holds `value`, and marks its place. */
  widget(field: string, [x, y, width, height]: Rect, value: string, size: number): void {
    this.widgets?.push({ name: field, rect: [x + 1, y + 1, width - 2, height - 2], value, size })
    this.mark(field, [x, y, width, height])
  }

  /** Remembers where a field stands; a second mark widens the first. */
  mark(field: string, [x, y, width, height]: Rect): void {
    const known = this.fields.get(field)
    if (known === undefined) this.fields.set(field, [x, y, width, height])
    else {
      const left = Math.min(known[0], x)
      const top = Math.min(known[1], y)
      this.fields.set(field, [left, top, Math.max(known[0] + known[2], x + width) - left, Math.max(known[1] + known[3], y + height) - top])
    }
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 0.7, color = '#000'): void {
    const { context } = this
    context.strokeStyle = color
    context.lineWidth = width
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
  }

  frame([x, y, width, height]: Rect, thickness = 0.7, color = '#000'): void {
    this.context.strokeStyle = color
    this.context.lineWidth = thickness
    this.context.strokeRect(x, y, width, height)
  }
}
