/** The number that a program prints at the foot or the head of a page (第1页，共1页) is nothing that was filled in. */
import { middleY } from './geometry.ts'
import type { Line } from './letters.ts'

/** It stands in this part of a page, from its upper and its lower edge. */
const margin = 0.1
const pageNumber = /^-?(?:第\d{1,3}页[,，、/]?(?:共\d{1,3}页)?|Page\d{1,3}(?:of\d{1,3})?)-?$/iu

/** - 1 - below all else, on a sheet that is filled in part. */
const betweenDashes = /^-\d{1,3}-$/u

/** `height` is the page's. */
export function leaveOutPageNumber(lines: readonly Line[], height: number): readonly Line[] {
  const isNumber = ({ box, text }: Line): boolean =>
    (pageNumber.test(text) && (middleY(box) < margin * height || middleY(box) > (1 - margin) * height)) ||
    (betweenDashes.test(text) && lines.every((other) => middleY(other.box) <= middleY(box)))
  return lines.some(isNumber) ? lines.filter((line) => !isNumber(line)).map((line, index) => ({ ...line, index })) : lines
}
