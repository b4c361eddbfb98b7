/** What an office stamps on a paper that it takes in: 收发室 over a day, 已收 over a day. Neither is what the enterprise wrote. */
import { columnOverlap, middleX, middleY } from './geometry.ts'
import type { Line } from './letters.ts'

const received =
  /^(?:邮件|文件|来文|业务|材料)?(?:已收|收讫|已收讫|收文|收件|签收|已签收|收发|登记|已登记|已受理|收发室|传达室|档案室|办公室|前台|门卫)(?:专用)?章?$/u
const day = /^\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?$/u
/** In characters: the rows of a stamp stand so close, one in the middle above the other. */
const [nearRow, offMiddle] = [2, 1]

export function leaveOutReceipts(lines: readonly Line[]): Line[] {
  const words = lines.filter(({ text }) => received.test(text))
  if (words.length === 0) return [...lines]
  const stamps = new Set(
    words.flatMap((word) => lines.filter((line) => day.test(line.text) && isOfOne(word, line)).flatMap((line) => [word, line])),
  )
  return lines.filter((line) => !stamps.has(line)).map((line, index) => ({ ...line, index }))
}

const isOfOne = ({ box: word, em }: Line, { box: date }: Line): boolean =>
  columnOverlap(word, date) > 0.6 &&
  Math.abs(middleY(word) - middleY(date)) < nearRow * em &&
  Math.abs(middleX(word) - middleX(date)) < offMiddle * em
