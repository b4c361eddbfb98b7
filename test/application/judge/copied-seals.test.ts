import { describe, expect, it } from 'vitest'
import { compareImpressions } from '../../../src/application/judge/compare-impressions.ts'
import { openCase } from '../../../src/application/judge/case.ts'
import { copiedSeals } from '../../../src/application/judge/judge-copied-seals.ts'
import { assemble } from '../../../src/application/assemble/assemble.ts'
import type { ReadDocument } from '../../../src/flow.ts'
import { cleanSets, companySeal } from '../../fixtures/build-papers.ts'
import { pressImpression } from '../../fixtures/press-impression.ts'

const told = (documents: readonly ReadDocument[]) => {
  const [papers] = assemble(documents)
  return copiedSeals(openCase(papers!, { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }))
}
const stamped = (impressions: readonly string[]) =>
  cleanSets.enrol().map((document, at) => ({
    ...document,
    seals: [{ ...companySeal(), impression: impressions[at % impressions.length]! }],
  }))

/** The same with a few grains of a scanner. */
function speckled(impression: string): string {
  const cells = Buffer.from(impression, 'base64')
  for (let at = 0; at < cells.length; at += 9) cells[at] = Math.min(254, cells[at]! + 8)
  return cells.toString('base64')
}

/** The same seal pressed by a hand that turned it by so many degrees. */
const turned = (impression: string, degrees: number) => {
  const cells = Buffer.from(impression, 'base64')
  const by = (degrees / 2) * 12
  return Buffer.concat([cells.subarray(by), cells.subarray(0, by)]).toString('base64')
}

describe('one impression on several papers', () => {
  it('is looked at, whatever a copy adds to it', () => {
    const findings = told(stamped([pressImpression(1, 1), pressImpression(1, 3)]))
    // Every paper that carries it is named.
    expect(findings.map(({ code, severity, document }) => [code, severity, document])).toEqual(
      cleanSets.enrol().map(({ kind }) => ['seal-copied', 'look', kind]),
    )
    expect(findings[0]!.message).toContain('印迹完全相同')
  })

  it('is not seen in stampings of one seal that differ in their pressure', () => {
    expect(told(stamped(Array.from({ length: 12 }, (_, at) => pressImpression(at + 1))))).toEqual([])
  })

  it('is not seen in two crisp stampings that come near each other, as long as no third does', () => {
    // Papers 1 and 2 are alike, and so are 3 and 4.
    expect(
      told(
        stamped([
          pressImpression(1, 1),
          pressImpression(1, 2),
          pressImpression(2, 1),
          pressImpression(2, 2),
          pressImpression(3),
          pressImpression(4),
        ]),
      ),
    ).toEqual([])
    expect(told(stamped([pressImpression(1, 1), pressImpression(1, 2), ...[2, 3, 4, 5].map((at) => pressImpression(at))]))).toMatchObject([
      { document: 'registration-form' },
      { document: 'card-form' },
    ])
  })

  it('is looked at where copies of it pair off, as long as no two of them differ as stampings do', () => {
    const others = [turned(pressImpression(3), 4), turned(pressImpression(4), 8)]
    const [one, copy, another] = [pressImpression(1, 8), pressImpression(1, 9), pressImpression(2, 8)]
    expect(told(stamped([one, copy, speckled(one), speckled(copy), ...others]))).toHaveLength(4)
    expect(told(stamped([one, another, speckled(one), speckled(another), ...others]))).toEqual([])
  })

  it('is looked at where copies are grainy, as long as most papers carry it and it is turned alike on all of them', () => {
    const grainy = [7, 7.2, 7.4, 7.6, 7.8, 8].map((noise) => pressImpression(1, noise))
    expect(told(stamped(grainy))).toHaveLength(6)
    expect(told(stamped(grainy.map((impression, at) => turned(impression, at * 2))))).toEqual([])
    expect(told(stamped([...grainy.slice(0, 3), ...[2, 3, 4].map((at) => turned(pressImpression(at), at * 4))]))).toEqual([])
  })

  it('is not seen in clean stampings that no hand turned alike', () => {
    const clean = [0, 2, 4, 6, 8, 10].map((degrees) => turned(pressImpression(1, 1), degrees))
    expect(told(stamped(clean))).toEqual([])
  })

  it('is told by its turn on copies without colour, where print lies over it', () => {
    const gray = (impressions: readonly string[]) =>
      stamped(impressions).map((document) => ({ ...document, seals: document.seals.map((seal) => ({ ...seal, color: 'gray' as const })) }))
    const grainy = [11.5, 11.7, 11.9, 12.1, 12.3, 12.5].map((noise) => pressImpression(1, noise))
    expect(told(gray(grainy))).toHaveLength(6)
    expect(told(gray(grainy.map((impression, at) => turned(impression, at * 2))))).toEqual([])
    expect(told(stamped(grainy))).toEqual([])
  })

  it('is no wonder on the same sheet that was copied twice', () => {
    const [sheet] = stamped([pressImpression(1)])
    expect(told([sheet!, sheet!])).toEqual([])
  })

  it('tells nothing of what can hardly be seen, or is none', () => {
    expect(compareImpressions(Buffer.alloc(180 * 12, 255).toString('base64'), pressImpression(1))).toBeNull()
    expect(compareImpressions('', pressImpression(1))).toBeNull()
  })
})
