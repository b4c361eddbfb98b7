/** From the space of a PDF page (points, upwards, perhaps turned and cropped) to the pixels of its picture. */
import type { Rectangle } from '../page.ts'
import { type Pdfium, withMemory } from './open-pdfium.ts'

export interface PagePlacing {
  readonly width: number
  readonly height: number
  point(x: number, y: number): readonly [x: number, y: number]
  /** The upright rectangle around two opposite corners. */
  box(left: number, top: number, right: number, bottom: number): Rectangle
}

/** FPDF_PageToDevice answers in whole pixels: asking for a picture so many times larger keeps the fractions. */
const fineness = 64

/** The placing is affine: three points of the page tell it. */
export function placeOnPage(pdfium: Pdfium, page: number, size: { readonly width: number; readonly height: number }): PagePlacing {
  const { width, height } = size
  const ask = (pageX: number, pageY: number) =>
    withMemory(pdfium, 8, (pointer) => {
      pdfium._FPDF_PageToDevice(page, 0, 0, width * fineness, height * fineness, 0, pageX, pageY, pointer, pointer + 4)
      const view = new DataView(pdfium.HEAPU8.buffer, pointer, 8)
      return [view.getInt32(0, true) / fineness, view.getInt32(4, true) / fineness] as const
    })
  const span = 1000
  const origin = ask(0, 0)
  const right = ask(span, 0)
  const up = ask(0, span)
  const point = (x: number, y: number) =>
    [
      origin[0] + ((right[0] - origin[0]) * x + (up[0] - origin[0]) * y) / span,
      origin[1] + ((right[1] - origin[1]) * x + (up[1] - origin[1]) * y) / span,
    ] as const
  return {
    width,
    height,
    point,
    box(left, top, rightEdge, bottom) {
      const [ax, ay] = point(left, top)
      const [bx, by] = point(rightEdge, bottom)
      return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) }
    },
  }
}
