/** What all copying devices share: the painted side, and what a copy tells of itself. */
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import type { Side } from './paper.ts'
import type { Random } from './random.ts'
import { Sheet } from './sheet.ts'
import { soilSheet } from './soil-sheet.ts'
import type { Point } from './warp.ts'

export type Quarter = 0 | 90 | 180 | 270

export interface PageCopy {
  readonly bytes: Buffer
  readonly extension: 'jpg' | 'png' | 'tif'
  /** Pixels of the upright picture. */
  readonly width: number
  readonly height: number
  /** Degrees clockwise that stand the stored picture upright (after its EXIF orientation is obeyed). */
  readonly rotation: Quarter
  readonly sheet: Sheet
  /** From units of the sheet to fractions of the upright picture. */
  readonly place: (point: Point) => Point
  readonly color: boolean
}

/** Fixes what chance decides otherwise. */
export interface CopySettings {
  /** JPEG quality, 1 to 100. */
  readonly quality?: number
  /** Deviation of the grain, in levels of 255. */
  readonly noise?: number
  /** Never turned by quarters. */
  readonly upright?: boolean
  /** Poor scanners and cameras, and what lies on the sheets. */
  readonly harsh?: boolean
  readonly heldBack?: boolean
}

/** Paints a side at `dpi` (a screen: pixel for pixel) under a small turn about its middle. */
export function paintSide(
  side: Side,
  random: Random,
  dpi: number,
  turn = 0,
  settings: CopySettings = {},
): { canvas: Canvas; sheet: Sheet; place: (point: Point) => Point } {
  const scale = side.screen ? 1 : dpi / 72
  const width = Math.round(side.width * scale)
  const height = Math.round(side.height * scale)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2)
  context.rotate(turn)
  context.scale(scale, scale)
  context.translate(-side.width / 2, -side.height / 2)
  const sheet = new Sheet(context, side.width, side.height, random)
  side.draw(sheet)
  if (settings.harsh === true && !side.screen) soilSheet(sheet, canvas)
  const cos = Math.cos(turn) * scale
  const sin = Math.sin(turn) * scale
  return {
    canvas,
    sheet,
    place: ([x, y]) => {
      const dx = x - side.width / 2
      const dy = y - side.height / 2
      return [(width / 2 + dx * cos - dy * sin) / width, (height / 2 + dx * sin + dy * cos) / height]
    },
  }
}

/** Quick noise: a table of normal deviates walked by a stride that never repeats in a page. */
export function noiseTable(random: Random, deviation: number): Int8Array {
  return Int8Array.from({ length: 65521 }, () => Math.max(-127, Math.min(127, Math.round(random.bell() * deviation))))
}

/** How a sheet comes out of a scanner: degrees clockwise that stand it upright. */
export function quarterFor(side: Side, random: Random): Quarter {
  // Scanners feed upright sheets: a landscape form mostly comes out lying on its side.
  if (side.width > side.height) return random.chance(0.45) ? 0 : random.pick([90, 270] as const)
  return random.chance(0.88) ? 0 : random.pick([180, 180, 90, 270] as const)
}
