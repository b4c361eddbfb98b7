import { describe, expect, it } from 'vitest'
import type { ReadDocument } from '../../../src/flow.ts'
import type { Lattice } from '../../../src/reading/page.ts'
import { printCells } from '../../../src/reading/seals/take-print.ts'
import { lookAtDrawn, printInColour, printSeal, sealedName } from './print-seal.ts'
import { settleSeals, type TracedSeal } from '../../../src/reading/seals/settle-seals.ts'

const name = '厦门鑫海贸易有限公司'

/** One look that saw these characters, surely, at even distances. */
const look = (text: string): Lattice =>
  Array.from(text).flatMap((character, at) => [
    { at: at * 0.3, costs: [['', 6] as const, [character, 0.02] as const] },
    { at: at * 0.3 + 0.15, costs: [['', 0.01] as const] },
  ])

const sealed = (text: string | null, ...looks: string[]): TracedSeal => ({
  page: 0,
  box: [0.4, 0.6, 0.2, 0.14],
  color: 'red',
  shape: 'round',
  text,
  confidence: 0.5,
  looks: looks.map(look),
})

const paper = (kind: ReadDocument['kind'], enterpriseName?: string): ReadDocument => ({
  kind,
  confidence: 1,
  pages: [],
  seals: [],
  fields: enterpriseName
    ? { enterpriseName: { value: enterpriseName, confidence: 1, source: 'ocr', page: 0, box: null, certain: true } }
    : {},
})

const settled = (...papers: readonly (readonly [ReadDocument, TracedSeal])[]) =>
  settleSeals(
    papers.map(([document]) => document),
    papers.map(([, seal]) => [seal]),
  ).map(({ seals }) => seals[0]!)

describe('settleSeals', () => {
  it('reads the seal on a card’s copy by the name that the form carries', () => {
    const [, card] = settled(
      [paper('registration-form', name), sealed(name, name)],
      [paper('identity-document'), sealed('厦门鑫贸易有限公司', '厦门鑫海贸易有限公司', '门鑫海贸易有限公司')],
    )
    expect(card).toMatchObject({ text: name, role: 'company' })
    expect(card).not.toHaveProperty('looks')
  })

  it('takes the papers’ name for an arc without colour that denies no letter of it, with little confidence', () => {
    const written = '厦门鑫海宏泰贸易有限公司'
    /** Looks that find this letter likely and that one possible. */
    const unsure = (likely: string, possible: string): Lattice =>
      look(written).map((step) =>
        step.costs[1]?.[0] === '海'
          ? {
              ...step,
              costs: [
                ['', 3],
                [likely, 0.5],
                [possible, 1.5],
                ['海', 4],
              ] as const,
            }
          : step,
      )
    const text = written.replace('海', '梅')
    const looks = [unsure('梅', '晦'), unsure('晦', '梅'), unsure('诲', '梅')]
    const seal = { ...sealed(text), looks, color: 'gray' as const, confidence: 0.7 }
    expect(settled([paper('registration-form', written), seal])[0]).toMatchObject({ text: written, confidence: 0.6, role: 'company' })
    const red = { ...seal, color: 'red' as const }
    expect(settled([paper('registration-form', written), red])[0]).toMatchObject({ text })
    const [, worn] = settled([paper('registration-form', written), sealed(written, written)], [paper('identity-document'), red])
    expect(worn).toMatchObject({ text: written, confidence: 0.6 })
  })

  it('leaves to an arc that speaks for itself a name which it denies, though others carry that', () => {
    const sister = name.replace('海', '梅')
    const doubtful = look(sister).map((step) =>
      step.costs[1]?.[0] === '梅' ? { ...step, costs: [['', 4] as const, ['梅', 0.2] as const, ['海', 2] as const] } : step,
    )
    const seal = { ...sealed(sister), looks: [doubtful, doubtful, doubtful] }
    const [, card] = settled([paper('registration-form', name), sealed(name, name)], [paper('identity-document'), seal])
    expect(card!.text).toBe(sister)
  })

  it('spreads no name that was read without its end', () => {
    const [, whole] = settled(
      [paper('registration-form'), sealed('厦门鑫海贸易有限公', '厦门鑫海贸易有限公')],
      [paper('identity-document'), sealed(name, name)],
    )
    expect(whole!.text).toBe(name)
  })

  it('reads an impression that hides its name by another of the same seal', () => {
    const strokes = Uint8Array.from({ length: 720 * 32 }, (_, cell) => ((cell >> 6) * (cell >> 6) * 31 + (cell % 32) * 57) % 251)
    const turned = Uint8Array.from(strokes, (_, cell) => strokes[(cell + 40 * 32) % strokes.length]!)
    const [print, same, other] = [strokes, turned, strokes.toReversed()].map((ink) => Buffer.from(ink).toString('base64'))
    const hidden = (ink: string): TracedSeal => ({ ...sealed(null, '厦__'), color: 'gray', print: ink })
    const [, card, stranger] = settled(
      [paper('registration-form', name), { ...sealed(name, name), color: 'gray', print: print! }],
      [paper('identity-document'), hidden(same!)],
      [paper('identity-document'), hidden(other!)],
    )
    expect(card).toMatchObject({ text: name, confidence: 0.8 })
    expect(card).not.toHaveProperty('print')
    expect(stranger!.text).toBeNull()
  })

  it('leaves the seal of another enterprise what it says', () => {
    const [, card] = settled(
      [paper('registration-form', name), sealed(name, name)],
      [paper('identity-document'), sealed('厦门金海贸易有限公司', '厦门金海贸易有限公司', '厦门金海贸易有限公司', '厦门金海贸易有限公司')],
    )
    expect(card!.text).toBe('厦门金海贸易有限公司')
  })

  it('reads a seal by what was read of another where no paper names the enterprise', () => {
    const [, card] = settled(
      [paper('identity-document'), sealed(name, name)],
      [paper('identity-document'), sealed('厦门鑫海贸易有限必司', '厦门鑫海贸易有限必司', name)],
    )
    expect(card!.text).toBe(name)
  })
})

describe('settleSeals, of seals of which a fax left specks', () => {
  const dotted = { threshold: 126, grain: 42 }
  const impression = (text: string | null, looks: readonly Lattice[], print: string): TracedSeal => ({
    ...sealed(text),
    color: 'gray',
    confidence: text === null ? 0.3 : 0.9,
    looks,
    print,
  })

  it('tells them by where these lie on a legible one, and of one without its own letters only on what it lies', async () => {
    const specks = await printSeal({ tilt: 25, strength: 0.6 }, dotted)
    const hidden = Buffer.from(await printSeal({ strength: 0.6 }, dotted), 'base64')
    // The third and fourth letters of eleven.
    hidden.fill(0, printCells.radii * 405, printCells.radii * 510)
    const [, card, back] = settled(
      [paper('registration-form', sealedName), impression(sealedName, [lookAtDrawn(sealedName)], await printSeal())],
      [paper('identity-document'), impression(null, [lookAtDrawn('厦________公司')], specks)],
      [paper('identity-document'), impression(null, [lookAtDrawn('_______有限公司')], hidden.toString('base64'))],
    )
    expect(card).toMatchObject({ text: sealedName, confidence: 0.6 })
    expect(back).toMatchObject({ text: null, liesOn: sealedName, confidence: 0.3 })
  })
})

describe('settleSeals, of seals in colour', () => {
  const pressed = (text: string, print: string): TracedSeal => ({
    ...sealed(text),
    confidence: 0.93,
    looks: [lookAtDrawn(text)],
    print,
  })

  it('reads an impression that was misread by another of the same seal, and leaves a sister company its own', () => {
    const misread = sealedName.replace('岚', '凤')
    const sister = sealedName.replace('海', '金')
    const [, own, others] = settled(
      [paper('registration-form', sealedName), pressed(sealedName, printInColour())],
      [paper('identity-document'), pressed(misread, printInColour({ tilt: 17 }))],
      [paper('identity-document'), pressed(sister, printInColour({ text: sister, tilt: -6 }))],
    )
    expect(own).toMatchObject({ text: sealedName, confidence: 0.8 })
    expect(others).toMatchObject({ text: sister, confidence: 0.93 })
  })
})
