import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { FoundSeal, Raster } from '../../../src/reading/page.ts'
import { detectUnderSeals } from '../../../src/reading/worker/detect-under-seals.ts'
import { liftSeals } from '../../../src/reading/worker/lift-seals.ts'
import { drawPage } from './draw-page.ts'

let engine: PageEngine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

/** A red seal over the end of the second row's value, which cuts its line for the detector. */
const seal: FoundSeal = {
  box: { x: 385, y: 200, width: 170, height: 170 },
  color: 'red',
  shape: 'round',
  text: null,
  confidence: 0.9,
}

function withSeal(page: Raster): Raster {
  const data = page.data.slice()
  const [middleX, middleY] = [seal.box.x + 85, seal.box.y + 85]
  for (let y = seal.box.y; y < seal.box.y + 170; y++)
    for (let x = seal.box.x; x < seal.box.x + 170; x++) {
      const far = Math.hypot(x - middleX, y - middleY)
      const isInk = (far > 70 && far < 85) || far < 30
      const at = (y * page.width + x) * 3
      if (isInk && data[at]! > 128) data.set([214, 40, 44], at)
    }
  return { ...page, data }
}

it('reads a line whole that a red seal lies over', async () => {
  const page = withSeal(drawPage())
  const clean = liftSeals(page, [seal])
  const regions = await detectUnderSeals(engine, clean, await engine.detect(page), [seal])
  const texts: string[] = []
  for (const region of regions) texts.push((await engine.recognise(clean, region)).text)
  expect(texts).toContain('91350206MA2XM00A2T')
})

it('leaves the lines alone that no seal cuts', async () => {
  const page = drawPage()
  const regions = await engine.detect(page)
  expect(await detectUnderSeals(engine, page, regions, [])).toBe(regions)
  expect(await detectUnderSeals(engine, page, regions, [{ ...seal, box: { x: 600, y: 900, width: 100, height: 100 } }])).toBe(regions)
})

it('sees a line to its end where that was found with its neighbours alone', async () => {
  const run = (x: number, y: number, width: number, height: number): Region => ({
    x: x + width / 2,
    y: y + height / 2,
    width,
    height,
    angle: 0,
    score: 1,
  })
  const page: Raster = { width: 1000, height: 600, data: new Uint8Array(1000 * 600 * 3).fill(255) }
  page.data.fill(0, (327 * 1000 + 150) * 3, (327 * 1000 + 900) * 3)
  const over: FoundSeal = { ...seal, box: { x: 200, y: 300, width: 160, height: 160 } }
  // The row as far as it is on what is looked at; before, the rows about it were found as one run behind the seal.
  const seen = {
    detect({ width, data }: Raster) {
      const dark = [...data.keys()].filter((at) => at % 3 === 0 && data[at] === 0).map((at) => at / 3)
      const [first, last] = [dark[0]!, dark.at(-1)!]
      return Promise.resolve([run(first % width, Math.floor(first / width) - 12, (last % width) - (first % width), 24)])
    },
  } as unknown as PageEngine
  const regions = await detectUnderSeals(seen, page, [run(300, 312, 400, 30), run(420, 287, 480, 80)], [over])
  expect(Math.max(...regions.filter(({ height }) => height < 40).map(({ x, width }) => x + width / 2))).toBeGreaterThan(880)
})

it('takes the letters of a ring for no line that is kept: what stands under them is seen without them', async () => {
  const run = (x: number, y: number, width: number, height: number): Region => ({ x, y, width, height, angle: 0, score: 1 })
  const page: Raster = { width: 1000, height: 600, data: new Uint8Array(1000 * 600 * 3).fill(255) }
  const over: FoundSeal = { ...seal, box: { x: 428, y: 212, width: 261, height: 261 } }
  const engine = {
    detect: () => Promise.resolve([run(90, 30, 114, 45), run(90, 80, 114, 40)]),
  } as unknown as PageEngine
  const regions = await detectUnderSeals(engine, page, [run(547, 254, 300, 146)], [over])
  expect(regions.map(({ height }) => height)).toEqual([45, 40])
})
