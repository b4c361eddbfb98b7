import { describe, expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { bleachWatermark } from '../../../src/reading/upright/bleach-watermark.ts'
import { findWatermark } from '../../../src/reading/upright/find-watermark.ts'

const side = 400
const paper = 240

/** A region whose ink, every third row of pixels along it, is so dark; drawn into `data`. */
function strike(data: Uint8Array, region: Region, level: number): Region {
  const [cos, sin] = [Math.cos(region.angle), Math.sin(region.angle)]
  for (let along = -region.width / 2; along < region.width / 2; along += 0.5)
    for (const across of [-4, 0, 4]) {
      const x = Math.round(region.x + along * cos - across * sin)
      const y = Math.round(region.y + along * sin + across * cos)
      if (x >= 0 && y >= 0 && x < side && y < side) data.fill(level, 3 * (y * side + x), 3 * (y * side + x) + 3)
    }
  return region
}

function page(ink: number, words: number, slant = -0.5): { raster: Raster; regions: Region[] } {
  const data = new Uint8Array(side * side * 3).fill(paper)
  const line = (x: number, y: number, width: number, angle: number): Region => ({ x, y, width, height: 20, angle, score: 1 })
  const slanted = Array.from({ length: words }, (_, at) => strike(data, line(200, 30 + at * 45, 180, slant), paper - ink))
  const print = [60, 120, 180].map((y) => strike(data, line(150, y, 160, 0.01), 40))
  return { raster: { width: side, height: side, data }, regions: [...slanted, ...print] }
}

describe('words that slant across a sheet', () => {
  it('are told from the print that they cross, and bleached where they are paler', () => {
    const { raster, regions } = page(50, 8)
    const found = findWatermark(raster, regions, regions)!
    expect(found.others).toEqual(regions.slice(8))
    const bleached = bleachWatermark(raster, found)
    const levels = new Map<number, number>()
    for (let at = 0; at < bleached.data.length; at += 3) levels.set(bleached.data[at]!, (levels.get(bleached.data[at]!) ?? 0) + 1)
    const before = raster.data.filter((level) => level === paper - 50).length / 3
    expect(before).toBeGreaterThan(2000)
    // What touches print stays: the edges of print are as pale.
    expect(levels.get(paper - 50) ?? 0).toBeLessThan(before / 10)
    expect(levels.get(40)).toBe(raster.data.filter((level) => level === 40).length / 3)
  })

  it('are left out where they are as dark and no more than the lines of print', () => {
    const { raster, regions } = page(200, 3)
    const found = findWatermark(raster, regions, regions)!
    expect(found.others).toEqual(regions.slice(3))
    expect(found.ink).toBe(0)
  })

  it('are the page where they are as dark and more: it lies aslant', () => {
    const { raster, regions } = page(200, 8)
    expect(findWatermark(raster, regions, regions)).toBeNull()
  })

  it('are none where lines slant as those of a page that was laid down carelessly', () => {
    const { raster, regions } = page(50, 8, -0.1)
    expect(findWatermark(raster, regions, regions)).toBeNull()
  })

  it('are a card that lies aslant below the other where no line of print is among them', () => {
    const { raster, regions } = page(200, 3)
    const below = regions.slice(0, 3).map((region) => ({ ...region, y: region.y + 230 }))
    expect(findWatermark(raster, [...below, ...regions.slice(3)], [...below, ...regions.slice(3)])).toBeNull()
  })

  it('are told on a sheet that lies sideways', () => {
    const { raster, regions } = page(50, 8)
    const sideways = regions.map((region) => ({ ...region, angle: region.angle + Math.PI / 2 }))
    expect(findWatermark(raster, regions, sideways)?.others).toEqual(regions.slice(8))
  })
})
