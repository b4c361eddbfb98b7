import { beforeAll, describe, expect, it } from 'vitest'
import { strokesOf } from '../../../src/reading/seals/compare-prints.ts'
import { type LegibleSeal, readByPrints } from '../../../src/reading/seals/read-by-prints.ts'
import { lookAtDrawn, printSeal, sealedName } from './print-seal.ts'

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
