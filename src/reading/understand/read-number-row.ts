/** The number of a card of which not all figures could be read: decoded place by place along its row. */
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { sealsOver } from './read-twice.ts'
import { isTravelPaper } from './read-travel-paper.ts'
import { right, rowOverlap } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import { atHome, numberAtHome } from './values/number-at-home.ts'
import { decodeRow, rowOf, type Row } from './values/number-row.ts'
import { spellNumber } from './values/spell-number.ts'

/** So many figures at the begin of the row may be hidden. */
const mostHidden = 12
/** 公民身份号码 */
const lettersOfLabel = 6
/** A number with the room before it, in widths of its label: up to 3.3 on the copies that were measured. */
const longestNumber = 3.7

export async function readNumberRow(paper: PaperInHand): Promise<void> {
  const { values, content } = paper
  const read = values.get('idNumber')
  const address = values.get('address')?.value
  const home = typeof address === 'string' ? address : ''
  const take = (number: string, box: Rectangle): void => {
    const value = atHome(number, home)
    const evidence = ['check-digit', 'mended', 'second-reading', ...(isPrinted ? ['by-birth-date'] : [])]
    values.set('idNumber', { value, confidence: 0.6, least: 0.6, source: 'ocr', box, parts: [], evidence, wellFormed: true })
  }
  if (read?.evidence.includes('check-digit') || read?.source === 'text-layer' || isTravelPaper(values.get('idType')?.value)) return
  const letters = figuresOfRow(paper)
  if (!letters || letters.length === 0) return
  const line = paper.lines.find((one) => one.letters.includes(letters[0]!))!
  const label = paper.hits.find((hit) => hit.field === 'idNumber' && rowOverlap(hit.box, line.box) > 0.3)
  const birth = values.get('birthDate')
  const isPrinted = typeof birth?.value === 'string' && !birth.evidence.includes('from-id-number')
  const sex = values.get('sex')
  const known = typeof sex?.value === 'string' && !sex.evidence.includes('from-id-number') ? sex.value : null
  const isSealed = sealsOver(paper, line.box).some(({ color }) => color === 'gray')
  const found = new Map<string, Row>()
  const row = rowOf(letters)
  const least = label ? right(label.box) : line.box.x - mostHidden * (row?.pitch ?? 0)
  // Of a label under the seal only the begin may have been read.
  const furthest = (4 + (label ? 1.4 * Math.max(0, lettersOfLabel - label.text.length) : 0)) * (row?.pitch ?? 0)
  // Where the label stands the first figure follows within four; else the row may begin anywhere before what was read.
  for (let hidden = 0; row && hidden <= mostHidden; hidden++) {
    const start = row.start - hidden * row.pitch
    if (start < least || start + 17.5 * row.pitch > content.width) continue
    if (label && start - least > furthest) continue
    const place = {
      x: start - 0.9 * row.pitch,
      y: line.box.y - 0.1 * line.box.height,
      width: 18.8 * row.pitch,
      height: 1.2 * line.box.height,
    }
    const lattice = await paper.tools.latticeOf(place)
    // A line of a seal hides one figure, and what is left without it another.
    const asItIs = isSealed ? await paper.tools.latticeOf(place, { withSeals: true }) : []
    const number = decodeRow([...lattice, ...asItIs], { ...row, start }, isPrinted ? (birth.value as string) : null, known)
    if (number) found.set(number, { ...row, start })
  }
  if (found.size > 1) return
  for (const [number, own] of found)
    take(number, { x: own.start - own.pitch / 2, y: line.box.y, width: 18 * own.pitch, height: line.box.height })
  if (found.size === 0 && isPrinted) {
    const figures = typeof read?.value === 'string' ? read.value : textOf(figuresOn(paper, line))
    const number = numberAtHome(figures.toUpperCase(), home, birth.value as string, known)
    if (number) return take(number, line.box)
  }
  if (found.size === 1 || !label || !isPrinted) return
  // Its figures stand at no one pitch: it is spelled along its row, from the label on.
  const by = 0.1 * line.box.height
  const reach = Math.min(content.width, right(label.box) + longestNumber * label.box.width)
  const place = { x: right(label.box), y: line.box.y - by, width: reach - right(label.box), height: line.box.height + 2 * by }
  const looks = [await paper.tools.latticeOf(place), ...(isSealed ? [await paper.tools.latticeOf(place, { withSeals: true })] : [])]
  const spelled = looks.flatMap((look) => spellNumber(look, birth.value as string, known) ?? [])
  const [best] = spelled.toSorted((one, other) => one.cost - other.cost)
  if (best) take(best.number, place)
}

/** How far right the number of a face may reach that was not read whole, by the width of its label; 0 where it was, or the label was not. */
export function endOfNumberRow({ values, hits }: PaperInHand): number {
  const label = hits.find((hit) => hit.field === 'idNumber' && hit.text.length >= lettersOfLabel)
  if (!label || values.get('idNumber')?.evidence.includes('check-digit')) return 0
  return right(label.box) + longestNumber * label.box.width
}

/** All figures that were read on the row of a line, from left to right. */
const figuresOn = ({ lines }: PaperInHand, row: Line): Letter[] =>
  lines
    .filter(({ box }) => rowOverlap(row.box, box) > 0.3)
    .flatMap(({ letters }) => letters.filter(({ character }) => /[\dXx]/u.test(character)))
    .toSorted((one, other) => one.left - other.left)

const nowhere = { x: -1, y: -1, width: 0, height: 0 }

/** The longest run of figures on the row of the number, or on any row where its label is lost. */
function figuresOfRow({ lines, hits, values }: PaperInHand): readonly Letter[] | null {
  const label = hits.find((hit) => hit.field === 'idNumber')
  // Two dates of a term whose points are lost are a row of as many figures.
  const isOfTerm = (line: Line): boolean =>
    (['validFrom', 'validTo'] as const).some((end) => rowOverlap(values.get(end)?.box ?? nowhere, line.box) > 0.5)
  const runs = lines
    .filter((line) => (label ? rowOverlap(label.box, line.box) > 0.3 : !isOfTerm(line)))
    .map((line) => line.letters.filter(({ left }) => !label || left >= right(label.box) - 2))
    .map(longestRun)
  return runs.toSorted((one, other) => other.length - one.length)[0] ?? null
}

function longestRun(letters: readonly Letter[]): Letter[] {
  let best: Letter[] = []
  let run: Letter[] = []
  for (const letter of letters) {
    run = /[\dXx]/u.test(letter.character) ? [...run, letter] : []
    if (run.length > best.length) best = run
  }
  return best
}
