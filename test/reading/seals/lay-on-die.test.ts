import { beforeAll, describe, expect, it } from 'vitest'
import { strokesOf } from '../../../src/reading/seals/compare-prints.ts'
import { cutDies, type Die, layOnDies } from '../../../src/reading/seals/lay-on-die.ts'
import { printCells, printedOver } from '../../../src/reading/seals/take-print.ts'
import { lookAtDrawn, printSeal, sealedName } from './print-seal.ts'

describe('layOnDies', () => {
  const dotted = { threshold: 126, grain: 42 }
  let dies: readonly Die[] = []
  beforeAll(async () => {
    const prints = [await printSeal(), await printSeal({ strength: 0.75 }, { seed: 7 })]
    dies = cutDies(prints.map((print) => ({ text: sealedName, looks: [lookAtDrawn(sealedName)], strokes: strokesOf(print)! })))
  })
  const lay = (print: string) => layOnDies(strokesOf(print)!, dies)

  it('tells each letter of an impression of which a fax left but dots', async () => {
    expect(lay(await printSeal({ tilt: 25, strength: 0.6 }, dotted))).toBe('own')
  })

  it('tells of one whose own letters left nothing only that it lies on the others', async () => {
    const print = Buffer.from(await printSeal({ strength: 0.6 }, dotted), 'base64')
    // The third and fourth letters of eleven.
    print.fill(0, printCells.radii * 405, printCells.radii * 510)
    expect(lay(print.toString('base64'))).toBe('words')
  })

  it('says no less of one under print that is known', async () => {
    const print = Buffer.from(await printSeal({ tilt: 25, strength: 0.6 }, dotted), 'base64')
    print.fill(printedOver, printCells.radii * 620, printCells.radii * 680)
    expect(lay(print.toString('base64'))).toBe('own')
  })

  it('takes no seal of the same make for it that has another letter, and tells none of its letters where it is but dots', async () => {
    for (const text of ['厦门海鑫进出口有限公司', '厦门金岚进出口有限公司', '厦门泰盛进出口有限公司']) {
      expect(lay(await printSeal({ text, tilt: 8 }, { seed: 4 })), text).toBeNull()
      expect(lay(await printSeal({ text, tilt: 8, strength: 0.6 }, dotted)), text).not.toBe('own')
    }
  })

  it('takes no other seal for it, and no specks', async () => {
    for (const text of ['厦门鑫航石材贸易有限公司', '漳州永福水产食品有限公司'])
      expect(lay(await printSeal({ text, strength: 0.6 }, dotted)), text).toBeNull()
    const specks = Buffer.alloc(printCells.angles * printCells.radii)
    for (let at = 5; at < specks.length; at += 97) specks[at] = 254
    expect(lay(specks.toString('base64'))).toBeNull()
  })
})
