/** The number that a program prints at the foot or the head of a page (第1页，共1页) is nothing that was filled in. */
import { middleY } from './geometry.ts'
import type { Line } from './letters.ts'

/** It stands in this part of a page, from its upper and its lower edge. */
const margin = 0.1
const pageNumber = /^-?(?:第\d{1,3}页[,，、/]?(?:共\d{1,3}页)?|Page\d{1,3}(?:of\d{1,3})?)-?$/iu

/** Below all else, on a sheet that is filled in part: - 1 -, 1/1. */
const atFoot = /^(?:-\d{1,3}-|\d{1,2}\/\d{1,2})$/u

/** What programs print beside it. */
const printed = /^(?:打印(?:日期|时间):|表单编号|\d{4}[-/]\d{1,2}[-/]\d{1,2}\d{2}:\d{2})/u

/** `height` is the page's. */
export function leaveOutPageNumber(lines: readonly Line[], height: number): readonly Line[] {
  const says = ({ text }: Line): boolean => pageNumber.test(text) || atFoot.test(text)
  const lowest = Math.max(...lines.filter((line) => !says(line) && !printed.test(line.text)).map(({ box }) => middleY(box)))
  const isNumber = (line: Line): boolean => {
    const y = middleY(line.box)
    if (pageNumber.test(line.text) && (y < margin * height || y > (1 - margin) * height)) return true
    return says(line) && y > lowest - line.em
  }
  return lines.some(isNumber) ? lines.filter((line) => !isNumber(line)).map((line, index) => ({ ...line, index })) : lines
}
