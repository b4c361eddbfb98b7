/** Letters of a seal's ring that were read as lines of the page, and copy stamps, are no value. */
import type { FoundSeal, Rectangle } from '../../page.ts'
import { bottom, middleX, middleY, right } from './geometry.ts'
import type { Line } from './letters.ts'

const usual = '有限公司专用章合同发票财务报关厂店行部'

/** The lines without short ones that lie on a seal and say nothing but letters of its ring. */
export function leaveOutSeals(lines: readonly Line[], seals: readonly FoundSeal[]): Line[] {
  const kept = lines.filter((line) => !seals.some((seal) => isOfSeal(line, seal, lines)))
  return kept.map((line, index) => ({ ...line, index }))
}

function isOfSeal(line: Line, seal: FoundSeal, lines: readonly Line[]): boolean {
  if (line.letters.length > 9 || !lies(line.box, seal.box)) return false
  if (/[★☆※⭐]/u.test(line.text)) return true
  const ring = (seal.text ?? '') + usual
  const han = line.letters.filter((letter) => /\p{Script=Han}/u.test(letter.character))
  const known = han.filter((letter) => ring.includes(letter.character)).length
  // Printed values lie level with other text of the row; letters of a ring lie on its rim.
  const level = lines.some(
    (other) =>
      other !== line &&
      Math.abs(middleY(other.box) - middleY(line.box)) < 0.25 * line.em &&
      Math.abs(other.em - line.em) < 0.25 * line.em &&
      other.letters.length > 2,
  )
  const outward =
    Math.hypot((middleX(line.box) - middleX(seal.box)) / seal.box.width, (middleY(line.box) - middleY(seal.box)) / seal.box.height) * 2
  if (han.length === 0) return line.letters.length <= 3 && line.confidence < 0.8 && !level
  const share = known / han.length
  if (share >= 0.6 && outward > 0.45) return !level || share === 1
  return line.letters.length <= 3 && line.confidence < 0.75 && !level
}

const lies = (box: Rectangle, around: Rectangle): boolean => {
  const margin = 0.08 * around.width
  return (
    box.x > around.x - margin && right(box) < right(around) + margin && box.y > around.y - margin && bottom(box) < bottom(around) + margin
  )
}
