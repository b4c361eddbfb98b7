import { describe, expect, it } from 'vitest'
import type { Raster, Rectangle } from '../../../src/reading/page.ts'
import { startPage } from '../../../src/reading/pixels/kernels.ts'
import { findTwoSheets } from '../../../src/reading/upright/find-two-sheets.ts'

interface Sheet extends Rectangle {
  readonly light: number
}

/** Light sheets that slant by 2 %, on a ground that is brown where its lightness is below 200. */
function photograph(width: number, height: number, sheets: readonly Sheet[], ground = 70): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const isOn = (sheet: Sheet): boolean => {
      const [across, down] = [x - sheet.x - 0.02 * (y - sheet.y), y - sheet.y + 0.02 * (x - sheet.x)]
      return across >= 0 && across < sheet.width && down >= 0 && down < sheet.height
    }
    const light = sheets.find(isOn)?.light
    data.fill(light ?? ground, at * 3, at * 3 + 3)
    if (light === undefined && ground < 200) data[at * 3 + 2] = Math.round(ground * 0.6)
  }
  return { width, height, data }
}

function find(raster: Raster): readonly Rectangle[] | undefined {
  startPage()
  return findTwoSheets(raster)
}

const left: Sheet = { x: 40, y: 80, width: 430, height: 600, light: 140 }
const right: Sheet = { x: 530, y: 60, width: 430, height: 610, light: 235 }

describe('two sheets on one photograph', () => {
  it.each([
    ['beside each other, one in the shade', photograph(1000, 750, [left, right]), [left, right]],
    [
      'with a dark picture on half of one',
      photograph(1000, 750, [{ x: 660, y: 90, width: 260, height: 460, light: 30 }, left, right]),
      [left, right],
    ],
    [
      'above each other',
      photograph(760, 1000, [
        { x: 60, y: 40, width: 600, height: 420, light: 225 },
        { x: 70, y: 530, width: 600, height: 420, light: 230 },
      ]),
      [
        { x: 60, y: 40, width: 600, height: 420 },
        { x: 70, y: 530, width: 600, height: 420 },
      ],
    ],
  ])('%s are both found', (_, raster, sheets) => {
    const found = find(raster)
    expect(found).toHaveLength(2)
    for (const [at, box] of found!.entries()) {
      const { x, y, width, height } = sheets[at]!
      expect(Math.abs(box.x + box.width / 2 - x - width / 2)).toBeLessThan(20)
      expect(Math.abs(box.y + box.height / 2 - y - height / 2)).toBeLessThan(20)
      expect(box.width).toBeGreaterThan(width)
      expect(box.height).toBeGreaterThan(height)
    }
  })

  it('are not seen where one lies, on a scan with two columns, nor in a sheet beside a bright thing', () => {
    expect(find(photograph(1000, 750, [{ x: 250, y: 40, width: 480, height: 660, light: 235 }]))).toBeUndefined()
    expect(find(photograph(1000, 750, [left, right], 245))).toBeUndefined()
    expect(find(photograph(1000, 750, [left, { x: 640, y: 300, width: 60, height: 60, light: 235 }]))).toBeUndefined()
  })

  it('are not the cards of a screen in dark colours', () => {
    const cards = [left, right].map((card) => ({ ...card, light: 28 }))
    expect(find(photograph(1000, 750, cards, 0))).toBeUndefined()
    expect(find(photograph(1000, 750, [left, right], 0))).toHaveLength(2)
  })
})
