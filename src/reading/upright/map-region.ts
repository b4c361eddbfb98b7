/** Carries a region of text over to the upright page. */
import type { Quarter } from '../decode/orient-raster.ts'
import type { Region } from '../engine/measure-regions.ts'
import type { Point } from '../raster/warp-raster.ts'

/** The region with its width along the text, when the page must be turned clockwise by so many degrees to be read. */
export function faceText(region: Region, degrees: Quarter): Region {
  const angle = region.angle - (degrees * Math.PI) / 180
  return degrees % 180 === 0 ? { ...region, angle } : { ...region, angle, width: region.height, height: region.width }
}

/** `to` maps points of the picture as it came to points of the upright page. */
export function mapRegion(region: Region, to: (point: Point) => Point): Region {
  const { x, y, width, height, angle } = region
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const start = to([x - (cos * width) / 2, y - (sin * width) / 2])
  const end = to([x + (cos * width) / 2, y + (sin * width) / 2])
  const top = to([x + (sin * height) / 2, y - (cos * height) / 2])
  const bottom = to([x - (sin * height) / 2, y + (cos * height) / 2])
  return {
    x: (start[0] + end[0]) / 2,
    y: (start[1] + end[1]) / 2,
    width: Math.hypot(end[0] - start[0], end[1] - start[1]),
    height: Math.hypot(bottom[0] - top[0], bottom[1] - top[1]),
    angle: Math.atan2(end[1] - start[1], end[0] - start[0]),
    score: region.score,
  }
}
