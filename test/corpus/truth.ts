/** The truth beside a drawn submission: documents in the shape of the command-line contract, and what the office should say. */
import { documentFields, type DocumentKind, type ServiceCode } from '../../src/guide/papers.ts'
import type { Box, Decision, FieldValue, ReadDocument } from '../../src/flow.ts'
import type { ExpectedFinding } from './fill-paper.ts'
import type { Paper } from './paper.ts'
import type { Rect, Sheet } from './sheet.ts'
import type { Point } from './warp.ts'

export interface TruthPage {
  readonly file: string
  readonly page: number
  readonly rotation: 0 | 90 | 180 | 270
  /** How this page was copied: a device, or `screenshot`. */
  readonly device: string
  /** The sheet's corners in the upright picture, clockwise from top left. */
  readonly corners: readonly Point[]
}

/** `legible` is false where no person could read the value on this copy: it is then scored apart. */
export type TruthField = FieldValue & { readonly legible?: false }

export interface TruthDocument extends Omit<ReadDocument, 'pages' | 'fields'> {
  readonly pages: readonly TruthPage[]
  readonly fields: Readonly<Record<string, TruthField>>
}

export interface Truth {
  readonly name: string
  readonly seed: number
  readonly device: string
  readonly writing: string
  readonly layout: string
  readonly heldBack: boolean
  readonly packaging: string
  readonly service: ServiceCode
  readonly enterprise: { readonly name: string; readonly uscc: string }
  readonly faults: readonly string[]
  readonly findings: readonly ExpectedFinding[]
  /** Null: not judged. */
  readonly decision: Decision | null
  readonly documents: readonly TruthDocument[]
}

export interface CopiedPage {
  readonly sheet: Sheet
  readonly place: (point: Point) => Point
  readonly color: boolean
  readonly source: 'ocr' | 'text-layer' | 'acroform'
  readonly page: TruthPage
}

/** The rectangle around a projected rectangle, as fractions of the upright page. */
function boxOf([x, y, width, height]: Rect, place: (point: Point) => Point): Box {
  const points = (
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ] as const
  ).map(place)
  const clamp = (value: number): number => Math.min(1, Math.max(0, value))
  const left = clamp(Math.min(...points.map(([px]) => px)))
  const top = clamp(Math.min(...points.map(([, py]) => py)))
  const round = (value: number): number => Math.round(value * 10000) / 10000
  return [
    round(left),
    round(top),
    round(clamp(Math.max(...points.map(([px]) => px))) - left),
    round(clamp(Math.max(...points.map(([, py]) => py))) - top),
  ]
}

export function cornersOf(width: number, height: number, place: (point: Point) => Point): Point[] {
  return (
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ] as const
  ).map((point) => {
    const [x, y] = place(point)
    return [Math.round(x * 10000) / 10000, Math.round(y * 10000) / 10000]
  })
}

/** The characters of a card or a printed screen are some nine lines tall on a fax of standard resolution: nobody can tell them. */
function isTooSmall(paper: Paper, name: string, copy: CopiedPage): boolean {
  const small = paper.kind === 'identity-document' || paper.kind === 'payment-proof'
  return small && copy.page.device === 'fax-coarse' && /\p{Script=Han}/u.test(JSON.stringify(paper.values[name] ?? ''))
}

export function truthOf(paper: Paper, copies: readonly CopiedPage[]): TruthDocument {
  const fields: Record<string, TruthField> = {}
  for (const { name } of documentFields[paper.kind as DocumentKind]) {
    const at = Math.max(
      0,
      copies.findIndex((copy) => copy.sheet.fields.has(name)),
    )
    const copy = copies[at]!
    const rect = copy.sheet.fields.get(name)
    fields[name] = {
      value: (paper.values[name] ?? null) as FieldValue['value'],
      confidence: 1,
      source: copy.source,
      page: at,
      box: rect === undefined ? null : boxOf(rect, copy.place),
      certain: true,
      ...(copy.sheet.covered.has(name) || isTooSmall(paper, name, copy) ? { legible: false as const } : {}),
    }
  }
  return {
    kind: paper.kind,
    confidence: 1,
    pages: copies.map((copy) => copy.page),
    fields,
    seals: copies.flatMap((copy, page) =>
      copy.sheet.seals.map((seal) => ({
        page,
        box: boxOf(seal.rect, copy.place),
        color: copy.color ? seal.color : ('gray' as const),
        shape: seal.shape,
        text: seal.text,
        confidence: 1,
        role: seal.role,
      })),
    ),
  }
}
