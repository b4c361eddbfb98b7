import { beforeAll, describe, expect, it } from 'vitest'
import { strokesOf } from '../../../src/reading/seals/compare-prints.ts'
import { type LegibleSeal, readByPrints } from '../../../src/reading/seals/read-by-prints.ts'
import { lookAtDrawn, printInColour, printSeal, sealedName } from './print-seal.ts'

describe('readByPrints', () => {
  const dotted = { threshold: 122, grain: 42 }
  const unread = [lookAtDrawn('厦门_________')]
  let legible: readonly LegibleSeal[] = []
  beforeAll(async () => {
    legible = [{ text: sealedName, looks: [lookAtDrawn(sealedName)], strokes: strokesOf(await printSeal())! }]
  })

  it('reads an impression of which a fax left but dots by a legible one of the same seal', async () => {
    expect(readByPrints(await printSeal({ tilt: 25, strength: 0.6 }, dotted), unread, legible).read?.text).toBe(sealedName)
  })

  it('vouches for every letter where the strokes are plain', async () => {
    expect(readByPrints(await printSeal({ tilt: -12 }, { seed: 3 }), unread, legible).read).toEqual({ text: sealedName, isVouched: true })
  })

  it('takes no other seal for it, dotted or not', async () => {
    for (const text of ['厦门鑫航石材贸易有限公司', '漳州永福水产食品有限公司', '福建省泰盛物流有限公司'])
      for (const copying of [{}, dotted])
        expect(
          readByPrints(await printSeal({ text, strength: copying === dotted ? 0.6 : 0.85 }, copying), unread, legible).read,
          text,
        ).toBeNull()
  })

  it('takes no seal of the same make for it whose name has another letter', async () => {
    for (const text of ['厦门海鑫进出口有限公司', '厦门金岚进出口有限公司'])
      expect(readByPrints(await printSeal({ text, tilt: 8 }, { seed: 4 }), unread, legible), text).toEqual({
        read: null,
        denied: [sealedName],
      })
  })

  it('says no of what is no print', () => expect(readByPrints('AAAA', unread, legible).read).toBeNull())
})

describe('readByPrints, of seals in colour', () => {
  const legible: LegibleSeal[] = [{ text: sealedName, looks: [lookAtDrawn(sealedName)], strokes: strokesOf(printInColour())! }]
  /** What the arc is misread as. */
  const misread = [lookAtDrawn('厦门每风进出口有限公司')]

  it('reads one that was misread by a legible one of the same seal, through print and from another turn', () => {
    for (const [overrides, lines] of [[{ tilt: 14 }, 0] as const, [{ tilt: -20, smudge: 0.2 }, 4] as const])
      expect(readByPrints(printInColour(overrides, lines), misread, legible, true).read).toEqual({ text: sealedName, isVouched: true })
  })

  it('takes no seal of the same make for it that differs in a stroke, a radical or more', () => {
    for (const text of [
      '厦门每岚进出口有限公司',
      '厦门海岗进出口有限公司',
      '厦门梅岚进出口有限公司',
      '厦门海峰进出口有限公司',
      '漳州永福水产食品有限公司',
    ])
      expect(readByPrints(printInColour({ text, tilt: 9 }), [lookAtDrawn(text)], legible, true).read, text).toBeNull()
  })

  it('says nothing of a letter that is blotted out', () => {
    const blotted = Buffer.from(printInColour(), 'base64')
    // The third letter of eleven, and what stands around it.
    blotted.fill(0, 32 * 420, 32 * 470)
    expect(readByPrints(blotted.toString('base64'), misread, legible, true).read).toBeNull()
  })
})

describe('readByPrints, of seals without colour that were read surely', () => {
  const misread = [lookAtDrawn('厦门梅凤进出口有限公司')]
  const readAs = async (text: string, isGray: boolean) => {
    const legible: readonly LegibleSeal[] = [{ text: sealedName, looks: [lookAtDrawn(sealedName)], strokes: strokesOf(await printSeal())! }]
    const print = await printSeal({ text, tilt: 8, strength: 0.8 }, { seed: 3, threshold: 165, grain: 36 })
    return readByPrints(print, misread, legible, true, isGray).read
  }

  it('reads one whose letters were misread by a legible one, where they are as alike as the words of the name', async () => {
    expect(await readAs(sealedName, true)).toEqual({ text: sealedName, isVouched: true })
    // In colour no letter of one seal is so unlike.
    expect(await readAs(sealedName, false)).toBeNull()
  })

  it('takes no seal of the same make for it that has another letter', async () => {
    for (const text of ['厦门梅岚进出口有限公司', '厦门海岗进出口有限公司', '厦门每岚进出口有限公司'])
      expect(await readAs(text, true), text).toBeNull()
  })
})
