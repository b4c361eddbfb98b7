/** Two sheets that were photographed side by side, or one above the other, on something darker. */
import type { Raster, Rectangle } from '../page.ts'
import { cropRaster } from '../raster/resample.ts'
import type { Quad } from '../raster/warp-raster.ts'
import { findSheet } from './find-sheet.ts'

/** The ground between them is looked for along so many lines, at so many points of each, no nearer to the ends of the picture than this. */
const lines = 140
const points = 64
const nearestCut = 0.28
/** Paper is lighter than that ground; so much of each line across a sheet is paper, and next to nothing of a line of the ground. */
const darker = 0.72
const shareOfPaper = 0.45
/** Of 255: the dullest channel of paper in dim and yellow light. Of a screen in dark colours that was sent as it is, what stands on its ground has less. */
const dimmestPaper = 64
/** Most of a sheet may be the dark screen of a telephone: the lightest of its lines tell. */
const shareOfLines = 0.3
const specks = 0.06
/** Ground that is seen around each, as a share of the picture's longer side. */
const margin = 0.015

/** The rectangles around both, with some of the ground, in reading order; undefined when there are not two that stand apart. */
export function findTwoSheets(raster: Raster): readonly [Rectangle, Rectangle] | undefined {
  const { width, height } = raster
  const halvesAt: readonly (readonly [cut: number | undefined, halves: (cut: number) => readonly [Rectangle, Rectangle]])[] = [
    [
      findGround(raster, 'columns'),
      (cut) => [
        { x: 0, y: 0, width: cut * width, height },
        { x: cut * width, y: 0, width: (1 - cut) * width, height },
      ],
    ],
    [
      findGround(raster, 'rows'),
      (cut) => [
        { x: 0, y: 0, width, height: cut * height },
        { x: 0, y: cut * height, width, height: (1 - cut) * height },
      ],
    ],
  ]
  for (const [cut, halves] of halvesAt) {
    if (cut === undefined) continue
    const [one, other] = halves(cut).map((half) => sheetIn(raster, half))
    if (one && other) return [one, other]
  }
  return undefined
}

/** The share of the picture at which a line of ground parts it. */
function findGround({ data, width, height }: Raster, way: 'columns' | 'rows'): number | undefined {
  const [count, length] = way === 'columns' ? [width, height] : [height, width]
  const [step, across] = way === 'columns' ? [1, width] : [width, 1]
  const sorted = Array.from({ length: lines }, (_, line) => {
    const values = new Uint8Array(points)
    const start = Math.floor(((line + 0.5) * count) / lines) * step
    for (let point = 0; point < points; point++) {
      const at = (start + Math.floor(((point + 0.5) * length) / points) * across) * 3
      values[point] = Math.min(data[at]!, data[at + 1]!, data[at + 2]!)
    }
    return values.sort()
  })
  const paperOf = (from: number, to: number): number => {
    const levels = sorted.slice(from, to).map((values) => values[Math.floor((1 - shareOfPaper) * points)]!)
    return levels.sort((one, other) => one - other)[Math.floor((1 - shareOfLines) * levels.length)]!
  }
  const lightest = sorted.map((values) => values[Math.floor((1 - specks) * (points - 1))]!)
  const [from, to] = [Math.ceil(nearestCut * lines), Math.floor((1 - nearestCut) * lines)]
  const cut = lightest.reduce((best, level, line) => (line >= from && line < to && level < lightest[best]! ? line : best), from)
  const paper = Math.min(paperOf(0, cut), paperOf(cut + 1, lines))
  const isGround = paper >= dimmestPaper && lightest[cut]! < darker * paper
  return isGround ? (cut + 0.5) / lines : undefined
}

/** Around the one sheet on a part of the picture. */
function sheetIn(raster: Raster, part: Rectangle): Rectangle | undefined {
  const quad = findSheet(cropRaster(raster, part))
  if (!quad) return undefined
  const { x, y, width, height } = boundsOf(quad)
  const by = margin * Math.max(raster.width, raster.height)
  return { x: part.x + x - by, y: part.y + y - by, width: width + 2 * by, height: height + 2 * by }
}

function boundsOf(quad: Quad): Rectangle {
  const [xs, ys] = [quad.map(([x]) => x), quad.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
