/** The number of a card of which not all figures could be read: decoded place by place along its row. */
import type { PaperInHand } from './read-fields.ts'
import { sealsOver } from './read-twice.ts'
import { isTravelPaper } from './read-travel-paper.ts'
import { right, rowOverlap } from './text/geometry.ts'
import type { Letter } from './text/letters.ts'
import { decodeRow, rowOf, type Row } from './values/number-row.ts'

/** So many figures at the begin of the row may be hidden. */
const mostHidden = 12
/** 公民身份号码 */
const lettersOfLabel = 6
/** A number with the room before it, in widths of its label: up to 3.3 on the copies that were measured. */
const longestNumber = 3.7

export async function readNumberRow(paper: PaperInHand): Promise<void> {
  const { values, content } = paper
  const read = values.get('idNumber')
  if (read?.evidence.includes('check-digit') || read?.source === 'text-layer' || isTravelPaper(values.get('idType')?.value)) return
  const letters = figuresOfRow(paper)
  const row = letters && rowOf(letters)
  if (!row) return
  const line = paper.lines.find((one) => one.letters.includes(letters[0]!))!
  const label = paper.hits.find((hit) => hit.field === 'idNumber' && rowOverlap(hit.box, line.box) > 0.3)
  const least = label ? right(label.box) : line.box.x - mostHidden * row.pitch
  // Of a label under the seal only the begin may have been read.
  const furthest = (4 + (label ? 1.4 * Math.max(0, lettersOfLabel - label.text.length) : 0)) * row.pitch
  const birth = values.get('birthDate')
  const isPrinted = typeof birth?.value === 'string' && !birth.evidence.includes('from-id-number')
  const sex = values.get('sex')
  const isSealed = sealsOver(paper, line.box).some(({ color }) => color === 'gray')
  const found = new Map<string, Row>()
  // Where the label stands the first figure follows within four; else the row may begin anywhere before what was read.
  for (let hidden = 0; hidden <= mostHidden; hidden++) {
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
    const number = decodeRow(
      [...lattice, ...asItIs],
      { ...row, start },
      isPrinted ? (birth.value as string) : null,
      typeof sex?.value === 'string' && !sex.evidence.includes('from-id-number') ? sex.value : null,
    )
    if (number) found.set(number, { ...row, start })
  }
  if (found.size !== 1) return
  const [number, own] = [...found][0]!
  values.set('idNumber', {
    value: number,
    confidence: 0.6,
    least: 0.6,
    source: 'ocr',
    box: { x: own.start - own.pitch / 2, y: line.box.y, width: 18 * own.pitch, height: line.box.height },
    parts: [],
    evidence: ['check-digit', 'mended', 'second-reading'],
    wellFormed: true,
  })
}

/** How far right the number of a face may reach that was not read whole, by the width of its label; 0 where it was, or the label was not. */
export function endOfNumberRow({ values, hits }: PaperInHand): number {
  const label = hits.find((hit) => hit.field === 'idNumber' && hit.text.length >= lettersOfLabel)
  if (!label || values.get('idNumber')?.evidence.includes('check-digit')) return 0
  return right(label.box) + longestNumber * label.box.width
}

/** The longest run of figures on the row of the number, or on any row where its label is lost. */
function figuresOfRow({ lines, hits }: PaperInHand): readonly Letter[] | null {
  const label = hits.find((hit) => hit.field === 'idNumber')
  const runs = lines
    .filter((line) => !label || rowOverlap(label.box, line.box) > 0.3)
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
