/**
 * What labels alone do not tell: ticks and the card number of the ticked row, dates under a signature, goods, codes without a label. Longer than
 * 400 lines: one order of reading, in which each step leaves out what the one before it found.
 */
import { readIdNumber } from '../../guide/identifiers/id-number.ts'
import { isMobilePhone } from '../../guide/identifiers/phone.ts'
import { documentFields, type FieldType, type ServiceCode } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { persons, unclaimed } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import { withRowBelow } from './join-number-rows.ts'
import type { NamedHit } from './name-hits.ts'
import { readChoices } from './read-choices.ts'
import { readPayment } from './read-payment.ts'
import { typeOfField, valueOfHit, valueOfLetters, valueOfSpans, type PaperInHand } from './read-fields.ts'
import { fewestFigures, readRunningNumbers } from './read-running-numbers.ts'
import { readLicence } from './read-licence.ts'
import { readSentence } from './read-sentence.ts'
import { readUnlabelled } from './read-unlabelled.ts'
import { readDelivery, readServices, type Services, type Ticked } from './read-ticks.ts'
import { bottom, columnOverlap, contains, join, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { openTable } from './text/table.ts'
import { mendByBirthDate } from './values/codes.ts'
import { normalise } from './values/normalise.ts'
import type { ReadValue } from './values/value.ts'

export function readSpecialFields(paper: PaperInHand): void {
  if (paper.form.kind === 'registration-form') readRegistration(paper)
  if (paper.form.kind === 'payment-proof') readPayment(paper)
  if (paper.form.kind === 'business-licence') readLicence(paper)
  if (paper.form.kind === 'change-request') readChangesAbove(paper)
  if (paper.form.kind === 'cancellation-request') {
    readCompanyDate(paper)
    readNumbersAbove(paper)
  }
  if (paper.form.kind === 'registration-form' || paper.form.kind === 'authorization-letter') readSentence(paper)
  readUnlabelledCodes(paper)
  readUnlabelled(paper)
  if (paper.form.kind === 'card-form') {
    readChoices(paper)
    readHolderNumbers(paper)
    readHolderBirths(paper)
    partPhones(paper)
  }
  readSignedDate(paper)
  doubtOldDay(paper)
  cutSealTails(paper)
  mendIdNumbers(paper)
}

function readRegistration(paper: PaperInHand): void {
  const services = readServices(paper.content, paper.lines, paper.find, paper.isProse, paper.tools)
  const delivery = readDelivery(paper.content, paper.lines, paper.find, paper.isProse, paper.tools)
  const way = delivery.values.length === 1 ? delivery.values[0]! : writtenInstead(paper, delivery)
  paper.values.set('deliveryMethod', tickedValue(delivery, way))
  if (services.run) readRunningForm(paper, services, services.run)
  else readListedForm(paper, services)
  // Who gives a card back is sent none.
  const isGivenBack = services.clear && services.values.every((value) => value === 'deregister') && services.values.length > 0
  const unticked = paper.values.get('deliveryMethod')!
  if (isGivenBack && delivery.clear && delivery.options.length > 1 && delivery.values.length === 0)
    paper.values.set('deliveryMethod', { ...unticked, evidence: [...unticked.evidence, 'no-ink'] })
}

/** What stands behind the words of a choice that were written: 电子口岸卡解锁业务. */
const behindWords = /^(?:业务|服务)?[。;]?$/u

/**
 * A form may say the one that is meant, beside its label or alone in its row, where others list all with boxes. In a picture the others, or the box, may only
 * not have been read: there one alone, with no ink before it, is taken, and nobody is sure of it.
 */
function writtenInstead<Value>({ hits, lines, tools }: PaperInHand, { options, values, source }: Ticked<Value>): Value | null {
  const [option, another] = options
  if (!option || values.length > 0 || options.some(({ value }) => value !== option.value)) return null
  const line = lines.find(
    ({ box }) => rowOverlap(box, option.box) > 0.7 && box.x <= option.box.x + 1 && right(box) >= right(option.box) - 1,
  )
  const isHead = ({ field, text, box }: NamedHit): boolean =>
    field === null &&
    /业务|方式|事项/u.test(text) &&
    (rowOverlap(box, option.box) > 0.5
      ? right(box) <= option.box.x + 1
      : bottom(box) <= option.box.y + 1 && option.box.y - bottom(box) < 2 * box.height)
  const before = line?.letters.filter((letter) => letter.right <= option.box.x + 1) ?? []
  const after = line?.letters.filter((letter) => letter.left >= right(option.box) - 1) ?? []
  const isAlone = behindWords.test(textOf(after)) && !/[□☐■☑√()[\]]/u.test(textOf(before))
  const isOnlyOfRow = before.length === 0 && lines.every((other) => other === line || rowOverlap(other.box, option.box) < 0.3)
  if (!line || !isAlone || !(isOnlyOfRow || hits.some(isHead))) return null
  return source === 'text-layer' || (!another && line.confidence > plainlyRead && !hasInkBefore(option.box, line, tools))
    ? option.value
    : null
}

/** Letters less sure may be those of another option. */
const plainlyRead = 0.9

/** Whether something as high as a box stands before the words of an option, within two characters. */
function hasInkBefore({ x, y, height }: Rectangle, { em, letters }: Line, tools: PaperInHand['tools']): boolean {
  const room = { x: Math.max(0, x - 2 * em), y, width: Math.min(x, 2 * em) - 0.1 * em, height }
  const high = letters.filter(({ character }) => /[\p{L}\p{N}]/u.test(character))
  const isLetter = (stroke: Rectangle): boolean => high.some(({ left, right: end }) => middleX(stroke) > left && middleX(stroke) < end)
  return tools.strokesIn(room).some((stroke) => stroke.height > 0.45 * em && stroke.height < 1.6 * em && !isLetter(stroke))
}

/** Services that ask for a card's number (guide, appendix 1). */
const servicesWithCard = new Set<ServiceCode>(['change-enterprise', 'change-operator', 'renew', 'unlock', 'deregister'])

/** Options in a paragraph: a number belongs to the option before it. */
function readRunningForm(paper: PaperInHand, services: Services, run: NonNullable<Services['run']>): void {
  const numbers = readRunningNumbers(paper, run.row, run.options)
  const filled = numbers.filter(({ value }) => value.value !== null)
  const written = writtenInstead(paper, services)
  const ticks = services.values.length > 0 ? [...services.values] : written && [written]
  const shared = sharedNumber(paper, services)
  // In the one place below all options the number is of whichever is ticked, not of the last one.
  const numbered = shared ? [] : filled.map(({ service }) => service)
  const byNumber = numbered.length === 1 ? numbered : null
  const values = byNumber && (ticks === null || (ticks.length === 1 && services.least < 0.75)) ? byNumber : ticks
  const besides = numbered.filter((service) => values?.includes(service) === false)
  paper.values.set('services', withNumbersBesides(tickedValue(services, values), besides))
  const own = numbers.filter(({ service }) => services.values.includes(service))
  const chosen = own.find(({ value }) => value.value !== null)?.value ?? numberBelow(paper, services)
  if (chosen) paper.values.set('cardNumber', { ...chosen, evidence: [...chosen.evidence, 'ticked-row', ...inEveryRow(values, own)] })
  else if (filled.length === 1) paper.values.set('cardNumber', filled[0]!.value)
  else if (shared && (shared.value !== null || !numbers[0])) paper.values.set('cardNumber', shared)
  else if (numbers[0]) {
    const empty = (own[0] ?? numbers[0]).value
    // The last label may stand below what was taken for the list.
    const isLastSeen = services.values.every((service) => !servicesWithCard.has(service) || own.some((one) => one.service === service))
    const isBlank = isLastSeen && filled.length === 0 && numbers.every(({ value }) => value.evidence.includes('no-ink'))
    paper.values.set('cardNumber', { ...empty, value: null, evidence: isBlank ? empty.evidence : [] })
  } else paper.values.delete('cardNumber')
}

/** In characters: how far below the words of an option the label of its number begins at most, and how far before them. */
const [farBelow, farBefore] = [1.5, 5]

/** Options in two columns, each with its number on the row below its words: the paragraph goes on from column to column. */
function numberBelow(paper: PaperInHand, { options, values }: Services): ReadValue | undefined {
  const own = options.filter(({ value }) => values.includes(value))
  const hits = paper.hits.filter((hit) => hit.field === 'cardNumber')
  const found = hits.filter((hit) =>
    own.some(
      ({ box }) =>
        middleY(hit.box) > bottom(box) &&
        hit.box.y - bottom(box) < farBelow * box.height &&
        hit.box.x < right(box) &&
        hit.box.x > box.x - farBefore * box.height &&
        // Words of the other column may be taken to reach over here.
        !options.some(
          (other) =>
            rowOverlap(other.box, hit.box) > 0.4 &&
            other.box.x < right(hit.box) &&
            right(other.box) > hit.box.x &&
            other.box.x > hit.box.x - farBefore * box.height,
        ),
    ),
  )
  const read = found.map((hit) => valueOfHit(paper, hit, 'card-number').value)
  const [value, another] = read.filter((one) => one.value !== null && one.wellFormed)
  return hits.length > 1 && !another ? value : undefined
}

/** Behind each of several services that ask for one the same card is named: whoever sees one number knows which card is meant by all. */
function inEveryRow(ticks: readonly ServiceCode[] | null, numbers: readonly { service: ServiceCode; value: ReadValue }[]): string[] {
  const asking = (ticks ?? []).filter((service) => servicesWithCard.has(service))
  const named = asking.map((service) => numbers.find((one) => one.service === service)?.value.value ?? null)
  const isOne = named.every((number) => number !== null && number === named[0])
  return asking.length > 1 && isOne ? ['in-every-row'] : []
}

/** One place below all options for the number of whichever is ticked: 涉及变更、注销、更新、解锁的，填写卡号. */
function sharedNumber(paper: PaperInHand, services: Services): ReadValue | undefined {
  // Words of an option that are like the label (电子口岸卡解锁) are none.
  const isOfOption = ({ box }: { readonly box: Rectangle }): boolean => services.options.some((option) => contains(option.box, box))
  const [hit, another] = paper.hits.filter((one) => one.field === 'cardNumber' && !isOfOption(one))
  const end = Math.max(...services.options.map(({ box }) => middleY(box)))
  return hit && !another && middleY(hit.box) > end ? valueOfHit(paper, hit, 'card-number').value : undefined
}

function readListedForm(paper: PaperInHand, services: Services): void {
  const cardHits = paper.hits.filter((hit) => hit.field === 'cardNumber')
  const read = cardHits.map((hit) => ({ hit, value: withoutOrdinal(valueOfHit(paper, hit, 'card-number').value) }))
  const onRow = read.filter(({ hit }) => services.rows.some((row) => rowOverlap(row, hit.box) > 0.4))
  const filled = read.filter(({ value }) => value.value !== null)
  const table = openTable(paper.content.cells)
  const cellAround = (box: Rectangle): Rectangle => table.cells[table.cellOf(box) ?? -1]?.box ?? box
  const heads = cardHits.map(({ box }) => cellAround(box))
  const bare = filled.length === 0 ? bareCardNumber(paper, services, heads) : undefined
  const written = writtenInstead(paper, services)
  const ticks = services.values.length > 0 ? [...services.values] : written && [written]
  // A cell below the head of the column may be of all options.
  const places = bare?.wellFormed && bare.box ? [cellAround(bare.box)] : filled.map(({ hit }) => hit.box)
  const byNumber = serviceByCardNumber(services, places)
  // A faint tick in one row yields to a card number written in another.
  const values = byNumber && (ticks === null || (ticks.length === 1 && services.least < 0.75)) ? byNumber : ticks
  // One place for the number of whatever is ticked may stand level with the last service.
  const serviceOf = ({ hit }: (typeof read)[number]): ServiceCode[] => serviceByCardNumber(services, [hit.box]) ?? []
  const haveOwnPlaces = new Set(read.flatMap(serviceOf)).size > 1
  const besides = filled
    .filter((one) => haveOwnPlaces && !onRow.includes(one))
    .flatMap(serviceOf)
    .filter((service) => !values?.includes(service))
  paper.values.set('services', withNumbersBesides(tickedValue(services, values), besides))
  const numbered = onRow.flatMap((one) => serviceOf(one).map((service) => ({ service, value: one.value })))
  const chosen = onRow.find(({ value }) => value.value !== null) ?? (onRow.length > 0 && filled.length === 0 ? onRow[0] : undefined)
  // In two columns a number may stand below the words of its option, level with a row of the other column.
  const below = chosen?.value.value ? undefined : numberBelow(paper, services)
  if (bare) paper.values.set('cardNumber', bare)
  else if (below) paper.values.set('cardNumber', { ...below, evidence: [...below.evidence, 'ticked-row'] })
  else if (chosen)
    paper.values.set(
      'cardNumber',
      withRowBelow(paper, { ...chosen.value, evidence: [...chosen.value.evidence, 'ticked-row', ...inEveryRow(values, numbered)] }),
    )
  else if (filled.length === 1) paper.values.set('cardNumber', withRowBelow(paper, filled[0]!.value))
  // At the head of a column the label does not tell which place should be empty.
  else if (read[0]) {
    const end = Math.max(...services.options.map(({ box }) => middleY(box)))
    const isHead = ({ hit }: (typeof read)[number]): boolean => {
      const own = table.cellOf(hit.box)
      return own !== null && read.length === 1 && table.cells.some(({ box }, at) => table.isBelow(at, own) && box.y < end)
    }
    const isOnRows = read.some(({ hit }) => services.options.some((option) => rowOverlap(option.box, hit.box) > 0.4)) && !read.some(isHead)
    const isBelow = read.length === 1 && services.options.length > 1 && end < read[0].hit.box.y
    // Its label may lie under a stamp.
    const mayBeElsewhere = unclaimed(paper.claims).some(
      ({ box, text }) => /\d{8}/u.test(text) && services.options.some((option) => rowOverlap(option.box, box) > 0.4),
    )
    const isTold = (isOnRows || isBelow) && !mayBeElsewhere
    paper.values.set('cardNumber', { ...read[0].value, value: null, ...(isTold ? {} : { evidence: [] }) })
  }
}

/** A figure or two behind 卡号 are the number of the next item, in the column beside it. */
const withoutOrdinal = (value: ReadValue): ReadValue =>
  typeof value.value === 'string' && value.value.length < fewestFigures ? { ...value, value: null, evidence: [] } : value

/** A number behind an option whose 卡号 is under a seal; or below a 卡号 that is the head of its column, amid the rows of all options. */
function bareCardNumber(paper: PaperInHand, services: Ticked<ServiceCode>, heads: readonly Rectangle[]): ReadValue | undefined {
  const rows = services.rows.length > 0 ? services.rows : services.options.map(({ box }) => box)
  const end = Math.max(...services.options.map(({ box }) => bottom(box)))
  const spans = unclaimed(paper.claims).filter(
    (span) =>
      bareNumber.test(span.text) &&
      (rows.some((row) => rowOverlap(row, span.box) > 0.4 && right(span.box) > right(row)) ||
        heads.some((head) => bottom(head) < span.box.y && middleY(span.box) < end && columnOverlap(head, span.box) > 0.5)),
  )
  const [span, second] = spans
  if (!span || second) return undefined
  const [, before, figures] = bareNumber.exec(span.text)!
  const letters = span.letters.slice(-figures!.length)
  const box = { ...span.box, x: letters[0]!.left, width: letters.at(-1)!.right - letters[0]!.left }
  const value =
    before!.length > mostBefore ? valueOfLetters(letters, 'card-number', box, span.line.source) : valueOfSpans(spans, 'card-number')
  const isNumber = typeof value.value === 'string' && cardNumber.test(value.value) && !phoneNumber.test(value.value)
  return { ...value, evidence: ['ticked-row', ...(isNumber ? value.evidence : ['mended'])] }
}

/** Figures at the end of what was read there; before them a few letters of the label, or a stamp over it. */
const bareNumber = /^(\D{0,4}|.*\D(?=\d{12,18}$))([\dOIl]{8,})$/u
const mostBefore = 4

/** What has figures alone, as many as no other number beside an option, tells by itself what it is. */
const cardNumber = /^\d{12,18}$/u
const phoneNumber = /^(?:1[3-9]\d{9}|0\d{9,11})$/u

/** No tick was seen, but one row alone has a card number filled in. */
function serviceByCardNumber(services: Ticked<ServiceCode>, filled: readonly Rectangle[]): ServiceCode[] | null {
  const row = filled.length === 1 ? filled[0] : undefined
  const options = row ? services.options.filter((option) => rowOverlap(option.box, row) > 0.5) : []
  return options.length === 1 ? [options[0]!.value] : null
}

/** Who writes a card's number behind a service asks for it: its tick was not seen, or was forgotten. */
const withNumbersBesides = (value: ReadValue, besides: readonly ServiceCode[]): ReadValue =>
  besides.length === 0
    ? value
    : {
        ...value,
        evidence: [...value.evidence.filter((one) => one !== 'clear-ticks'), ...besides.map((service) => `card-number-at:${service}`)],
      }

/** Of two ticks one may be a speck of a fax: none was read so surely where one was. */
const plainlyTicked = 0.95

function tickedValue<Value>(ticks: Ticked<Value>, value: Value | Value[] | null): ReadValue {
  const isPlain = ticks.values.length === 1 || (ticks.values.length === 2 && ticks.least >= plainlyTicked)
  const evidence = ticks.clear && isPlain ? ['clear-ticks'] : []
  return {
    value: value as ReadValue['value'],
    confidence: ticks.confidence,
    least: ticks.confidence,
    source: ticks.source,
    box: ticks.box,
    evidence,
    wellFormed: value !== null,
  }
}

/** 办理日期 stands twice (附件4): the enterprise's stands before 制卡中心审核, the office's after it. */
function readCompanyDate(paper: PaperInHand): void {
  const check = paper.hits.find((hit) => /制卡中心|审核/u.test(hit.text))
  if (!check) return
  // Both may head a column, with their days below.
  const seal = paper.hits.find((hit) => hit.field === null && /签章|盖章|公章/u.test(hit.text) && rowOverlap(hit.box, check.box) > 0.5)
  const own = paper.hits.filter(
    (hit) =>
      hit.field === 'applicationDate' &&
      ((seal && hit.box.y > bottom(seal.box) && Math.abs(hit.box.x - seal.box.x) < Math.abs(hit.box.x - check.box.x)) ||
        hit.box.y < check.box.y - 0.5 * check.box.height ||
        (rowOverlap(hit.box, check.box) > 0.5 && hit.box.x < check.box.x)),
  )
  if (own.length === 0) {
    // Its label lies under a seal, say: the office's place, mostly blank, tells nothing of the enterprise's.
    const [lone, second] = paper.hits.filter((hit) => hit.field === 'applicationDate')
    const isOfOffice = lone && !second && lone.box.x > check.box.x - check.box.height
    const others = paper.values.get('applicationDate')
    if (others && isOfOffice) paper.values.set('applicationDate', { ...others, value: null, evidence: [] })
    return
  }
  const values = own.map((hit) => valueOfHit(paper, hit, 'date').value)
  paper.values.set('applicationDate', values.find((value) => value.value !== null) ?? values[0]!)
}

/**
 * What is to be changed begins at the upper edge of its cell, and its label stands half way down: where the rules of the cell were
 * not found, the lines above the label are nobody's, and the date of the signature below may have been taken instead.
 */
function readChangesAbove(paper: PaperInHand): void {
  const label = paper.hits.find((hit) => hit.field === 'changes')
  const read = paper.values.get('changes')
  const isDate = typeof read?.value === 'string' && /^[\d/.\-年月日]+$/u.test(read.value)
  if (!label || (typeof read?.value === 'string' && !isDate)) return
  const above = Math.max(0, ...paper.hits.filter((hit) => bottom(hit.box) < label.box.y).map((hit) => bottom(hit.box)))
  const unnamed = [...paper.claims.byHit].filter(([hit]) => hit.field === null).flatMap(([, claimed]) => claimed)
  const lines = [...paper.claims.free, ...unnamed].filter(
    ({ box }) => box.x > right(label.box) && middleY(box) > above && box.y < label.box.y && rowOverlap(box, label.box) < 0.5,
  )
  const value = lines.length > 0 ? valueOfSpans(lines, 'text') : null
  if (typeof value?.value === 'string' && /\p{Script=Han}{6}/u.test(value.value))
    paper.values.set('changes', { ...value, evidence: [...value.evidence, 'mended'] })
  else if (isDate) paper.values.set('changes', { ...read, value: null, evidence: [] })
}

/** Cards of several years are on one list: their numbers have 11 to 13 figures. A mobile telephone has 11 as well. */
const isListed = (text: string): boolean => /^\d{11,13}$/u.test(text) && !isMobilePhone(text)

/** Of several numbers beside one label, the first may stand a line above it: of the same form, and nobody else's. */
function readNumbersAbove(paper: PaperInHand): void {
  const hit = paper.hits.find((one) => one.field === 'operatorCardNumbers')
  const own = hit ? (paper.claims.byHit.get(hit) ?? []) : []
  const read = own.length > 0 ? valueOfSpans(own, 'list') : null
  if (!hit || !Array.isArray(read?.value)) return
  // Below its label: so do the others of the sheet, and what stands above the label is another's.
  if (rowOverlap(hit.box, own[0]!.box) < 0.2 && own[0]!.box.y > middleY(hit.box)) return
  const first = read.value[0] as string
  const { length } = first
  const labels = [...paper.claims.byHit].filter(([other]) => other !== hit && other.field === 'legalCardNumber')
  // What stands below the label above, whose own row is empty, may be the first of them.
  const fromAbove = labels.flatMap(([other, claimed]) =>
    claimed.filter(({ box }) => rowOverlap(other.box, box) < 0.2 && box.y > other.box.y),
  )
  const above = [...paper.claims.free, ...fromAbove].filter(
    (span) =>
      ((/^\d{8,}$/u.test(span.text) && span.text.length === length) || (isListed(span.text) && isListed(first))) &&
      span.box.x < right(own[0]!.box) &&
      right(span.box) > own[0]!.box.x &&
      middleY(span.box) < middleY(own[0]!.box) &&
      own[0]!.box.y - bottom(span.box) < 1.2 * span.em,
  )
  if (above.length === 0) return
  const all = valueOfSpans([...above, ...own], 'list')
  paper.values.set('operatorCardNumbers', { ...all, evidence: [...all.evidence, 'cut-short'] })
  const legal = paper.values.get('legalCardNumber')
  if (legal && above.some((span) => fromAbove.includes(span))) paper.values.set('legalCardNumber', { ...legal, value: null, evidence: [] })
}

/** A credit code, or an order's tax number, whose label could not be read: its check digit tells it. */
function readUnlabelledCodes(paper: PaperInHand): void {
  for (const { name, type } of documentFields[paper.form.kind]) {
    if (type !== 'uscc' && !(type === 'id-number' && paper.form.kind === 'identity-document')) continue
    const known = paper.values.get(name)
    if (known?.evidence.includes('check-digit')) continue
    const spans = [
      ...paper.claims.free,
      ...[...paper.claims.byHit]
        .filter(([hit]) => typeOfField(paper.form)(hit.field ?? '') !== 'id-number')
        .flatMap(([, claimed]) => claimed),
    ]
    const codes = spans.flatMap((span) => {
      // The end of a label may stand before it: 码350203….
      const letters = span.letters.slice(-18)
      const { evidence } = normalise(letters, type)
      return evidence.includes('check-digit') ? [{ span, letters, isMended: evidence.includes('mended') }] : []
    })
    // What holds as it was read comes before what holds with another letter: the number of an order.
    const code = codes.find(({ isMended }) => !isMended) ?? codes[0]
    if (code) paper.values.set(name, valueOfLetters(code.letters, type, code.span.box, code.span.line.source))
  }
}

/** The number of a holder whose label could not be read: its check digit tells it, the labels around it whose it is. */
function readHolderNumbers({ values, claims, hits }: PaperInHand): void {
  for (const span of claims.free) {
    if (!normalise(span.letters, 'id-number').evidence.includes('check-digit')) continue
    const near = hits
      .filter((hit) => hit.field?.includes('.'))
      .toSorted((one, other) => Math.abs(middleY(one.box) - middleY(span.box)) - Math.abs(middleY(other.box) - middleY(span.box)))
    const prefixes = new Set(near.slice(0, 3).map((hit) => hit.field!.slice(0, hit.field!.indexOf('.'))))
    const field = `${[...prefixes][0]}.idNumber`
    if (prefixes.size === 1 && !values.get(field)?.value) values.set(field, valueOfSpans([span], 'id-number'))
  }
}

/** The day of birth whose label could not be read: the one on the sheet that the holder's number says. */
function readHolderBirths({ values, claims }: PaperInHand): void {
  for (const prefix of ['legal.', 'operator.']) {
    const number = values.get(`${prefix}idNumber`)
    if (typeof number?.value !== 'string' || !number.evidence.includes('check-digit') || values.get(`${prefix}birthDate`)?.value) continue
    const facts = readIdNumber(number.value)
    const born = 'fault' in facts ? null : facts.birthDate
    const dates = claims.free.filter((span) => born && normalise(span.letters, 'date').value === born)
    if (dates.length === 1) values.set(`${prefix}birthDate`, valueOfSpans(dates, 'date'))
  }
}

/** Of two numbers in one row whose second label lies under a seal, the second is the fax's. */
function partPhones({ values }: PaperInHand): void {
  for (const prefix of ['legal.', 'operator.']) {
    const phone = values.get(`${prefix}phone`)
    const [first, second, third] = phone?.parts ?? []
    if (!phone || phone.wellFormed || !first || !second || third || values.get(`${prefix}fax`)?.value) continue
    const [own, fax] = [first, second].map(({ letters, box }) => valueOfLetters(letters, 'phone', box, 'ocr'))
    if (!own!.wellFormed || !fax!.wellFormed) continue
    values.set(`${prefix}phone`, { ...own!, evidence: [...own!.evidence, 'mended'] })
    values.set(`${prefix}fax`, { ...fax!, evidence: [...fax!.evidence, 'mended'] })
  }
}

/** Pieces of a number that was cut by a seal overlap by a figure; the birth date beside it tells which. */
function mendIdNumbers(paper: PaperInHand): void {
  for (const prefix of ['', 'legal.', 'operator.']) {
    const number = paper.values.get(`${prefix}idNumber`)
    const birth = paper.values.get(`${prefix}birthDate`)
    if (typeof number?.value !== 'string' || typeof birth?.value !== 'string' || number.evidence.includes('check-digit')) continue
    const mended = mendByBirthDate(number.value, birth.value)
    if (mended) paper.values.set(`${prefix}idNumber`, { ...number, value: mended, wellFormed: true, evidence: ['check-digit', 'mended'] })
  }
}

/** Letters of a ring that were read on from an address: after its last number or house, and none but the seal's. */
function cutSealTails(paper: PaperInHand): void {
  for (const [field, value] of paper.values) {
    if (typeof value.value !== 'string' || !value.box) continue
    const box = value.box
    if (field === 'enterpriseName') {
      // A second line under the seal is mostly its ring; a name that ends before it is whole.
      const whole = /^.{4,}?有限(?:责任)?公司(?!.{0,12}(?:分|部|厂|店|所|处|中心))/u.exec(value.value)?.[0]
      const underSeal = paper.content.seals.some((seal) => rowOverlap(seal.box, box) > 0.1 && columnOverlap(seal.box, box) > 0.05)
      if (whole && underSeal && whole.length < value.value.length)
        paper.values.set(field, { ...value, value: whole, evidence: [...value.evidence, 'mended'] })
    }
    if (!/address/iu.test(field)) continue
    const rings = paper.content.seals.filter((seal) => rowOverlap(seal.box, box) > 0.1 && columnOverlap(seal.box, box) > 0.05)
    const tail = /(?<=[号室楼栋座层元区\d])(?![号室楼栋座层单之])\p{Script=Han}{1,5}$/u.exec(value.value)?.[0]
    if (!tail || rings.length === 0) continue
    const ring = `${rings.map((seal) => seal.text ?? '').join('')}有限公司专用章`
    if (Array.from(tail).every((character) => ring.includes(character))) {
      paper.values.set(field, { ...value, value: value.value.slice(0, -tail.length), evidence: [...value.evidence, 'mended'] })
    }
  }
}

const signedFields: Readonly<Record<string, string>> = {
  'card-form': 'signedDate',
  'change-request': 'signedDate',
  'authorization-letter': 'signedDate',
  'cancellation-request': 'applicationDate',
  'registration-form': 'applicationDate',
}

/** No name is a day: of a heading that is written downwards a label (持卡人) may have been made that claims what stands below it. */
const wholeDay = /^\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?$/u

/** 受理日期：2026-11-20, 生效日期：2024-06-01. */
const isOfficeDate = ({ label, text }: NamedHit): boolean => label.office === true && /日期|时间/u.test(text)

/** 年 月 日 without a label, below or beside the place of the seal; its parts may have become boxes of their own. */
function readSignedDate(paper: PaperInHand): void {
  const field = signedFields[paper.form.kind]
  if (!field || paper.values.get(field)?.value) return
  const dateType: FieldType = 'date'
  const anchor = paper.hits.filter((hit) => /签章|盖章|公章|签署|日期/u.test(hit.text)).at(-1)
  const office = paper.hits.find((hit) => /制卡中心|审核|受理/u.test(hit.text))
  const candidates = [
    ...paper.claims.free,
    ...[...paper.claims.byHit].flatMap(([hit, claimed]) =>
      (hit.field === null && !isOfficeDate(hit)) || hit.label.block || hit.field === field
        ? claimed
        : hit.field !== null && persons.test(hit.field)
          ? claimed.filter(({ text }) => wholeDay.test(text))
          : [],
    ),
  ]
    .filter((span) => /[年月日]|\d{4}[-./]\d|^20\d{6}$/u.test(span.text) || /^[\dIl|OZ]{1,4}$/u.test(span.text))
    .filter((span) => !office || middleY(span.box) < office.box.y || field === 'signedDate')
  // A date of which a part is lost keeps its place: it is looked at once more.
  let broken: ReadValue | undefined
  for (const span of candidates.toSorted((one, other) => distanceTo(anchor?.box, one) - distanceTo(anchor?.box, other))) {
    const row = candidates.filter((other) => rowOverlap(other.box, span.box) > 0.5).toSorted((one, other) => one.box.x - other.box.x)
    const value = valueOfSpans(row, dateType)
    if (isLongAgo(value.value)) continue
    if (value.value === null) {
      if (/\d{2,4}年|月\d|\d日/u.test(textOf(row.flatMap((one) => one.letters))))
        broken ??= { ...value, evidence: [], box: join(row.map((one) => one.box)) }
      continue
    }
    paper.values.set(field, { ...value, box: join(row.map((one) => one.box)) })
    leaveToSignature(paper, row)
    return
  }
  if (broken) paper.values.set(field, broken)
}

/** Nobody signs now with a day so long ago: it is one of birth, whose label was not read. */
const isLongAgo = (value: ReadValue['value']): boolean => typeof value === 'string' && value < '2010'

function doubtOldDay({ form, values }: PaperInHand): void {
  const field = signedFields[form.kind]
  const read = field === undefined ? undefined : values.get(field)
  if (read && isLongAgo(read.value)) values.set(field!, { ...read, evidence: [...read.evidence, 'cut-short'] })
}

/** A day below free text (备注) that is the signature's is no part of it. */
function leaveToSignature({ claims, values }: PaperInHand, row: readonly Span[]): void {
  for (const [hit, claimed] of claims.byHit) {
    const read = hit.label.block && hit.field !== null ? values.get(hit.field) : undefined
    if (!read || !claimed.some((span) => row.includes(span))) continue
    const own = claimed.filter((span) => !row.includes(span))
    values.set(hit.field!, own.length > 0 ? valueOfSpans(own, 'text') : { ...read, value: null, evidence: [] })
  }
}

const distanceTo = (anchor: Rectangle | undefined, span: Span): number =>
  anchor ? Math.abs(middleY(span.box) - middleY(anchor)) + (middleY(span.box) < anchor.y ? 1000 : 0) : -middleY(span.box)
