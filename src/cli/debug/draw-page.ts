/**
 * One page as it was understood: its picture with everything outlined that was found on it, and beside it a column with the
 * key, value, certainty and evidence of each field, tied to its outline.
 */
import sharp from 'sharp'
import type { Box, FieldValue, ReadDocument, Seal } from '../../flow.ts'
import { evidenceSummary } from '../../guide/evidence-words.ts'
import { documentFields, documentTitles } from '../../guide/papers.ts'
import type { PageSight } from '../../reading/page.ts'
import type { TextOutlines } from './outline-text.ts'

export interface PageToDraw {
  readonly title: string
  /** The upright page as JPEG. */
  readonly image: Uint8Array
  readonly width: number
  readonly height: number
  /** The papers on it, each with the page's index among its own pages. */
  readonly papers: readonly { readonly document: ReadDocument; readonly page: number }[]
  readonly sight: PageSight
}

/** Colour and line of every state: told apart without colours too. */
const looks = {
  certain: { stroke: '#118844', dash: '', sign: '✓' },
  doubtful: { stroke: '#c77700', dash: '7 4', sign: '?' },
  unread: { stroke: '#cc2222', dash: '2 4', sign: '✗' },
  blank: { stroke: '#8a929c', dash: '1 5', sign: '·' },
} as const
type State = keyof typeof looks
const sealStroke = '#7a2fc2'
const tickStroke = '#c2188f'
const codeStroke = '#007f8c'

const columnWidth = 560
const margin = 12
const keySize = 13
const valueSize = 16
const entryHeight = 44

interface Entry {
  readonly key: string
  readonly value: string
  readonly note: string
  readonly stroke: string
  /** Where its outline ends, for the line that ties both; null when it has no place. */
  readonly tie: readonly [x: number, y: number] | null
}

/** PNG with a palette of 256 colours: a page of A4 is 0.3 to 1 MB. */
export async function drawPage(page: PageToDraw, text: TextOutlines): Promise<Buffer> {
  const outlines: string[] = [...faintOutlines(page), ...checkBoxOutlines(page)]
  const entries: Entry[] = []
  for (const { document, page: at } of page.papers) {
    for (const { name } of documentFields[document.kind]) {
      const field = document.fields[name]
      if (!field || field.page !== at) continue
      const { outline, entry } = fieldOf(name, field, page)
      outlines.push(outline)
      entries.push(entry)
    }
    for (const seal of document.seals) {
      if (seal.page !== at) continue
      const { outline, entry } = sealOf(seal, page)
      outlines.push(outline)
      entries.push(entry)
    }
  }
  for (const code of page.sight.barcodes) {
    const [x, y, width, height] = inPixels(code.box, page)
    outlines.push(rectangle([x, y, width, height], codeStroke, '', 3))
    entries.push({ key: code.format, value: code.text, note: '', stroke: codeStroke, tie: [x + width, y + height / 2] })
  }
  const column = drawColumn(page, entries, text)
  const height = Math.max(page.height, Math.ceil(column.height))
  const width = page.width + columnWidth
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${text.definitions()}</defs>${outlines.join('')}<path d="M${page.width} 0V${height}" stroke="#c3cad3"/>${column.svg}</svg>`
  return sharp(page.image)
    .extend({ right: columnWidth, bottom: height - page.height, background: '#ffffff' })
    .composite([{ input: Buffer.from(overlay) }])
    .png({ palette: true, quality: 90, effort: 3, compressionLevel: 9 })
    .toBuffer()
}

function faintOutlines({ sight, ...page }: PageToDraw): string[] {
  return [
    ...sight.cells.map((box) => rectangle(inPixels(box, page), '#3b82f6', '', 1, 0.35)),
    ...sight.lines.map((box) => {
      const [x, y, width, height] = inPixels(box, page)
      return `<path d="M${x} ${y + height}h${width}" stroke="#555" stroke-width="1" stroke-opacity="0.55" fill="none"/>`
    }),
  ]
}

function checkBoxOutlines({ sight, ...page }: PageToDraw): string[] {
  return sight.checkBoxes.map(({ box, checked, confidence }) => {
    const [x, y, width, height] = inPixels(box, page)
    const doubt = confidence < 0.8 ? '3 2' : ''
    const frame = rectangle([x - 3, y - 3, width + 6, height + 6], tickStroke, doubt, checked ? 3 : 1.5)
    // A tick of our own beside the box: what is inside stays to be seen.
    return checked
      ? `${frame}<path d="M${x - 15} ${y + height / 2}l4 5l7 -11" stroke="${tickStroke}" stroke-width="2.5" fill="none"/>`
      : frame
  })
}

function fieldOf(name: string, field: FieldValue, page: PageToDraw): { outline: string; entry: Entry } {
  const state: State = field.value === null ? (field.certain ? 'blank' : 'unread') : field.certain ? 'certain' : 'doubtful'
  const { stroke, dash, sign } = looks[state]
  const box = field.box && inPixels(field.box, page)
  return {
    outline: box ? rectangle(box, stroke, dash, state === 'blank' ? 1.5 : 2.5) : '',
    entry: {
      key: `${sign} ${name}`,
      value: valueOf(field),
      note: [field.source === 'ocr' ? '' : field.source, ...evidenceSummary(field.evidence, 4)].filter((one) => one !== '').join('、'),
      stroke,
      tie: box && [box[0] + box[2], box[1] + box[3] / 2],
    },
  }
}

const valueOf = ({ value }: FieldValue): string =>
  value === null
    ? '—'
    : typeof value === 'string'
      ? value
      : value.map((one) => (typeof one === 'string' ? one : `${one.name}×${one.quantity ?? '?'} ${one.price ?? ''}`)).join('；')

function sealOf(seal: Seal, page: PageToDraw): { outline: string; entry: Entry } {
  const [x, y, width, height] = inPixels(seal.box, page)
  const role = seal.role ?? 'company'
  return {
    outline: `<ellipse cx="${x + width / 2}" cy="${y + height / 2}" rx="${width / 2 + 3}" ry="${height / 2 + 3}" fill="none" stroke="${sealStroke}" stroke-width="3"${role === 'company' ? '' : ' stroke-dasharray="9 6"'}/>`,
    entry: {
      key: `◎ seal ${role} ${seal.color} ${seal.shape} ${seal.confidence.toFixed(2)}`,
      value: seal.text ?? '—',
      note: '',
      stroke: sealStroke,
      tie: [x + width + 3, y + height / 2],
    },
  }
}

/** Entries stand at the height of their outlines as far as there is room, in the order of the paper, what has no place at the end. */
function drawColumn(page: PageToDraw, entries: readonly Entry[], text: TextOutlines): { svg: string; height: number } {
  const x = page.width + margin
  const most = columnWidth - 2 * margin
  const heading = page.papers.map(({ document }) => `${documentTitles[document.kind]} ${document.confidence.toFixed(3)}`).join('、')
  let svg = text.draw(page.title, { x, y: 22, size: valueSize, fill: '#1a2330', most }).svg
  svg += text.draw(heading, { x, y: 46, size: valueSize, fill: '#1a2330', most }).svg
  const top = 58
  const placed = entries.filter(({ tie }) => tie).toSorted((one, other) => one.tie![1] - other.tie![1])
  const tops = spread(
    placed.map(({ tie }) => tie![1] - entryHeight / 2),
    top,
    page.height,
  )
  const unplaced = entries.filter(({ tie }) => !tie)
  const after = Math.max(top, (tops.at(-1) ?? top) + entryHeight)
  const all = [
    ...placed.map((entry, at) => ({ entry, y: tops[at]! })),
    ...unplaced.map((entry, at) => ({ entry, y: after + at * entryHeight })),
  ]
  for (const { entry, y } of all) {
    svg += `<rect x="${x - 6}" y="${y + 3}" width="3" height="${entryHeight - 8}" fill="${entry.stroke}"/>`
    if (entry.tie)
      svg += `<path d="M${entry.tie[0]} ${entry.tie[1]}L${x - 6} ${y + entryHeight / 2}" stroke="${entry.stroke}" stroke-width="1" stroke-opacity="0.5" fill="none"/>`
    const key = text.draw(entry.key, { x, y: y + 16, size: keySize, fill: entry.stroke, most })
    svg += key.svg
    svg += text.draw(entry.note, { x: x + key.width + 10, y: y + 16, size: keySize - 2, fill: '#6b7684', most: most - key.width - 10 }).svg
    svg += text.draw(entry.value, { x, y: y + 36, size: valueSize, fill: '#1a2330', most }).svg
  }
  return { svg, height: Math.max(0, ...all.map(({ y }) => y + entryHeight + margin)) }
}

/** Tops at least an entry apart, as near to where they are wanted as that allows, and not below the page where there is room above. */
function spread(wanted: readonly number[], top: number, bottom: number): number[] {
  const tops: number[] = []
  for (const y of wanted) tops.push(Math.max(y, (tops.at(-1) ?? top - entryHeight) + entryHeight))
  let limit = Math.max(bottom, top + tops.length * entryHeight)
  for (let at = tops.length - 1; at >= 0; at--) {
    limit -= entryHeight
    tops[at] = Math.min(tops[at]!, limit)
    limit = tops[at]!
  }
  return tops
}

function rectangle([x, y, width, height]: readonly number[], stroke: string, dash: string, thick: number, opacity = 1): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${stroke}" stroke-width="${thick}" stroke-opacity="${opacity}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`
}

const inPixels = (
  [x, y, width, height]: Box,
  page: { readonly width: number; readonly height: number },
): [number, number, number, number] => [
  Math.round(x * page.width),
  Math.round(y * page.height),
  Math.max(2, Math.round(width * page.width)),
  Math.max(2, Math.round(height * page.height)),
]
