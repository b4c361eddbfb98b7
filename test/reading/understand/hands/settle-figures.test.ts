import { describe, expect, it } from 'vitest'
import type { FieldValue, ReadDocument } from '../../../../src/flow.ts'
import type { WrittenValue } from '../../../../src/reading/page.ts'
import { pictureSide } from '../../../../src/reading/understand/hands/compare-figures.ts'
import { settleFigures } from '../../../../src/reading/understand/hands/settle-figures.ts'

/** How this hand writes its figures: strokes between corners of a picture, the same each time but for a pixel. */
const strokes: Record<string, readonly (readonly [number, number, number, number])[]> = {
  0: [
    [5, 2, 10, 2],
    [10, 2, 10, 13],
    [10, 13, 5, 13],
    [5, 13, 5, 2],
  ],
  1: [[8, 1, 8, 14]],
  2: [
    [4, 3, 11, 3],
    [11, 3, 4, 13],
    [4, 13, 12, 13],
  ],
  3: [
    [4, 2, 11, 2],
    [11, 2, 7, 7],
    [7, 7, 11, 11],
    [11, 11, 4, 14],
  ],
  5: [
    [11, 2, 5, 2],
    [5, 2, 5, 7],
    [5, 7, 11, 10],
    [11, 10, 4, 14],
  ],
  6: [
    [6, 1, 4, 10],
    [4, 10, 8, 14],
    [8, 14, 11, 11],
    [11, 11, 5, 10],
  ],
  9: [
    [11, 3, 5, 4],
    [5, 4, 10, 7],
    [10, 3, 9, 14],
  ],
}

function picture(figure: string, moved: number): string {
  const levels = new Uint8Array(pictureSide * pictureSide)
  for (const [x0, y0, x1, y1] of strokes[figure]!)
    for (let step = 0; step <= 24; step++) {
      const [x, y] = [Math.round(x0 + ((x1 - x0) * step) / 24) + moved, Math.round(y0 + ((y1 - y0) * step) / 24)]
      levels[y * pictureSide + x] = 15
    }
  return Buffer.from(Array.from({ length: levels.length / 2 }, (_, at) => (levels[at * 2]! << 4) | levels[at * 2 + 1]!)).toString('base64')
}

/** A number as it stands on the paper, and as the recogniser read it. */
function written(own: string, read: string, probability = 0.6): WrittenValue {
  return {
    looks: [Array.from(read, (character, at) => ({ at, costs: [[character, -Math.log(probability)] as const] }))],
    figures: Array.from(own, (figure, letter) => ({ picture: picture(figure, letter % 2), letter })),
  }
}

const field = (value: string, evidence: string[], certain = false): FieldValue => ({
  value,
  confidence: 0.8,
  source: 'ocr',
  page: 0,
  box: null,
  certain,
  evidence,
})
const form = (fields: ReadDocument['fields']): ReadDocument => ({ kind: 'registration-form', confidence: 1, pages: [], fields, seals: [] })

describe('the figures of one hand, told by one another', () => {
  const known = {
    handlerPhone: field('13606905126', ['format', 'clear'], true),
    recipientPhone: field('15906325092', ['format', 'clear'], true),
  }
  const looks = { handlerPhone: written('13606905126', '13606905126', 0.99), recipientPhone: written('15906325092', '15906325092', 0.99) }

  it('are what those that look like them are known to be', () => {
    const document = form({ ...known, cardNumber: field('8000H2', ['faint']) })
    const [settled] = settleFigures([document], [{ ...looks, cardNumber: written('560062', 'S00062') }])
    expect(settled!.fields['cardNumber']).toMatchObject({ value: '560062', certain: false })
    expect(settled!.fields['cardNumber']!.evidence).toContain('same-hand')
  })

  it('leave a number as it was read when it has fewer of them than letters', () => {
    const document = form({ ...known, cardNumber: field('5600621', ['faint']) })
    const [settled] = settleFigures([document], [{ ...looks, cardNumber: written('560062', '5600621') }])
    expect(settled!.fields['cardNumber']!.value).toBe('5600621')
  })

  it('never change what is certain', () => {
    const document = form({ ...known, cardNumber: field('500062', ['agrees:x'], true) })
    const [settled] = settleFigures([document], [{ ...looks, cardNumber: written('560062', '500062') }])
    expect(settled!.fields['cardNumber']!.value).toBe('500062')
  })

  it('leave a day the 1 that was found when they were moved apart', () => {
    const day = written('2026115', '2026.11.5')
    const placed = { ...day, figures: day.figures!.map((figure, at) => ({ ...figure, letter: [0, 1, 2, 3, 5, 6, 8][at]! })) }
    const told = (value: string) =>
      settleFigures([form({ ...known, applicationDate: field(value, ['mended', 'faint']) })], [{ ...looks, applicationDate: placed }])[0]!
        .fields['applicationDate']!.value
    expect(told('2026-11-15')).toBe('2026-11-15')
    expect(told('2020-11-05')).toBe('2026-11-05')
  })
})
