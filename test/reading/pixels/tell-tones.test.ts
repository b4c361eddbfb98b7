import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { tellTones } from '../../../src/reading/pixels/tell-tones.ts'

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
    expect(tellTones(page(0))).toBe('gray')
    expect(tellTones(page(8))).toBe('gray')
  })

  it('is none that carries a seal in red ink, or paper that is not grey', () => {
    expect(tellTones(withSeal(page(0), 40))).toBe('colour')
    expect(tellTones(page(24))).toBe('colour')
  })

  it('is a grey scan though its print is black, where the paper has shades', () => {
    expect(tellTones(page(0, 10, 240, 120))).toBe('gray')
  })

  it('is told apart in black and white alone, resampled or not', () => {
    expect(tellTones(page(0, 10))).toBe('black')
    expect(tellTones(page(0, 10, 255, 120))).toBe('black')
  })
})
