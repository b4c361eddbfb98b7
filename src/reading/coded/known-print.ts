/** What zhika printed on its own form need not be recognised: its words stand where the template has them. */
import { documentFields } from '../../guide/papers.ts'
import type { Rectangle, TextLine } from '../page.ts'
import type { PlacedTemplate } from './place-template.ts'

/** Points to millimetres. */
const point = 0.3528

/** The title, the labels and the words beside the boxes to tick, as lines of the page. */
export function knownPrint({ form, title, labels, ticks, fields, scale }: PlacedTemplate, source: TextLine['source']): TextLine[] {
  const lineFrom = (...words: Parameters<typeof printedLine>): TextLine => ({ ...printedLine(...words), source })
  const lines = [lineFrom(form.title, title.x, title, 21 * point * scale)]
  for (const { item, room } of labels) {
    const size = (item.heading ? 10.5 : 10) * point * scale
    const width = widthOf(item.label, size)
    const spare = room.width - width
    const shift = item.align === 'left' ? 0 : item.align === 'right' ? spare : spare / 2
    lines.push(lineFrom(item.label, room.x + shift, room, size))
  }
  for (const { item, box } of ticks) lines.push(lineFrom(item.label, box.x + box.width + 1.6 * scale, box, 10.5 * point * scale))
  // A date under a seal has no label on paper; here it gets one, left of it, where nothing is printed.
  for (const { item, room } of fields) {
    const label = documentFields[form.kind].find(({ name }) => name === item.field)?.label
    if (item.open && label && !lines.some((line) => line.text === label)) {
      const size = 10 * point * scale
      lines.push(lineFrom(label, room.x - widthOf(label, size) - scale, room, size))
    }
  }
  return lines
}

const widthOf = (text: string, size: number): number => Array.from(text).length * size

function printedLine(text: string, x: number, { y, height }: Rectangle, size: number): Omit<TextLine, 'source'> {
  const glyphs = Array.from(text, (character, at) => ({ character, confidence: 1, left: x + at * size, right: x + (at + 1) * size }))
  const box = { x, y: y + (height - 1.3 * size) / 2, width: widthOf(text, size), height: 1.3 * size }
  return { text, confidence: 1, box, glyphs }
}
