import { expect, it } from 'vitest'
import type { FoundSeal } from '../../../src/reading/page.ts'
import { liftSeals } from '../../../src/reading/worker/lift-seals.ts'

const side = 120
const seal: FoundSeal = { box: { x: 20, y: 20, width: 80, height: 80 }, color: 'red', shape: 'round', text: null, confidence: 0.9 }

/** A disc of ink on paper of 240, with a hairline of print across its middle, which let through so much of what was there. */
function stamped(ink: readonly [number, number, number], through: number): Uint8Array {
  const data = new Uint8Array(side * side * 3).fill(240)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const isPrint = y === 60
      const isInk = Math.hypot(x - 60, y - 60) < 36
      const colour = isInk ? ink : ([240, 240, 240] as const)
      data.set(isPrint ? colour.map((channel) => Math.round(channel * through)) : colour, (y * side + x) * 3)
    }
  return data
}

const redAt = (data: Uint8Array, x: number, y: number): number => data[(y * side + x) * 3]!

it.each([
  ['bright', [205, 60, 60], 0.8],
  ['dark', [165, 30, 40], 0.6],
] as const)('takes %s ink off and leaves thin print that lies under it', (_, ink, through) => {
  const { data } = liftSeals({ width: side, height: side, data: stamped(ink, through) }, [seal])
  expect(redAt(data, 60, 45)).toBe(240)
  expect(redAt(data, 60, 60)).toBeLessThan(0.75 * 240)
  expect(redAt(data, 5, 60)).toBe(Math.round(240 * through))
})
