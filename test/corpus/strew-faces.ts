/**
 * Cards copied as people do it who never saw a good copy: askew and of two sizes, enlarged by the copy shop until they fill
 * the sheet, one sideways or on its head beside the other, over the edge of the glass, the lid open and the exposure dark, a
 * seal pressed over the number, or laid bare on a table.
 */
import type { CardFace } from './draw-permits.ts'
import { designSeal, pressSeal, wearSeal } from './draw-seal.ts'
import type { Enterprise } from './invent-parties.ts'
import { a4 } from './paper.ts'
import type { Random } from './random.ts'
import type { Sheet } from './sheet.ts'

export const strewnWays = [
  'strewn',
  'enlarged',
  'sideways-beside',
  'upside-down-beside',
  'over-the-edge',
  'lid-open',
  'dark',
  'sealed',
  'on-table',
] as const
type StrewnWay = (typeof strewnWays)[number]

export const isStrewn = (way: string): way is StrewnWay => strewnWays.some((known) => known === way)

/** Middle on the sheet in points, scale, turn in radians. */
interface StrewnFace {
  readonly face: CardFace
  readonly x: number
  readonly y: number
  readonly zoom: number
  readonly turn: number
}

interface Strewn {
  readonly width: number
  readonly height: number
  readonly placed: readonly StrewnFace[]
  readonly under?: (sheet: Sheet) => void
  readonly over?: (sheet: Sheet) => void
}

export function strewFaces(way: StrewnWay, faces: readonly CardFace[], random: Random, enterprise: Enterprise): Strewn {
  const lying = { width: a4.height, height: a4.width }
  const wide = faces[0]!.width > 300
  const slight = () => random.bell() * 0.02
  const plain = stack(faces, random, wide ? 1 : random.between(1, 1.3), slight)
  switch (way) {
    case 'strewn':
      return { ...a4, placed: strew(faces, random, wide) }
    case 'enlarged': {
      const zoom = wide ? random.between(1.2, 1.5) : random.between(1.7, 2.2)
      return { ...a4, placed: stack(faces, random, zoom, slight) }
    }
    case 'sideways-beside':
    case 'upside-down-beside': {
      const odd = random.whole(0, faces.length - 1)
      const turn = way === 'upside-down-beside' ? Math.PI : random.pick([1, -1]) * (Math.PI / 2)
      const zoom = wide ? 0.95 : random.between(1, 1.3)
      return {
        ...lying,
        placed: faces.map((face, i) => ({
          face,
          x: faces.length === 1 ? lying.width / 2 : lying.width * (i === 0 ? 0.26 : 0.74) + random.bell() * 8,
          y: 230 + random.bell() * 14,
          zoom,
          turn: slight() + (i === odd ? turn : 0),
        })),
      }
    }
    case 'over-the-edge':
      // The labels at its left end lie off the glass; the values do not.
      return {
        ...a4,
        placed: plain.map((at) => ({
          ...at,
          x: (at.face.width / 2) * at.zoom - random.between(8, wide ? 12 : 30) * at.zoom,
          turn: random.bell() * 0.006,
        })),
      }
    case 'lid-open':
      return { ...a4, placed: plain, under: (sheet) => fill(sheet, random.pick(['#161616', '#2a2a2c', '#3b3936'])) }
    case 'dark': {
      const depth = random.pick(['#9a9a9a', '#b0aca6', '#868686'])
      return { ...a4, placed: plain, over: (sheet) => multiply(sheet, depth) }
    }
    case 'sealed':
      return { ...a4, placed: plain, over: (sheet) => seal(sheet, plain[0]!, random, enterprise) }
    case 'on-table': {
      const size = { width: 520, height: 390 }
      const zoom = wide ? 0.8 : 0.95
      return {
        ...size,
        under: (sheet) => table(sheet, random),
        placed: faces.map((face, i) => ({
          face,
          x: faces.length === 1 ? 260 : 132 + i * 256,
          y: wide && faces.length > 1 ? 110 + i * 170 : 190 + random.bell() * 20,
          zoom,
          turn: random.bell() * 0.05,
        })),
      }
    }
  }
}

function stack(faces: readonly CardFace[], random: Random, zoom: number, slant: () => number): StrewnFace[] {
  let y = 30 + random.between(0, 40)
  return faces.map((face) => {
    const tall = face.height * zoom
    const room = Math.max(0, a4.width - face.width * zoom)
    const at = { face, x: a4.width / 2 + room * random.between(-0.4, 0.4), y: y + tall / 2, zoom, turn: slant() }
    y += tall + random.between(8, 50)
    return at
  })
}

/** Anywhere, each at a size and a slant of its own. */
function strew(faces: readonly CardFace[], random: Random, wide: boolean): StrewnFace[] {
  const half = a4.height / 2
  return faces.map((face, i) => {
    const zoom = wide ? random.between(0.85, 1.1) : random.between(0.85, 1.6)
    const turn = random.between(-0.13, 0.13)
    const [w, h] = [face.width * zoom * 1.12, face.height * zoom * 1.3]
    return {
      face,
      x: random.between(Math.min(w, a4.width) / 2, a4.width - Math.min(w, a4.width) / 2),
      y: i * half + random.between(h / 2 + 8, half - h / 2 - 8),
      zoom,
      turn,
    }
  })
}

function fill(sheet: Sheet, color: string): void {
  sheet.context.fillStyle = color
  sheet.context.fillRect(-sheet.width, -sheet.height, sheet.width * 3, sheet.height * 3)
}

function multiply(sheet: Sheet, color: string): void {
  sheet.context.save()
  sheet.context.globalCompositeOperation = 'multiply'
  fill(sheet, color)
  sheet.context.restore()
}

/** Over the end of the number, or over the name. */
function seal(sheet: Sheet, { face, x, y, zoom }: StrewnFace, random: Random, enterprise: Enterprise): void {
  const design = designSeal(random.fork('seal'), enterprise.name, enterprise.sealNumber)
  const [dx, dy] = random.pick([
    [0.24, 0.36],
    [0.05, 0.4],
    [-0.3, -0.3],
    [-0.2, 0.05],
  ] as const)
  pressSeal(sheet, design, wearSeal(random.fork('wear')), x + dx * face.width * zoom, y + dy * face.height * zoom)
}

/** Boards with their grain. */
function table(sheet: Sheet, random: Random): void {
  fill(sheet, random.pick(['#8a6642', '#6d4f35', '#b58f63', '#4d4a46', '#7d8790']))
  const { context } = sheet
  for (let i = 0; i < 160; i++) {
    context.globalAlpha = random.between(0.03, 0.12)
    context.fillStyle = random.chance(0.5) ? '#000' : '#fff'
    context.fillRect(0, random.between(0, sheet.height), sheet.width, random.between(0.4, 4))
  }
  context.globalAlpha = 1
}
