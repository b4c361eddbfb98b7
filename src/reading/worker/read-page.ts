/** One page, from its bytes to the papers on it: decode, stand upright, read, understand. */
import { decodePicture } from '../decode/decode-picture.ts'
import { liftStripes } from '../decode/lift-stripes.ts'
import { turnRaster, type Quarter } from '../decode/orient-raster.ts'
import { readCoverCode } from '../../guide/forms/cover-code.ts'
import type { PageEngine } from '../engine/open-engine.ts'
import { orderLines } from '../engine/order-lines.ts'
import type { Region } from '../engine/measure-regions.ts'
import { findCells } from '../marks/find-cells.ts'
import { findCheckBoxes } from '../marks/find-check-boxes.ts'
import type {
  Cell,
  CheckBox,
  FormValue,
  FoundSeal,
  PageContent,
  PageSight,
  PageTools,
  PaperOnPage,
  Raster,
  Rectangle,
  TextLine,
} from '../page.ts'
import { startPage } from '../pixels/kernels.ts'
import { isRedInk } from '../pixels/tell-red-ink.ts'
import { tellTones } from '../pixels/tell-tones.ts'
import { project, type Projection } from '../raster/warp-raster.ts'
import type { Pdf } from '../pdf/open-pdf.ts'
import { layerLines, turnBox, turnCharacters, turnOfLayer } from '../pdf/layer-lines.ts'
import type { LayerCharacter } from '../pdf/read-text-layer.ts'
import { hasRedMark } from '../seals/find-red-mark.ts'
import { findSeals, type SealsOnPage } from '../seals/find-seals.ts'
import { gatherNames, namesIn } from '../seals/gather-names.ts'
import { tellRegistrar } from '../seals/tell-registrar.ts'
import { fractions } from '../understand/read-paper.ts'
import { isTornBySeals, joinReadings } from '../understand/join-readings.ts'
import { findPapersTogether, type PapersTogether } from '../understand/find-papers-together.ts'
import { understandPage } from '../understand/understand-page.ts'
import { standUpright, type UprightPage } from '../upright/stand-upright.ts'
import type { KnownLine } from '../upright/tell-turn.ts'
import { ownSheets, readPageCodes, type PageCodes } from '../coded/page-codes.ts'
import type { CodedSheet } from '../coded/unpack-values.ts'
import { cutByCells } from './cut-by-cells.ts'
import { deferParagraphs, readParagraphs } from './defer-paragraphs.ts'
import { detectUnderSeals } from './detect-under-seals.ts'
import { encodePage } from './encode-page.ts'
import { fitLine } from './fit-line.ts'
import { liftSeals } from './lift-seals.ts'
import { lookIntoCells } from './look-into-cells.ts'
import { findStrokes } from './find-strokes.ts'
import { formLines, trustLayer, uncovered, withoutSlanted } from './merge-layer.ts'
import type { PageOutcome, ReadTask } from './page-task.ts'
import type { ReadBarcodes } from './read-barcodes.ts'
import { partWrappedLabels } from './part-wrapped-labels.ts'
import { partPen, type PartedLines } from './part-pen.ts'
import { partFigures } from './part-figures.ts'
import { partMergedRows } from './part-merged-rows.ts'
import { placeSheets, placeTwoSheets, type PlacedSheets } from './place-sheets.ts'
import { latticeOf } from './read-line.ts'
import { readInsideThroughSeals, readLineThroughSeals, readThroughSeals, type SealedPage } from './read-through-seals.ts'
import { lookCloser } from './look-closer.ts'
import { isBlank } from './tell-blank.ts'

export interface PageParts {
  readonly engine: PageEngine
  readonly readBarcodes: ReadBarcodes
  /** The open PDF of a task. */
  pdfOf(task: ReadTask): Promise<Pdf>
}

/** Throws `Unreadable` when the page cannot be had. */
export async function readPage(parts: PageParts, task: ReadTask): Promise<PageOutcome> {
  startPage()
  const taken = await takePage(parts, task)
  if (isBlank(taken.raster) && taken.formValues.length === 0) return withoutPapers(taken, { rotation: 0, isBlank: true, cover: null })
  const isPicture = taken.characters.length === 0 && taken.formValues.length === 0
  const two = isPicture ? await placeTwoSheets(parts.engine, taken.raster) : null
  if (two) {
    const outcome = await readPlaced(parts, task, taken, { ...two, characters: [], formValues: [] })
    if (areSeveralPapers(outcome.papers)) return outcome
  }
  return readPlaced(parts, task, taken, await placePage(parts.engine, taken))
}

const withoutPapers = (
  { isTruncated }: TakenPage,
  { rotation, isBlank, cover }: Pick<PageOutcome, 'rotation' | 'isBlank' | 'cover'>,
): PageOutcome => ({ rotation, isBlank, cover, isTruncated, tones: 'colour', hasRedMark: false, papers: [], sight: null, image: null })

/** What lies beside a sheet may be anything, and the two sides of a card are one paper. */
const areSeveralPapers = (papers: readonly PaperOnPage[]): boolean =>
  papers.length >= 2 && papers.every(({ kind }) => kind !== 'unknown') && papers.some(({ kind }) => kind !== 'identity-document')

async function readPlaced(parts: PageParts, task: ReadTask, taken: TakenPage, placed: PlacedPage): Promise<PageOutcome> {
  const { page, codes } = await layFlat(parts, placed)
  const cover = codes.barcodes.map(({ text }) => readCoverCode(text)).find((parcel) => parcel !== null) ?? null
  if (cover !== null) return withoutPapers(taken, { rotation: page.rotation, isBlank: false, cover })
  const seals = await findSeals(page.raster, parts.engine)
  const { content: whole, clean, coded, rooms, lifted } = await readContent(parts.engine, page, codes, seals)
  const together = coded || page.sheets ? null : findPapersTogether(whole)
  const apart = together?.isSure && page.map ? await placeApart(parts.engine, taken.raster, together, page.map) : null
  if (apart) {
    const outcome = await readPlaced(parts, task, taken, { ...apart, characters: [], formValues: [] })
    if (areSeveralPapers(outcome.papers)) return outcome
  }
  // What a program wrote needs no other look: it stands where it stands.
  const isParted = together?.isSure === true && !page.map
  const content = isParted ? { ...whole, sheets: together.places } : whole
  // Seals are read when a name is asked about, else when all names are known: most pages speak of the same ones then.
  let early: { readonly names: readonly string[]; readonly read: readonly FoundSeal[] } | undefined
  const readSeals = async (inFields: readonly string[]) => {
    const names = gatherNames(content.lines, inFields)
    return early?.names.join() === names.join() ? early : { names, read: await seals.read(names, content.lines) }
  }
  const ofSize = new Map<'small' | 'other', readonly CheckBox[]>()
  const toolsOf = (pictures: SealedPage): PageTools => ({
    recognise: (box) => readInsideThroughSeals(parts.engine, pictures, box),
    strokesIn: (box, { depth, withoutSeals } = {}) => findStrokes(withoutSeals ? pictures.clean : page.raster, box, depth),
    isRed: (box) => isRedInk(page.raster, box),
    boxesOfSize: (size) => ofSize.get(size) ?? ofSize.set(size, findCheckBoxes(page.raster, content.cells, size)).get(size)!,
    readAgain: (box, how) => readLineThroughSeals(parts.engine, pictures, box, how),
    figuresIn: (boxes) => partFigures(pictures.clean, boxes),
    latticeOf: (box, { withSeals } = {}) => latticeOf(parts.engine, withSeals ? page.raster : pictures.clean, box),
    async sealsSay(name) {
      early ??= await readSeals([name])
      return seals.spelled()
    },
    lookCloser: (box) => lookCloser(parts.engine, pictures, box),
  })
  const tools = toolsOf({ asItIs: page.raster, clean, seals: content.seals })
  // What the code may vouch for needs no second look.
  const first = await understandPage(content, coded?.contents ? { ...tools, readAgain: () => Promise.resolve(null) } : tools)
  const asOnPaper = lifted && isTornBySeals(first, content) ? joinReadings(first, await readLifted(await lifted(), toolsOf)) : first
  const told = coded ? await (await ownSheets()).heedCode(asOnPaper, coded, content, tools, rooms) : asOnPaper
  const understood = together && !isParted ? told.map((paper): PaperOnPage => ({ ...paper, isBesideOthers: true })) : told
  const { read } = await readSeals(namesIn(understood))
  const papers = understood.map((paper) => withSeals(paper, content, read))
  return {
    rotation: page.rotation,
    isBlank: false,
    cover: null,
    isTruncated: taken.isTruncated,
    tones: tellTones(taken.raster),
    hasRedMark: papers.some(isUnsealed) && hasRedMark(page.raster, boxesOf(content.seals)),
    papers,
    sight: task.keepSight ? sightOf(content) : null,
    image: task.keepImage ? await encodePage(page.shown?.() ?? page.raster) : null,
  }
}

/** Each paper of a picture cut out of it and stood upright by itself; `map` goes from the upright page to the picture. */
function placeApart(engine: PageEngine, taken: Raster, { places }: PapersTogether, map: Projection): Promise<PlacedSheets | null> {
  const onPicture = places.map(({ x, y, width, height }): Rectangle => {
    const corners = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ].map(([left, top]) => project(map, [left!, top!]))
    const [xs, ys] = [corners.map(([left]) => left), corners.map(([, top]) => top)]
    const [left, top] = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))]
    return { x: left, y: top, width: Math.min(taken.width, Math.max(...xs)) - left, height: Math.min(taken.height, Math.max(...ys)) - top }
  })
  return placeSheets(engine, taken, onPicture, 1)
}

const noLayer = (): undefined => undefined

const readLifted = ({ content, pictures }: LiftedPage, toolsOf: (pictures: SealedPage) => PageTools): Promise<readonly PaperOnPage[]> =>
  understandPage(content, toolsOf(pictures))

const sightOf = ({ lines, cells, checkBoxes, barcodes, ...size }: PageContent): PageSight => ({
  lines: lines.map(({ box }) => fractions(box, size)),
  cells: cells.map(({ box }) => fractions(box, size)),
  checkBoxes: checkBoxes.map((found) => ({ ...found, box: fractions(found.box, size) })),
  barcodes: barcodes.map((found) => ({ ...found, box: fractions(found.box, size) })),
})

/** No seal on it may be a company's own. */
const isUnsealed = ({ seals }: PaperOnPage): boolean => seals.every(({ role }) => role === 'other' || role === 'special')

const boxesOf = (seals: readonly FoundSeal[]): Rectangle[] => seals.map(({ box }) => box)

/** The seals of a paper as they were read; they were given to it by their places. */
function withSeals(paper: PaperOnPage, content: PageContent, read: readonly FoundSeal[]): PaperOnPage {
  const seals = read.map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
  const own = seals.filter(({ box }) => paper.seals.some((placed) => placed.box.every((side, at) => side === box[at])))
  return { ...paper, seals: tellRegistrar(own, paper.kind, content) }
}

interface TakenPage {
  readonly raster: Raster
  readonly isTruncated: boolean
  readonly characters: readonly LayerCharacter[]
  readonly formValues: readonly FormValue[]
}

async function takePage(parts: PageParts, task: ReadTask): Promise<TakenPage> {
  if (task.format === 'pdf') {
    const page = await (await parts.pdfOf(task)).readPage(task.page)
    return { ...page, raster: page.characters.length > 0 ? page.raster : liftStripes(page.raster), isTruncated: false }
  }
  const { raster, truncated } = await decodePicture(new Uint8Array(task.bytes), task.format, task.page)
  return { raster: liftStripes(raster), isTruncated: truncated, characters: [], formValues: [] }
}

interface PlacedPage {
  readonly raster: Raster
  /** Where the sheets lie that were photographed together. */
  readonly sheets?: readonly Rectangle[]
  readonly shown?: UprightPage['shown']
  /** From the upright page to the picture; of a page that a program wrote it is not told. */
  readonly map?: UprightPage['map']
  readonly rotation: Quarter
  readonly regions: readonly Region[]
  readonly known: UprightPage['known']
  readonly characters: readonly LayerCharacter[]
  readonly formValues: readonly FormValue[]
}

/** A page that was written by a program stands straight: its characters tell which way. Any other is stood upright by its looks. */
async function placePage(engine: PageEngine, taken: TakenPage): Promise<PlacedPage> {
  const { raster, characters, formValues } = taken
  if (characters.length === 0 && formValues.length === 0) return { ...(await standUpright(engine, raster)), characters, formValues }
  const rotation = turnOfLayer(characters)
  const turned = turnRaster(raster, rotation)
  return {
    raster: turned,
    rotation,
    regions: await engine.detect(turned),
    known: [],
    characters: turnCharacters(characters, rotation, raster.width, raster.height),
    formValues: formValues.map((value) => ({ ...value, box: turnBox(value.box, rotation, raster.width, raster.height) })),
  }
}

/** With the codes of the page; a slanting photograph of our own sheet is laid flat by them. */
async function layFlat({ engine, readBarcodes }: PageParts, page: PlacedPage): Promise<{ page: PlacedPage; codes: PageCodes }> {
  const codes = await readPageCodes(readBarcodes, page.raster)
  const raster = codes.coded && page.characters.length === 0 ? (await ownSheets()).flattenByCodes(codes.coded, page.raster) : null
  if (!raster) return { page, codes }
  const { rotation, characters, formValues } = page
  const flat = { raster, rotation, characters, formValues, regions: await engine.detect(raster), known: [] }
  return { page: flat, codes: await readPageCodes(readBarcodes, raster) }
}

interface ReadPage {
  readonly content: PageContent
  /** The page without the ink of its seals: what is read again is read without it too. */
  readonly clean: Raster
  /** What its own code says of the sheet, and where the fields of that form stand on it. */
  readonly coded: CodedSheet | null
  readonly rooms: ReadonlyMap<string, Rectangle>
  /** The same page read without the lines of its seals that have no colour; told where there are such. */
  readonly lifted: (() => Promise<LiftedPage>) | null
}

interface LiftedPage {
  readonly content: PageContent
  readonly pictures: SealedPage
}

async function readContent(engine: PageEngine, page: PlacedPage, codes: PageCodes, onPage: SealsOnPage): Promise<ReadPage> {
  const { raster, formValues, characters } = page
  const { width, height } = raster
  const cells = findCells(raster)
  // Half of all papers have nothing to tick: boxes are looked for when a form asks for them.
  let boxes: readonly CheckBox[] | undefined
  const findBoxes = () => (boxes ??= findCheckBoxes(raster, cells))
  const { barcodes, coded } = codes
  const seals = onPage.glimpsed
  const clean = liftSeals(raster, seals)
  const red = seals.filter(({ color }) => color === 'red')
  const places = seals.map(({ box }) => box)
  const whole = await partMergedRows(engine, clean, await detectUnderSeals(engine, clean, page.regions, red), places)
  const { regions, layerOf } = characters.length === 0 ? await partPen(engine, clean, whole, seals) : { regions: whole, layerOf: noLayer }
  const unread: Rectangle[] = []
  const allLines = () => readLines(engine, { ...page, raster: clean, regions, layerOf }, raster, cells, seals, unread, seen)
  const seen: KnownLine[] = []
  const isPicture = characters.length === 0 && formValues.length === 0
  const told = isPicture ? [] : await allLines()
  const readOwn = async (sheet: CodedSheet) => {
    const { readOwnSheet, runsOfLines, runsOfPicture } = await ownSheets()
    const runs = isPicture ? runsOfPicture(regions, (region) => engine.recognise(clean, region)) : runsOfLines(told)
    return readOwnSheet(sheet, { width, height, cells, checkBoxes: findBoxes() }, runs)
  }
  const own = coded ? await readOwn(coded) : null
  const lines = own ? orderLines(own.lines) : isPicture ? await allLines() : told
  const content = {
    width,
    height,
    lines,
    unread,
    cells: own?.cells ?? cells,
    get checkBoxes() {
      return own?.checkBoxes ?? findBoxes()
    },
    seals,
    barcodes,
    formValues,
    sheets: page.sheets,
  }
  const lift = async (): Promise<LiftedPage> => {
    const bare = onPage.withoutLines(clean)
    const parted = await detectUnderSeals(engine, bare, regions, seals)
    const left: Rectangle[] = []
    const again = await readLines(
      engine,
      { ...page, raster: bare, regions: parted, known: [...page.known, ...seen] },
      raster,
      cells,
      seals,
      left,
      [],
    )
    const pictures = { asItIs: raster, clean: bare, seals }
    return { content: { ...content, lines: again, unread: left, checkBoxes: findBoxes() }, pictures }
  }
  return { content, clean, coded, rooms: own?.rooms ?? new Map(), lifted: isPicture && !coded && red.length < seals.length ? lift : null }
}

/** What the file tells of itself is taken where it is true; the rest is read from the picture. */
async function readLines(
  engine: PageEngine,
  { raster, regions, known, characters, formValues, layerOf }: PlacedPage & Partial<Pick<PartedLines, 'layerOf'>>,
  asItIs: Raster,
  cells: readonly Cell[],
  seals: readonly FoundSeal[],
  unread: Rectangle[],
  seen: KnownLine[],
): Promise<TextLine[]> {
  const told = [...(await trustLayer(engine, raster, layerLines(characters, cells))), ...formLines(formValues)]
  const read = async (region: Region): Promise<TextLine> => {
    const layer = layerOf?.(region)
    const line = layer
      ? await engine.recognise(layer, region)
      : await fitLine(
          engine,
          raster,
          region,
          knownLine(region, known, seals) ?? (await readThroughSeals(engine, { asItIs, clean: raster, seals }, region)),
        )
    seen.push({ region, line })
    return region.isApart ? { ...line, isApart: true } : line
  }
  const { now, later } = deferParagraphs(
    lookIntoCells(
      raster,
      cells,
      uncovered(partWrappedLabels(raster, cutByCells(withoutSlanted(regions, characters), cells)), told, raster),
      [...told, ...seals.filter(({ color }) => color === 'gray')],
    ),
  )
  const lines: TextLine[] = []
  for (const region of now) lines.push(await read(region))
  lines.push(...(await readParagraphs(later, { lines: [...told, ...lines], seals, height: raster.height }, read)))
  const isRead = ({ text }: TextLine) => text.trim() !== ''
  unread.push(...lines.filter((line) => !isRead(line)).map(({ box }) => box))
  return orderLines([...told, ...lines.filter(isRead)])
}

/**
 * A line that was read to tell which way the page lies, unless its region was cut or a seal, which is lifted off only now, lies
 * over it.
 */
function knownLine(region: Region, known: UprightPage['known'], seals: readonly FoundSeal[]): TextLine | undefined {
  const same = known.find(
    (own) =>
      Math.abs(region.x - own.region.x) < 0.3 * region.height &&
      Math.abs(region.y - own.region.y) < 0.3 * region.height &&
      Math.abs(region.width - own.region.width) < 0.4 * region.height,
  )
  if (!same) return undefined
  const { box } = same.line
  const isClear = seals.every(
    (seal) =>
      seal.box.x > box.x + box.width ||
      seal.box.x + seal.box.width < box.x ||
      seal.box.y > box.y + box.height ||
      seal.box.y + seal.box.height < box.y,
  )
  return isClear ? same.line : undefined
}
