/** What a fax machine prints above a page (2026-11-12 18:36 FROM: TEL: 0592-… P.04/09) is nothing that the sender wrote. */
import { bottom, rowOverlap } from './geometry.ts'
import type { Line } from './letters.ts'

/** It stands in this part of a page, from its upper edge. */
const headRoom = 0.055
const pageOf = /(?:P|Page|第)[.:,·]?\d{1,3}(?:[/／]|页|of)/iu
const sender = /(?:FROM|TEL|FAX|TO)[:：.]/iu
const moment = /\d{1,2}:\d{2}/u

export function leaveOutFaxHead(lines: readonly Line[], height: number): readonly Line[] {
  const head = faxHeadOf(lines, height)
  return head.length === 0 ? lines : lines.filter((line) => !head.includes(line)).map((line, index) => ({ ...line, index }))
}

/** A line that has two of page number, sender and time, and what stands in its row; `height` is the page's. */
export function faxHeadOf(lines: readonly Line[], height: number): readonly Line[] {
  const above = lines.filter((line) => bottom(line.box) < headRoom * height)
  const isInRow = (line: Line, other: Line): boolean => rowOverlap(line.box, other.box) > 0.5
  const isHead = (line: Line): boolean => {
    const row = above.filter((other) => isInRow(line, other)).map(({ text }) => text)
    return [pageOf, sender, moment].filter((mark) => row.some((text) => mark.test(text))).length >= 2
  }
  return above.filter(isHead)
}
