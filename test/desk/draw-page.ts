/** A page picture with values on it, and the document that a perfect reading would make of it. */
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { createRequire } from 'node:module'
import type { FieldValue, ReadDocument } from '../../src/flow.ts'
import { documentFields, documentTitles, type DocumentKind } from '../../src/guide/papers.ts'
import type { FileStore } from '../../src/platform/files/file-store.ts'

const font = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
const page = { width: 1240, height: 1754 }

export interface DrawnPaper {
  readonly kind: DocumentKind
  readonly file: string
  readonly values: Readonly<Record<string, FieldValue['value']>>
  /** Names of values that nobody should take on trust. */
  readonly doubtful?: readonly string[]
  readonly seal?: string | null
}

const drawn = new Map<string, ReturnType<typeof draw>>()

export async function drawPaper(files: FileStore, paper: DrawnPaper): Promise<ReadDocument> {
  const key = JSON.stringify(paper)
  const known = drawn.get(key) ?? draw(paper)
  drawn.set(key, known)
  const { sha256 } = await files.put(known.picture)
  return {
    kind: paper.kind,
    confidence: 0.998,
    pages: [{ file: paper.file, page: 1, rotation: 0, image: { sha256, ...page } }],
    fields: structuredClone(known.fields),
    seals: known.seals,
  }
}

function draw(paper: DrawnPaper) {
  if (!GlobalFonts.has('page')) GlobalFonts.registerFromPath(font, 'page')
  const canvas = createCanvas(page.width, page.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fdfdfb'
  context.fillRect(0, 0, page.width, page.height)
  context.fillStyle = '#111'
  context.font = '40px page'
  context.textAlign = 'center'
  context.fillText(documentTitles[paper.kind], page.width / 2, 130)
  context.textAlign = 'left'
  const fields: Record<string, FieldValue> = {}
  const rows = documentFields[paper.kind]
  const height = Math.min(74, 1300 / Math.max(1, rows.length))
  for (const [at, { name, label }] of rows.entries()) {
    const y = 200 + at * height
    context.strokeRect(110, y, 1020, height)
    context.strokeRect(110, y, 300, height)
    context.font = '24px page'
    context.fillText(label, 126, y + height / 2 + 9)
    const value = paper.values[name]
    if (value === undefined) continue
    const text = Array.isArray(value) ? value.map((part) => (typeof part === 'string' ? part : part.name)).join('、') : String(value ?? '')
    context.font = '28px page'
    context.fillText(text, 430, y + height / 2 + 10)
    const doubtful = paper.doubtful?.includes(name) ?? false
    fields[name] = {
      value: doubtful && value === null ? null : value,
      confidence: doubtful ? 0.71 : 0.998,
      source: 'ocr',
      page: 0,
      box: [420 / page.width, (y + 8) / page.height, (context.measureText(text).width + 24) / page.width, (height - 16) / page.height],
      certain: !doubtful,
      ...(doubtful ? {} : { evidence: ['format'] }),
    }
  }
  const seals: ReadDocument['seals'] = []
  if (paper.seal) {
    const [x, y, radius] = [930, 1420, 120]
    context.strokeStyle = context.fillStyle = 'rgba(200, 30, 25, 0.8)'
    context.lineWidth = 7
    context.beginPath()
    context.arc(x, y, radius, 0, 7)
    context.stroke()
    context.font = '60px page'
    context.fillText('★', x - 30, y + 20)
    seals.push({
      page: 0,
      box: [(x - radius) / page.width, (y - radius) / page.height, (2 * radius) / page.width, (2 * radius) / page.height],
      color: 'red',
      shape: 'round',
      text: paper.seal,
      confidence: 0.95,
    })
  }
  return { picture: canvas.toBuffer('image/jpeg', 80), fields, seals }
}
