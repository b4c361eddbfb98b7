import { expect, it } from 'vitest'
import type { Rectangle } from '../../../src/reading/page.ts'
import { placeLook } from '../../../src/reading/understand/place-look.ts'
import { blindTools } from './write-page.ts'

const line: Rectangle = { x: 300, y: 580, width: 160, height: 50 }
const seeing = (...strokes: readonly Rectangle[]) => ({ ...blindTools, strokesIn: () => [...strokes] })
const figure = (x: number, y: number, height: number): Rectangle => ({ x, y, width: 10, height })

it('a second look at a line whose box is drawn wide is fitted to its ink', () => {
  const place = placeLook(seeing(figure(310, 596, 17), figure(330, 598, 17), { x: 352, y: 611, width: 3, height: 3 }), line)
  expect(place.y).toBeCloseTo(592.8, 1)
  expect(place.height).toBeCloseTo(25.5, 1)
  expect(placeLook(seeing(figure(310, 590, 30)), line, { most: 1 }).height).toBeCloseTo(40.2, 1)
})

it('a second look at any other line is wider, so that its letters come out smaller', () => {
  for (const tools of [seeing(figure(310, 588, 34)), seeing(), seeing({ x: 300, y: 600, width: 160, height: 17 })])
    expect(placeLook(tools, line)).toEqual({ x: 292, y: 572, width: 184, height: 66 })
  expect(placeLook(seeing(), line, { isCut: true })).toEqual({ x: 300, y: 572, width: 176, height: 66 })
})
