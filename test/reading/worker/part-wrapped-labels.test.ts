import { describe, expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import { boundsOf } from '../../../src/reading/engine/open-engine.ts'
import type { Raster, Rectangle } from '../../../src/reading/page.ts'
import { partWrappedLabels } from '../../../src/reading/worker/part-wrapped-labels.ts'

const page = (strokes: readonly Rectangle[]): Raster => {
  const [width, height] = [700, 400]
  const data = new Uint8Array(width * height * 3).fill(250)
  for (const { x, y, width: across, height: down } of strokes)
    for (let row = y; row < y + down; row++) data.fill(40, (row * width + x) * 3, (row * width + x + across) * 3)
  return { width, height, data }
}
const region = (x: number, y: number, width: number, height: number): Region => ({ x, y, width, height, angle: 0, score: 0.9 })
const character = (x: number, y: number): Rectangle => ({ x, y, width: 28, height: 28 })
/** Runs of one line each, as most of a page. */
const usual = Array.from({ length: 9 }, (_, at) => region(350, 20 + at, 200, 54))
const both = region(290, 250, 300, 92)

const parted = (strokes: readonly Rectangle[], of = both) => partWrappedLabels(page(strokes), [...usual, of]).slice(usual.length)

describe('a label of two lines beside its value, found as one run', () => {
  const label = [character(160, 220), character(214, 220), character(268, 220), character(160, 250)]
  const value = [character(320, 236), character(352, 236), character(384, 236)]

  it('is parted into its lines and the value', () => {
    const parts = parted([...label, ...value])
    expect(parts.map(({ isApart }) => isApart)).toEqual([true, true, true])
    const [upper, lower, behind] = parts.map(boundsOf)
    expect(upper!.y + upper!.height).toBeLessThan(255)
    expect(upper!.x + upper!.width).toBeLessThan(320)
    expect(lower!.y).toBeGreaterThan(240)
    expect(behind!.x).toBeGreaterThan(296)
    expect(behind!.x + behind!.width).toBeGreaterThan(412)
  })

  it('stays as it is where the value has two lines too, or the label one', () => {
    expect(parted([...label, ...[320, 352].flatMap((x) => [character(x, 220), character(x, 250)])])).toEqual([both])
    expect(parted([character(160, 236), character(214, 236), ...value])).toEqual([both])
  })

  it('is none where a row goes on level with one of its lines, above or below a shorter one', () => {
    for (const y of [220, 250]) expect(parted([...label, ...[320, 352, 384].map((x) => character(x, y))])).toEqual([both])
  })

  it('is looked for in runs that are higher than most alone', () => {
    const low = region(290, 250, 300, 60)
    expect(parted([...label, ...value], low)).toEqual([low])
  })
})
