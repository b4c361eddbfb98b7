import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { isGray } from '../../../src/reading/worker/tell-gray.ts'

const [width, height] = [600, 800]

/** A page of paper with rows of print, whose channels lie `tint` apart; `edge` is where strokes meet the paper. */
function page(tint: number, black = 90, white = 225, edge = black): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at += 1) {
    const column = at % 7
    const ink = Math.floor(at / width) % 40 < 12 && column < 4 ? (column < 2 ? edge : black) : white
    data.set([ink + tint, ink, ink - tint / 2], at * 3)
  }
  return { width, height, data }
}

function withSeal(raster: Raster, radius: number): Raster {
  const data = raster.data.slice()
  for (let y = -radius; y <= radius; y += 1)
    for (let x = -radius; x <= radius; x += 1) {
      const distance = Math.hypot(x, y)
      if (distance < radius && distance > radius - 6) data.set([215, 60, 70], ((400 + y) * width + 300 + x) * 3)
    }
  return { ...raster, data }
}

describe('a page without colour', () => {
  it('is a grey scan, compressed or under a lamp that is not quite white', () => {
    expect(isGray(page(0))).toBe(true)
    expect(isGray(page(8))).toBe(true)
  })

  it('is none that carries a seal in red ink, or paper that is not grey', () => {
    expect(isGray(withSeal(page(0), 40))).toBe(false)
    expect(isGray(page(24))).toBe(false)
  })

  it('is a grey scan though its print is black, where the paper has shades', () => {
    expect(isGray(page(0, 10, 240, 120))).toBe(true)
  })

  it('is none in black and white alone, nor where it was resampled', () => {
    expect(isGray(page(0, 10))).toBe(false)
    expect(isGray(page(0, 10, 255, 120))).toBe(false)
  })
})
