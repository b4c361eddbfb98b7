import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
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
