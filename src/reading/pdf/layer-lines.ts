/** From the characters of a text layer to lines, as a recogniser would give them. */
import type { Quarter } from '../decode/orient-raster.ts'
import type { Cell, Rectangle, TextLine } from '../page.ts'
import { unnamed, type LayerCharacter } from './read-text-layer.ts'

/** A gap wider than this many heights begins another line: the next column or cell. */
const widestGap = 1.2

/** Which way most characters stand: the turn that a page needs when its text lies on its side. */
export function turnOfLayer(characters: readonly LayerCharacter[]): Quarter {
  const votes = new Map<Quarter, number>()
  for (const { turn } of characters) {
    const quarter = ((((Math.round(-turn / 90) * 90) % 360) + 360) % 360) as Quarter
    votes.set(quarter, (votes.get(quarter) ?? 0) + 1)
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

/** The places of characters after the picture (width × height) has been turned clockwise. */
export function turnCharacters(characters: readonly LayerCharacter[], degrees: Quarter, width: number, height: number): LayerCharacter[] {
  return characters.map((character) => ({
    ...character,
    box: turnBox(character.box, degrees, width, height),
    turn: character.turn + degrees,
  }))
}

export function turnBox({ x, y, width: w, height: h }: Rectangle, degrees: Quarter, width: number, height: number): Rectangle {
  if (degrees === 90) return { x: height - y - h, y: x, width: h, height: w }
  if (degrees === 180) return { x: width - x - w, y: height - y - h, width: w, height: h }
  if (degrees === 270) return { x: y, y: width - x - w, width: h, height: w }
  return { x, y, width: w, height: h }
}

/** Lines of upright characters; none crosses from one cell to another, and one that lacks a name for a character is left to be read. */
export function layerLines(characters: readonly LayerCharacter[], cells: readonly Cell[]): TextLine[] {
  const upright = characters.filter(({ turn }) => Math.abs(((turn + 540) % 360) - 180) < 10)
  const cellOf = ({ box }: LayerCharacter) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    return cells.findLastIndex(
      (cell) => x >= cell.box.x && x < cell.box.x + cell.box.width && y >= cell.box.y && y < cell.box.y + cell.box.height,
    )
  }
  const runs: LayerCharacter[][] = []
  let cell = -1
  for (const character of upright) {
    const last = runs.at(-1)?.at(-1)
    const here = cellOf(character)
    if (last && here === cell && follows(last, character)) runs.at(-1)!.push(character)
    else if (!character.isBlank) runs.push([character])
    else continue
    cell = here
  }
  return joinRuns(runs.map(asLine), cells).filter(({ text }) => !text.includes(unnamed))
}

/** On the same line, and no farther to the right than a wide blank. */
function follows(last: LayerCharacter, next: LayerCharacter): boolean {
  const height = Math.max(last.box.height, next.box.height)
  const isLevel = Math.abs(last.box.y + last.box.height / 2 - next.box.y - next.box.height / 2) < height * 0.4
  const gap = next.box.x - last.box.x - last.box.width
  return isLevel && gap < height * widestGap && gap > -height * 0.6
}

function asLine(run: readonly LayerCharacter[]): TextLine {
  const kept = run.slice(0, run.findLastIndex(({ isBlank }) => !isBlank) + 1)
  const left = Math.min(...kept.map(({ box }) => box.x))
  const top = Math.min(...kept.map(({ box }) => box.y))
  const right = Math.max(...kept.map(({ box }) => box.x + box.width))
  const bottom = Math.max(...kept.map(({ box }) => box.y + box.height))
  return {
    text: kept.map(({ character, isBlank }) => (isBlank ? ' ' : character)).join(''),
    confidence: 1,
    box: { x: left, y: top, width: right - left, height: bottom - top },
    glyphs: kept.map(({ character, isBlank, box }) => ({
      character: isBlank ? ' ' : character,
      confidence: 1,
      left: box.x,
      right: box.x + box.width,
    })),
    source: 'text-layer',
  }
}

/** A file may draw a line in pieces and out of order: pieces that touch in one cell are one line. */
function joinRuns(lines: readonly TextLine[], cells: readonly Cell[]): TextLine[] {
  const sorted = [...lines].sort((a, b) => a.box.x - b.box.x)
  const joined: TextLine[] = []
  for (const line of sorted) {
    const at = joined.findIndex(({ box }) => {
      const height = Math.max(box.height, line.box.height)
      const gap = line.box.x - box.x - box.width
      const isLevel = Math.abs(box.y + box.height / 2 - line.box.y - line.box.height / 2) < height * 0.3
      return isLevel && gap < height * 0.4 && gap > -height * 0.3 && !isParted(box, line.box, cells)
    })
    const before = joined[at]
    if (!before) {
      joined.push(line)
      continue
    }
    const top = Math.min(before.box.y, line.box.y)
    joined[at] = {
      ...before,
      text: before.text + line.text,
      glyphs: [...before.glyphs, ...line.glyphs],
      box: {
        x: before.box.x,
        y: top,
        width: line.box.x + line.box.width - before.box.x,
        height: Math.max(before.box.y + before.box.height, line.box.y + line.box.height) - top,
      },
    }
  }
  return joined
}

function isParted(a: Rectangle, b: Rectangle, cells: readonly Cell[]): boolean {
  const holds = (cell: Cell, { x, y, width, height }: Rectangle) =>
    x + width / 2 >= cell.box.x &&
    x + width / 2 < cell.box.x + cell.box.width &&
    y + height / 2 >= cell.box.y &&
    y + height / 2 < cell.box.y + cell.box.height
  return cells.some((cell) => holds(cell, a) !== holds(cell, b))
}
