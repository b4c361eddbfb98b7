import { expect, it } from 'vitest'
import type { Rectangle } from '../../../src/reading/page.ts'
import { seeTornBox } from '../../../src/reading/understand/see-hidden-tick.ts'
import { bottom, right } from '../../../src/reading/understand/text/geometry.ts'
import { blindTools } from './write-page.ts'

const words = (x: number, y: number): Rectangle => ({ x, y, width: 180, height: 32 })
const square = (x: number, y: number, size: number): Rectangle => ({ x, y, width: size, height: size })

it('looks for a box of the size of those that begin the rows around, where boxes amid rows are larger', () => {
  const frame: Rectangle[] = [
    { x: 300, y: 509, width: 2, height: 14 },
    { x: 300, y: 521, width: 15, height: 2 },
    { x: 313, y: 509, width: 2, height: 14 },
  ]
  const strokesIn = (box: Rectangle): Rectangle[] =>
    frame.filter((ink) => right(ink) > box.x && ink.x < right(box) && bottom(ink) > box.y && ink.y < bottom(box))
  const amid = [100, 150, 200].map((y) => ({ words: words(420, y), box: square(394, y + 5, 22) }))
  const first = { words: words(320, 300), box: square(300, 308, 15) }
  const tools = { ...blindTools, strokesIn }
  expect(seeTornBox(words(320, 500), [...amid, first], tools)).toMatchObject({ x: 300, width: 15 })
  expect(seeTornBox(words(320, 500), amid, tools)).toBeNull()
})
