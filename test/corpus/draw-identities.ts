/**
 * Draws identity papers of every kind in every way that they are copied: `node test/corpus/draw-identities.ts --out DIR
 * [--seed N] [--count N] [--device …] [--way …] [--type …] [--held-back]`. Papers go to `DIR/submissions/NAME/`, truth to
 * `DIR/truth/NAME.json`, in the shape that the scorer reads. Longer than 400 lines: the ways of lying share what they place.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { allDevices, copyPage, type Device } from './copy-page.ts'
import { backFields, card, drawBack, drawFront, frontFields } from './draw-identity.ts'
import {
  passport,
  passportStates,
  permanentResidence,
  residencePermit,
  travelPermit,
  type CardFace,
  type IdentityPaper,
  type Traveller,
} from './draw-permits.ts'
import { licenceCopy } from './draw-licence.ts'
import { identityCheck, inventIdNumber } from './invent-identifiers.ts'
import { inventEnterprise, inventPerson, type Enterprise, type Person } from './invent-parties.ts'
import { a4, type Paper, type Side } from './paper.ts'
import { seedRandom, type Random } from './random.ts'
import type { Rect, Sheet } from './sheet.ts'
import { isStrewn, strewFaces, strewnWays } from './strew-faces.ts'
import { cornersOf, truthOf, type CopiedPage, type Truth, type TruthDocument } from './truth.ts'

const types = ['resident', 'residence-permit', 'permanent-resident', 'travel-permit', 'passport'] as const
type IdentityType = (typeof types)[number]
/** How the faces lie on what is copied. */
const ways = [
  'stacked',
  'beside',
  'separate',
  'small',
  'turned',
  'one-upside-down',
  'upside-down',
  'bare',
  'two-people',
  'two-fronts',
  'with-licence',
  ...strewnWays,
] as const
type Way = (typeof ways)[number]

const today = '2026-11-20'

function resident(person: Person): IdentityPaper {
  return {
    type: '居民身份证',
    values: {
      idType: '居民身份证',
      name: person.name,
      sex: person.sex,
      ethnicity: person.ethnicity,
      birthDate: person.birthDate,
      address: person.idAddress,
      idNumber: person.idNumber,
      issuer: person.issuer,
      validFrom: person.idFrom,
      validTo: person.idTo,
    },
    faces: [
      { ...card, fields: frontFields, draw: (sheet) => drawFront(sheet, person) },
      { ...card, fields: backFields, draw: (sheet) => drawBack(sheet, person) },
    ],
  }
}

const foreignStates = [
  { name: '美国', letters: 'USA', figures: '840' },
  { name: '日本', letters: 'JPN', figures: '392' },
  { name: '韩国', letters: 'KOR', figures: '410' },
  { name: '德国', letters: 'DEU', figures: '276' },
] as const

const surnames = ['SMITH', 'MUELLER', 'TANAKA', 'KIM', 'ROSSI', 'CHAN', 'WONG', 'LIN', 'HUANG', 'DUBOIS', 'NGUYEN', 'GARCIA']
const givenNames = ['JOHN', 'ANNA MARIE', 'HIROSHI', 'MIN JUN', 'PAOLA', 'TAI MAN', 'MEI LING', 'CHUN WEI', 'PIERRE', 'LUCAS', 'SOFIA']

function traveller(random: Random, number: string): Traveller {
  const person = inventPerson(random, today)
  const until = `${Number(person.idFrom.slice(0, 4)) + 10}${person.idFrom.slice(4).replace('-02-29', '-02-28')}`
  const from = until > today ? person.idFrom : `${2020 + random.whole(0, 5)}${person.idFrom.slice(4).replace('-02-29', '-02-28')}`
  const idTo = `${Number(from.slice(0, 4)) + 10}${from.slice(4)}`
  return { person: { ...person, idFrom: from, idTo }, latin: { surname: random.pick(surnames), given: random.pick(givenNames) }, number }
}

export function inventIdentity(random: Random, type: IdentityType): IdentityPaper {
  switch (type) {
    case 'resident':
      return resident(inventPerson(random, today))
    case 'residence-permit': {
      const { person } = traveller(random, '')
      const region = random.pick(['810000', '820000', '830000'])
      const idTo = `${Number(person.idFrom.slice(0, 4)) + 5}${person.idFrom.slice(4)}`
      return residencePermit({ ...person, idTo, idNumber: inventIdNumber(random, region, person.birthDate, person.sex) }, random)
    }
    case 'permanent-resident': {
      const own = traveller(random, '')
      const birth = own.person.birthDate.replaceAll('-', '')
      const state = random.pick(foreignStates)
      // Of 2017: state, where and in which order it was given, birth. Of 2023: 9, province, state by its figures, birth, order.
      const body = `9${random.pick(['11', '31', '35', '44'])}${state.figures}${birth}${random.digits(3)}`
      const number = random.chance(0.5) ? `${state.letters}${random.digits(6)}${birth.slice(2)}` : body + identityCheck(body)
      return permanentResidence({ ...own, number }, `${state.name}/${state.letters}`)
    }
    case 'travel-permit': {
      const of = random.pick(['港澳', '台湾'] as const)
      return travelPermit(traveller(random, of === '台湾' ? random.digits(8) : `${random.pick(['H', 'M'])}${random.digits(8)}`), of)
    }
    case 'passport': {
      const state = random.chance(0.5) ? 'CHN' : random.pick(passportStates)
      const number =
        state === 'CHN'
          ? `E${random.chance(0.5) ? random.digits(8) : `${random.pick(Array.from('ABCDEFGHJK'))}${random.digits(7)}`}`
          : state === 'KOR'
            ? `M${random.digits(8)}`
            : state === 'SGP'
              ? `K${random.digits(7)}${random.pick(Array.from('ABCDEFG'))}`
              : `T${random.pick(Array.from('KRSZ'))}${random.digits(7)}`
      return passport(traveller(random, number), state)
    }
  }
}

interface Placed {
  readonly paper: number
  readonly face: CardFace
  /** Middle on the sheet in points, scale, turn in radians. */
  readonly x: number
  readonly y: number
  readonly zoom: number
  readonly turn: number
}

/** One side of paper with faces on it, `before` under them and `after` over them; what each identity paper left on it is kept apart. */
function sideWith(
  size: { width: number; height: number },
  placed: readonly Placed[],
  marks: Map<number, Map<string, Rect>>,
  before?: Pick<Side, 'draw'>,
  after?: (sheet: Sheet) => void,
): Side {
  return {
    ...size,
    screen: false,
    fields: [],
    draw: (sheet) => {
      before?.draw(sheet)
      const own = new Map(sheet.fields)
      for (const { paper, face, x, y, zoom, turn } of placed) {
        sheet.fields.clear()
        sheet.context.save()
        sheet.context.translate(x, y)
        sheet.context.rotate(turn)
        sheet.context.scale(zoom, zoom)
        sheet.context.translate(-face.width / 2, -face.height / 2)
        face.draw(sheet)
        sheet.context.restore()
        const ofPaper = marks.get(paper) ?? new Map<string, Rect>()
        for (const [field, rect] of sheet.fields) ofPaper.set(field, turnRect(rect, face, x, y, zoom, turn))
        marks.set(paper, ofPaper)
      }
      sheet.fields.clear()
      for (const [field, rect] of own) sheet.fields.set(field, rect)
      after?.(sheet)
    },
  }
}

function turnRect([rx, ry, rw, rh]: Rect, face: CardFace, x: number, y: number, zoom: number, turn: number): Rect {
  const [cos, sin] = [Math.cos(turn) * zoom, Math.sin(turn) * zoom]
  const points = [
    [rx, ry],
    [rx + rw, ry],
    [rx, ry + rh],
    [rx + rw, ry + rh],
  ].map(([px, py]) => {
    const [dx, dy] = [px! - face.width / 2, py! - face.height / 2]
    return [x + dx * cos - dy * sin, y + dx * sin + dy * cos] as const
  })
  const [xs, ys] = [points.map(([px]) => px), points.map(([, py]) => py)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top]
}

/** A face that says nothing is not copied by itself. */
const printed = ({ faces }: IdentityPaper): CardFace[] => faces.filter(({ fields }) => fields.length > 0)

interface DrawnSide {
  readonly side: Side
  readonly marks: Map<number, Map<string, Rect>>
  readonly papers: readonly number[]
}

function layOut(
  way: Way,
  papers: readonly IdentityPaper[],
  random: Random,
  licence: Side | undefined,
  enterprise: Enterprise,
): DrawnSide[] {
  const [first, second] = papers as [IdentityPaper, IdentityPaper | undefined]
  const slight = () => random.bell() * 0.015
  const wide = first.faces[0]!.width > 300
  const zoom = wide ? 1 : random.pick([1, 1, 1.15, 1.35])
  const column = (
    faces: readonly (readonly [number, CardFace])[],
    size: { width: number; height: number },
    scale: number,
    turn = 0,
  ): Placed[] => {
    let y = 70 + random.between(0, 30)
    return faces.map(([paper, face]) => {
      const tall = face.height * scale
      const at = { paper, face, x: size.width / 2 + random.bell() * 12, y: y + tall / 2, zoom: scale, turn: turn + slight() }
      y += tall + random.between(26, 60)
      return at
    })
  }
  const facesOf = (paper: number): [number, CardFace][] => papers[paper]!.faces.map((face) => [paper, face])
  const one = (size: { width: number; height: number }, placed: readonly Placed[], before?: Side): DrawnSide[] => {
    const marks = new Map<number, Map<string, Rect>>()
    return [{ side: sideWith(size, placed, marks, before), marks, papers: [...new Set(placed.map(({ paper }) => paper))] }]
  }
  if (isStrewn(way)) {
    const marks = new Map<number, Map<string, Rect>>()
    const { width, height, placed, under, over } = strewFaces(way, first.faces, random, enterprise)
    const side = sideWith(
      { width, height },
      placed.map((at) => ({ ...at, paper: 0 })),
      marks,
      under && { draw: under },
      over,
    )
    return [{ side, marks, papers: [0] }]
  }
  switch (way) {
    case 'stacked':
      return one(a4, column(facesOf(0), a4, zoom))
    case 'upside-down':
      return one(a4, column(facesOf(0), a4, zoom, Math.PI))
    case 'one-upside-down':
      return one(
        a4,
        column(facesOf(0), a4, zoom).map((at, i) => (i === 1 ? { ...at, turn: at.turn + Math.PI } : at)),
      )
    case 'turned': {
      const turn = random.pick([1, -1]) * (Math.PI / 2)
      const placed = facesOf(0).map(([paper, face], i) => ({
        paper,
        face,
        x: wide ? a4.width / 2 : 150 + i * 230 + random.bell() * 10,
        y: wide ? 260 : 220 + random.bell() * 15,
        zoom: 1,
        turn: turn + slight(),
      }))
      return one(a4, placed)
    }
    case 'beside': {
      const size = { width: a4.height, height: a4.width }
      const scale = wide ? 1 : Math.min(zoom, 1.35)
      return one(
        size,
        facesOf(0).map(([paper, face], i) => ({
          paper,
          face,
          x: first.faces.length === 1 ? size.width / 2 : size.width * (i === 0 ? 0.27 : 0.73),
          y: 190 + random.bell() * 8,
          zoom: scale,
          turn: slight(),
        })),
      )
    }
    case 'small': {
      let y = random.between(90, 180)
      const x = random.between(150, a4.width - 150)
      return one(
        a4,
        facesOf(0).map(([paper, face]) => {
          const at = { paper, face, x: wide ? a4.width / 2 : x, y: y + face.height / 2, zoom: wide ? 1 : 0.96, turn: slight() * 2 }
          y += face.height + random.between(30, 200)
          return at
        }),
      )
    }
    case 'separate':
      return printed(first).flatMap((face) => one(a4, column([[0, face]], a4, zoom)))
    case 'bare':
      return printed(first).flatMap((face) => {
        const scale = wide ? 1.5 : 2.3
        const size = { width: face.width * scale, height: face.height * scale }
        return one(size, [{ paper: 0, face, x: size.width / 2, y: size.height / 2, zoom: scale, turn: 0 }])
      })
    case 'two-people':
    case 'two-fronts': {
      const order =
        way === 'two-fronts' || !second
          ? [
              [0, first.faces[0]!],
              [1, second!.faces[0]!],
            ]
          : [...facesOf(0), ...facesOf(1)]
      const grid = order.map(([paper, face], i): Placed => ({
        paper: paper as number,
        face: face as CardFace,
        x: way === 'two-fronts' || wide ? a4.width / 2 : 158 + (i % 2) * 272,
        y: way === 'two-fronts' || wide ? 170 + i * 260 : 170 + Math.floor(i / 2) * 250,
        zoom: way === 'two-fronts' && !wide ? 1.1 : 1,
        turn: slight(),
      }))
      return one(a4, grid)
    }
    case 'with-licence': {
      // A licence on its side in the upper half, both faces of a card below.
      const half: Side = {
        ...a4,
        screen: false,
        fields: [],
        draw: (sheet) => {
          const scale = Math.min((a4.width - 40) / licence!.width, 410 / licence!.height)
          sheet.context.save()
          sheet.context.translate(20, 20)
          sheet.context.scale(scale, scale)
          const inner = withSize(sheet, licence!)
          licence!.draw(inner)
          sheet.context.restore()
          for (const [field, [x, y, w, h]] of inner.fields) sheet.fields.set(field, [20 + x * scale, 20 + y * scale, w * scale, h * scale])
        },
      }
      const placed = facesOf(0).map(([paper, face], i) => ({
        paper,
        face,
        x: 158 + i * 272,
        y: 570 + random.bell() * 8,
        zoom: 1,
        turn: slight(),
      }))
      return one(a4, placed, half)
    }
  }
}

/** The same pen on a sheet of another size. */
const withSize = (sheet: Sheet, { width, height }: Side): Sheet =>
  Object.assign(Object.create(Object.getPrototypeOf(sheet) as object) as Sheet, sheet, { width, height, fields: new Map(), seals: [] })

const usage = `draw-identities --out DIR [--seed N] [--count N] [--device ${allDevices.join('|')}] [--way ${ways.join('|')}] [--type ${types.join('|')}] [--held-back]`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '12' },
      device: { type: 'string' },
      way: { type: 'string' },
      type: { type: 'string' },
      'held-back': { type: 'boolean', default: false },
    },
  })
  if (values.out === undefined) {
    console.log(usage)
    process.exitCode = 2
    return
  }
  await mkdir(join(values.out, 'truth'), { recursive: true })
  const first = Number(values.seed) + (values['held-back'] ? 900_000 : 0)
  for (let seed = first; seed < first + Number(values.count); seed++) {
    const random = seedRandom(`identity-${seed}`)
    const device = (values.device as Device | undefined) ?? random.pick(['scan200', 'scan300', 'gray', 'phone', 'phone', 'fax'] as const)
    const type = (values.type as IdentityType | undefined) ?? random.pick(['resident', 'resident', 'resident', ...types])
    const way = (values.way as Way | undefined) ?? random.pick(ways)
    const truth = await drawIdentity(values.out, seed, device, type, way, values['held-back'])
    console.error(truth.name)
  }
}

async function drawIdentity(out: string, seed: number, device: Device, type: IdentityType, way: Way, heldBack: boolean): Promise<Truth> {
  const random = seedRandom(`identity-${seed}`).fork('drawing')
  const enterprise = inventEnterprise(random.fork('enterprise'), today)
  const isTwo = way === 'two-people' || way === 'two-fronts'
  const papers = [inventIdentity(random.fork('one'), type), ...(isTwo ? [inventIdentity(random.fork('two'), type)] : [])]
  const licence: Paper | undefined =
    way === 'with-licence'
      ? licenceCopy(
          enterprise,
          inventPerson(random.fork('legal'), today).name,
          { orientation: 'landscape', face: 'serif', term: true },
          () => undefined,
        )
      : undefined
  const name = `${seed}-${type}-${way}-${device}`
  const folder = join(out, 'submissions', name)
  await mkdir(folder, { recursive: true })
  const sides = layOut(way, papers, random.fork('layout'), licence?.sides[0], enterprise)
  const copies = new Map<number, CopiedPage[]>()
  let licencePage: CopiedPage | undefined
  for (const [at, { side, marks, papers: on }] of sides.entries()) {
    const copy = await copyPage(side, random.fork(`side-${at}`), device, random.fork(`copy-${at}`), { heldBack })
    const file = `${seed}.身份证_${at + 1}.${copy.extension}`
    await writeFile(join(folder, file), copy.bytes)
    const page = { file, page: 1, rotation: copy.rotation, device, corners: cornersOf(side.width, side.height, copy.place) }
    const pageOf = (fields: Map<string, Rect>, seals: Sheet['seals']): CopiedPage => ({
      sheet: Object.assign(Object.create(copy.sheet) as Sheet, { fields, seals }),
      place: copy.place,
      color: copy.color,
      source: 'ocr',
      page,
    })
    for (const paper of on) copies.set(paper, [...(copies.get(paper) ?? []), pageOf(marks.get(paper)!, licence ? [] : copy.sheet.seals)])
    if (licence) licencePage = pageOf(copy.sheet.fields, copy.sheet.seals)
  }
  const documents: TruthDocument[] = []
  if (licence && licencePage) documents.push(truthOf(licence, [licencePage]))
  for (const [paper, pages] of copies) {
    // Faces on several sheets are several documents; each says what stands on it, and what it is.
    for (const page of pages) {
      const shown = new Set(page.sheet.fields.keys())
      const own = Object.fromEntries(Object.entries(papers[paper]!.values).filter(([field]) => field === 'idType' || shown.has(field)))
      documents.push(truthOf({ kind: 'identity-document', role: '', values: own, sides: [] }, [page]))
    }
  }
  const truth: Truth = {
    name,
    seed,
    device,
    writing: 'typed',
    layout: way,
    heldBack,
    packaging: 'folder',
    service: 'renew',
    enterprise: { name: enterprise.name, uscc: enterprise.uscc },
    faults: [],
    findings: [],
    decision: null,
    documents,
  }
  await writeFile(join(out, 'truth', `${name}.json`), JSON.stringify(truth, null, 1))
  return truth
}

if (import.meta.main) await main()
