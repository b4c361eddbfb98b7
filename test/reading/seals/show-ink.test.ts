import { beforeEach, expect, it } from 'vitest'
import { startPage } from '../../../src/reading/pixels/kernels.ts'
import { showInk } from '../../../src/reading/seals/unwrap-ring.ts'

beforeEach(startPage)

/** White, with a red letter's stroke and a rule across it in what colour a file or a scan has of black. */
function strip(black: number) {
  const [width, height] = [120, 40]
  const data = new Uint8Array(width * height * 3).fill(255)
  const paint = (x: number, y: number, color: readonly number[]): void => data.set(color, (y * width + x) * 3)
  for (let y = 4; y < 36; y++) for (let x = 50; x < 56; x++) paint(x, y, [210, 40, 50])
  for (let y = 28; y < 33; y++) for (let x = 0; x < width; x++) paint(x, y, [black, black, black])
  return { width, height, data }
}

it.each([0, 20, 60])('Black print of level %d is no red ink of a seal', (black) => {
  const { data, width } = showInk(strip(black), 'red')
  const isInk = (x: number, y: number): boolean => data[(y * width + x) * 3]! < 128
  expect(isInk(53, 15)).toBe(true)
  expect([10, 30, 80, 110].some((x) => isInk(x, 30))).toBe(false)
})
