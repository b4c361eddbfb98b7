import { expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { PageEngine } from '../../../src/reading/engine/open-engine.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { partMergedRows } from '../../../src/reading/worker/part-merged-rows.ts'

const regionOf = (x: number, y: number, width: number, height: number): Region => ({
  x: x + width / 2,
  y: y + height / 2,
  width,
  height,
  angle: 0,
  score: 0.9,
})

/** Ten usual runs below one another, and one that is as high as two. */
const usual = Array.from({ length: 10 }, (_, at) => regionOf(50, 200 + 50 * at, 200, 30))
const high = regionOf(300, 100, 60, 70)
const [upper, lower] = [regionOf(300, 102, 58, 30), regionOf(300, 138, 40, 30)]

/** Paper with strokes in these rows of the high run. */
function paperWith(...rows: readonly (readonly [from: number, to: number])[]): Raster {
  const data = new Uint8Array(500 * 800 * 3).fill(220)
  for (const [from, to] of rows)
    for (let y = from; y < to; y++) for (let x = 305; x < 355; x++) if (x % 10 < 5) data.fill(40, (y * 500 + x) * 3, (y * 500 + x) * 3 + 3)
  return { width: 500, height: 800, data }
}

/** The regions, where a closer look at the high run finds those (on the page). */
async function part(raster: Raster, regions: readonly Region[], ...seen: readonly Region[]) {
  let looks = 0
  const engine = {
    detect: () => {
      looks += 1
      // The crop begins 12 px above and left of the run.
      return Promise.resolve(seen.map((region) => ({ ...region, x: region.x - 288, y: region.y - 88 })))
    },
  } as unknown as PageEngine
  return { parted: await partMergedRows(engine, raster, regions, []), looks: () => looks }
}

it('a run as high as two that holds two rows of ink is looked at nearer and parted', async () => {
  const { parted } = await part(paperWith([108, 128], [144, 164]), [...usual, high], upper!, lower!)
  expect(parted).toEqual([...usual, upper, lower])
})

it('a rule of the cell at one end of the run hides no row', async () => {
  const paper = paperWith([108, 128], [144, 164])
  for (let y = 100; y < 170; y++) paper.data.fill(40, (y * 500 + 301) * 3, (y * 500 + 304) * 3)
  const { parted } = await part(paper, [...usual, high], upper!, lower!)
  expect(parted).toEqual([...usual, upper, lower])
})

it('one row of large print costs no look', async () => {
  const { parted, looks } = await part(paperWith([105, 165]), [...usual, high])
  expect(parted).toEqual([...usual, high])
  expect(looks()).toBe(0)
})

it('a row that was found by itself as well is taken once, the longer of both', async () => {
  const own = regionOf(298, 136, 44, 34)
  const short = regionOf(300, 104, 20, 28)
  const { parted } = await part(paperWith([108, 128], [144, 164]), [...usual, own, short, high], upper!, lower!)
  expect(parted).toEqual([...usual, own, upper])
})

it('runs that lie upon one another are looked at together, and the largest of many first', async () => {
  const paper = paperWith(...Array.from({ length: 26 }, (_, at) => [2 + 30 * at, 22 + 30 * at] as const))
  const wide = regionOf(300, 520, 190, 140)
  const together = await part(paper, [...usual, wide, regionOf(300, 600, 60, 80), regionOf(300, 560, 60, 80)])
  expect(together.looks()).toBe(1)
  const several = Array.from({ length: 5 }, (_, at) => regionOf(300, 100 * at, 60, 70))
  // The crop of the wide run begins 420 px below that of the high one.
  const { parted, looks } = await part(paper, [...usual, ...several, wide], regionOf(310, 110, 60, 30), regionOf(310, 150, 60, 30))
  expect(looks()).toBe(4)
  expect(parted).not.toContain(wide)
})

it('a row of a bent sheet that is several even then is looked at once more', async () => {
  const rows = Array.from({ length: 8 }, (_, at) => regionOf(300, 102 + 22 * at, 150, 20))
  const merged = regionOf(300, 290, 190, 42)
  let looks = 0
  const engine = {
    detect: (_: Raster, scale: number) => {
      looks += 1
      const seen =
        scale > 1
          ? [regionOf(12, 12, 180, 20), regionOf(12, 32, 180, 20)]
          : [...rows, merged].map((row) => ({ ...row, x: row.x - 288, y: row.y - 88 }))
      return Promise.resolve(seen)
    },
  } as unknown as PageEngine
  const paper = paperWith(...Array.from({ length: 10 }, (_, at) => [104 + 22 * at, 118 + 22 * at] as const))
  const parted = await partMergedRows(engine, paper, [...usual, regionOf(300, 100, 190, 240)], [])
  expect(looks).toBe(2)
  expect(parted.filter(({ width }) => width === 180)).toHaveLength(2)
})
