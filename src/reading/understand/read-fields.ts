/** The fields of one paper: labels named, filled-in text claimed, values made canonical. Kind-specific places are read after. */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { PageContent, PageTools, Rectangle } from '../page.ts'
import { claimValues, inReadingOrder, type Claims } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import { claimByRows } from './claim-by-rows.ts'
import { cellOfColumn, claimByColumns } from './part-columns.ts'
import { boxOf, type FindText } from './find-labels.ts'
import { isForm } from './find-open-sheet.ts'
import { formOf } from './forms/all-forms.ts'
import type { FormDefinition } from './forms/form.ts'
import { freeText, mendValue } from './mend-value.ts'
import { nameHits, type NamedHit } from './name-hits.ts'
import { findNotes } from './text/find-notes.ts'
import { bottom, join, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import { lengthOfOrdinal } from './text/next-ordinal.ts'
import { openProse } from './text/prose.ts'
import { openTable } from './text/table.ts'
import { dictionaryOf } from './values/texts.ts'
import { normalise, saysNone } from './values/normalise.ts'
import { hasGap, leastConfidence, meanConfidence, type Part, type ReadValue } from './values/value.ts'

/** One paper being read: what of the page belongs to it, and what has been found so far. */
export interface PaperInHand {
  readonly form: FormDefinition
  readonly content: PageContent
  readonly tools: PageTools
  readonly lines: readonly Line[]
  readonly find: FindText
  readonly hits: readonly NamedHit[]
  readonly claims: Claims
  readonly isProse: (line: number) => boolean
  readonly values: Map<string, ReadValue>
  /** The fields of which something was struck out. */
  readonly struck: ReadonlySet<string>
}

export const typeOfField = (form: FormDefinition): ((field: string) => FieldType) => {
  const types = new Map(documentFields[form.kind].map((field) => [field.name, field.type]))
  return (field) => types.get(field) ?? 'text'
}

/** A label and its value, in the words of a sentence too (办理业务：电子口岸卡证书更新; 公司名称（盖章）：…投资管理有限责任公司), are no longer than this. */
const longestFilled = 44
/** So many characters of a long label are no other words. */
const leastOfLabel = 5
const labelBefore = /^(?:\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?\*?(\p{Script=Han}{3,})(?:\(([^()]{1,6})\))?:./u

/** 2.统一社会信用代码 without a colon is the label all the same. */
const ordinalBefore = /^(?:\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,2}、|[①-⒛]|\d{1,2}(?=\p{Script=Han}))/u

/** What is left of 统一社会信用代码（18位）, or of 企业名称（全称）, where its label was found as two runs. */
const endOfCodeLabel = /^(?:(?:(?:信用)?代?码)?[（(]\d{1,2}位[)）]?|[（(]?全称[)）])$/u

/** 邮寄信息, alone above its places. */
const partHeading =
  /^[(【]?(?:[一二三四五六七八九十]{1,2}、)?(?:(?:邮寄|收件|寄送|快递|领卡|领取|企业|单位|公司|申请(?:人|单位|企业)?|经办人?|联系人?)(?:基本|地址)?(?:信息|情况)|基本(?:信息|情况))[)】]?:?$/u

/** The last line of an enterprise's own paper: 厦门示例进出口有限公司 电话：0592-5503148 网址：www.example.com. */
const letterFoot = /^.{0,40}(?:电话|传真|邮箱|邮编).*(?:网址|www\.)/u

/** 7、 above 收件人, whose narrow room wraps it: a number by itself, that begins a column of words. */
const isNumberOfRow = (line: Line, lines: readonly Line[]): boolean =>
  ordinalAlone.test(line.text) &&
  lines.some(
    (below) =>
      Math.abs(below.box.x - line.box.x) < 0.5 * line.em &&
      below.box.y > line.box.y + 0.5 * line.em &&
      below.box.y - bottom(line.box) < 0.9 * line.em &&
      /^\p{Script=Han}/u.test(below.text),
  )
const ordinalAlone = /^(?:\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]|[①-⒛])$/u

export function takeInHand(
  kind: FormDefinition['kind'],
  content: PageContent,
  tools: PageTools,
  lines: readonly Line[],
  find: FindText,
): PaperInHand | null {
  const form = formOf(kind)
  if (!form) return null
  const prose = openProse(form.prose, form.proseWords ?? [])
  const titleLines = new Set(
    form.titles.flatMap((text) =>
      find(text)
        .filter((hit) => hit.text.length >= 4)
        .flatMap((hit) => hit.stretches.map((stretch) => stretch.line)),
    ),
  )
  const labels = new Set(form.labels.flatMap(({ texts }) => texts))
  // The words of a label may stand in a sentence too: 统一社会信用代码, of which a narrow room may wrap the end.
  const isLabel = ({ text }: Line): boolean => {
    const own = text.replace(ordinalBefore, '').replace(/[\s:*]|\(\d{1,2}位\)$/gu, '')
    if (labels.has(own) || (own.length >= leastOfLabel && [...labels].some((label) => label.startsWith(own)))) return true
    const [, words = '', remark = ''] = labelBefore.exec(text) ?? []
    return text.length <= longestFilled && (labels.has(words) || labels.has(words + remark))
  }
  const printed = new Set(
    lines
      .filter(
        (line) =>
          (prose(line.text) && !isLabel(line)) ||
          isTitleLine(line, titleLines, form) ||
          form.ornament?.test(line.text) ||
          endOfCodeLabel.test(line.text) ||
          (isForm(kind) && (partHeading.test(line.text) || letterFoot.test(line.text) || isNumberOfRow(line, lines))),
      )
      .map((line) => line.index),
  )
  if (isForm(kind)) for (const line of findNotes(lines)) printed.add(line)
  for (const line of lines) if (!printed.has(line.index) && endsProse(line, lines, printed)) printed.add(line.index)
  const isProse = (line: number): boolean => printed.has(line)
  const named = nameHits(form, lines, find, isProse, content.cells)
  const headings = new Set((form.sections ?? []).flatMap((section) => section.headings))
  // The heading of a part is no value of the label above it.
  const isHeading = ({ text }: Line): boolean => headings.has(text.replace(/^[一二三四五六七八九十][、.]|[():]/gu, ''))
  const isPrinted = (line: Line): boolean => printed.has(line.index) || isHeading(line)
  const claimAll = (some: readonly Line[], labelled: readonly NamedHit[]): Claims =>
    claimValues(some, labelled, content.cells, typeOfField(form), isPrinted)
  const { hits, claims } = claimByColumns(form, lines, named, content.cells, find, [typeOfField(form), isPrinted]) ??
    claimByRows(form, lines, named, content.cells, find, claimAll) ?? { hits: named, claims: claimAll(lines, named) }
  return { form, content, tools, lines, find, hits, claims, isProse, values: new Map(), struck: new Set() }
}

/** The few last words of a printed sentence on a line of their own: 领卡。 */
function endsProse(line: Line, lines: readonly Line[], printed: ReadonlySet<number>): boolean {
  if (line.letters.length > 10 || !/[。.]$/u.test(line.text)) return false
  return lines.some(
    (above) =>
      printed.has(above.index) &&
      above.letters.length > 12 &&
      !/[。.:]$/u.test(above.text) &&
      line.box.y > above.box.y + 0.5 * above.em &&
      line.box.y - bottom(above.box) < 1.1 * above.em &&
      line.box.x < above.box.x + 3 * above.em &&
      line.box.x > above.box.x - 4 * above.em,
  )
}

function isTitleLine(line: Line, titleLines: ReadonlySet<number>, form: FormDefinition): boolean {
  if (!titleLines.has(line.index)) return false
  const longest = Math.max(...form.titles.map((title) => title.length))
  return line.text.length <= longest + 22
}

/** Every field that a label names, with the best of what its labels claim. */
export function readLabelledFields(paper: PaperInHand): void {
  const typeOf = typeOfField(paper.form)
  for (const { name, type } of documentFields[paper.form.kind]) {
    if (type === 'services' || type === 'delivery' || type === 'items') continue
    const hits = paper.hits.filter((hit) => hit.field === name)
    if (hits.length === 0) continue
    const candidates = hits.map((hit) => valueOfHit(paper, hit, typeOf(name)))
    const best = candidates.toSorted((one, other) => worth(other.value) + other.label - (worth(one.value) + one.label))[0]!
    paper.values.set(name, mendValue(name, best.value))
  }
}

const worth = (value: ReadValue): number => (value.value === null ? 0 : value.wellFormed ? 3 : 1.5) + value.confidence * 0.1

/** What one label claims, as a value; an empty place when it claims nothing. */
export function valueOfHit(paper: PaperInHand, hit: NamedHit, type: FieldType): { value: ReadValue; label: number } {
  const spans = ofName(hit.field, paper.claims.byHit.get(hit) ?? [])
  // The label's first wording is that of the guide; another may be that of a neighbour (类型 and 组成形式 on one licence).
  const label = hit.standing - hit.cost / hit.text.length + (hit.text === hit.label.texts[0] ? 0.2 : 0)
  if (spans.length === 0) return { value: emptyValue(paper, hit), label }
  if (hit.field !== null && !freeText.test(hit.field) && saysNone(textOf(inReadingOrder(spans).flatMap(({ letters }) => letters))))
    return { value: { ...emptyValue(paper, hit), source: sourceOf(spans), evidence: ['told-none'] }, label }
  // □护照, whose list goes on from an option that the end of a row broke off: what was not ticked is no value.
  if (hit.field !== null && dictionaryOf(hit.field) && spans.every(isNotTicked)) return { value: emptyValue(paper, hit), label }
  const word = hit.field === null ? null : wordAmong(hit.field, spans, type)
  if (word) return { value: word, label }
  return { value: type === 'card-number' ? valueOfCard(paper, spans) : valueOfSpans(spans, type), label }
}

/** No row of an enterprise's name is figures alone, which are of a stamp or a watermark, or of the title's （副 本）. */
const ofName = (field: string | null, spans: readonly Span[]): readonly Span[] => {
  const words =
    field !== null && /^(?:enterpriseName|invoiceTitle)$/u.test(field)
      ? spans.filter(({ text }) => !/^(?:\d+|[(（]?副?本?[)）]?)$/u.test(text))
      : []
  return words.length > 0 ? words : spans
}

const isNotTicked = ({ line, start }: Span): boolean => /[□☐○]/u.test(line.letters[start - 1]?.character ?? '')

/** Behind a card's number on its line the next option may begin, with a number of its own. */
function valueOfCard(paper: PaperInHand, spans: readonly Span[]): ReadValue {
  const last = inReadingOrder(spans).at(-1)!
  const next = last.line.letters[last.end]
  if (!next || /[;,，。、()]/u.test(next.character)) return valueOfSpans(withFigures(paper, spans), 'card-number')
  const length = lengthOfOrdinal(last.text)
  const end = last.end - length
  const letters = last.letters.slice(0, last.letters.length - length)
  if (letters.length === 0) return valueOfSpans(spans, 'card-number')
  const own = { ...last, end, letters, text: textOf(letters), box: boxOf(last.line, last.start, end) }
  const value = valueOfSpans([...spans.filter((span) => span !== last), own], 'card-number')
  return length > 0 ? value : { ...value, evidence: [...value.evidence, 'cut-short'] }
}

/** Of what a label claims one alone is a word of its field's list: the others are values of labels that were not read (本科 经理). */
function wordAmong(field: string, spans: readonly Span[], type: FieldType): ReadValue | null {
  const known = dictionaryOf(field)
  if (!known || spans.length < 2 || known.has(valueOfSpans(spans, type).value as string)) return null
  const read = spans.map((span) => valueOfSpans([span], type))
  const [word, second] = read.filter(({ value }) => typeof value === 'string' && known.has(value))
  return word && !second ? { ...word, evidence: [...word.evidence, 'mended'] } : null
}

/** A number that stands one figure to a box falls into pieces: those of one or two figures are too little to be claimed by themselves. */
function withFigures(paper: PaperInHand, spans: readonly Span[]): readonly Span[] {
  const whole = [...spans]
  const onRow = paper.claims.free.filter((span) => /^\d{1,8}$/u.test(span.text)).toSorted((one, other) => one.box.x - other.box.x)
  for (const span of onRow) {
    const last = whole.at(-1)!
    const gap = span.box.x - right(last.box)
    if (rowOverlap(last.box, span.box) > 0.6 && gap > -0.3 * span.em && gap < 2.5 * span.em) whole.push(span)
  }
  return whole
}

export function valueOfSpans(spans: readonly Span[], type: FieldType): ReadValue {
  const ordered = inReadingOrder(spans)
  const letters = ordered.flatMap((span) => span.letters)
  const parts = ordered.map(withoutColon)
  const read = type === 'list' ? readList(spans) : normalise(letters, type)
  // Between the pieces of a number that is none a figure may have been passed over.
  const isPieced = type === 'phone' && !read.wellFormed && ordered.length > 1 && ordered.every(({ line }) => line.source === 'ocr')
  return {
    value: read.value,
    confidence: meanConfidence(letters),
    least: leastConfidence(letters),
    source: sourceOf(spans),
    box: join(parts.map(({ box }) => box)),
    parts,
    evidence:
      isPieced || ordered.some((span, at) => hasGap(isNumberOfFile(span, parts[at]!) ? parts[at]!.letters : span.letters))
        ? [...read.evidence, 'gap']
        : read.evidence,
    wellFormed: read.wellFormed,
  }
}

/** Room behind a colon may be that of a character that was passed over, but a file that names its figures has none before a number. */
const isNumberOfFile = ({ line }: Span, { letters }: Part): boolean =>
  line.source === 'text-layer' && /\d/u.test(letters[0]?.character ?? '')

/** Where the value itself stands: the colon of its label, and the bracket that ends it, are not part of it. */
function withoutColon(span: Span): Part {
  const from = span.letters.findIndex(({ character }) => !/[):;,.、·_-]/u.test(character))
  if (from <= 0) return { box: span.box, text: span.text, letters: span.letters }
  const x = span.letters[from]!.left
  const letters = span.letters.slice(from)
  return { box: { ...span.box, x, width: Math.max(1, right(span.box) - x) }, text: textOf(letters), letters }
}

export function valueOfLetters(letters: readonly Letter[], type: FieldType, box: Rectangle, source: 'ocr' | 'text-layer'): ReadValue {
  const read = normalise(letters, type)
  return {
    value: read.value,
    confidence: meanConfidence(letters),
    least: leastConfidence(letters),
    source,
    box,
    parts:
      letters.length > 0
        ? [{ box: { ...box, x: letters[0]!.left, width: letters.at(-1)!.right - letters[0]!.left }, text: textOf(letters), letters }]
        : [],
    evidence: read.evidence,
    wellFormed: read.wellFormed,
  }
}

const sourceOf = (spans: readonly Span[]): 'ocr' | 'text-layer' =>
  spans.every((span) => span.line.source === 'text-layer') ? 'text-layer' : 'ocr'

/** Card numbers one below another, or parted by commas or by room. */
function readList(spans: readonly Span[]): { value: string[] | null; wellFormed: boolean; evidence: string[] } {
  let numbers = joinTorn(inReadingOrder(spans).map((span) => partNumbers(span.letters)))
    .flatMap((text) => text.split(/[,，、;；/]|(?<=\d)和(?=\d)|(?<=[\dA-Za-z]{8})[^\dA-Za-z]+(?=[\dA-Za-z]{8})/u))
    .map((part) =>
      part
        .replace(/^\(?\d{1,2}[).、](?=\S{5})/u, '')
        .replace(/[^0-9A-Za-z]/gu, '')
        .toUpperCase(),
    )
    .filter((part) => part.length >= 3 && part.replace(/\D/gu, '').length >= part.length / 2)
  // Card numbers are of one length; a piece of a stamp is not.
  const longest = Math.max(0, ...numbers.map((number) => number.length))
  numbers = numbers.filter((number) => number.length * 2 > longest)
  // Twice as long as another, or longer than any card's number: several that stand too near to be parted.
  const isJoint = longest > longestNumber || numbers.some((number) => number.length * 2 <= longest + 2)
  return { value: numbers.length > 0 ? numbers : null, wellFormed: numbers.length > 0, evidence: isJoint ? ['cut-short'] : [] }
}

/** 1798007476681、24 at the end of a row, and 80142134521 at the begin of the next: the end of the row fell amid a number. */
function joinTorn(rows: readonly (readonly string[])[]): string[] {
  const texts: string[] = []
  for (const [first, ...rest] of rows.map((row) => [...row])) {
    const last = texts.at(-1) ?? ''
    const tail = /(?<=[,，、;；/])[\dA-Za-z]{1,7}$/u.exec(last)?.[0] ?? ''
    const head = /^[\dA-Za-z]+/u.exec(first ?? '')?.[0] ?? ''
    const isTorn = tail !== '' && head !== '' && tail.length + head.length >= shortestNumber && tail.length + head.length <= longestNumber
    if (isTorn) texts[texts.length - 1] = last + first
    else if (first !== undefined) texts.push(first)
    texts.push(...rest)
  }
  return texts
}

/** No card's number has more characters. */
const longestNumber = 20

/** Fewer figures than those of a card are a group of one number. */
const shortestNumber = 8

/** A run of two numbers or more is parted where its letters stand apart, when that gives numbers of one length or no other room is like it. */
function partNumbers(all: readonly Letter[]): string[] {
  // The colon of the label may be read with the number.
  const letters = all.slice(all.findIndex(({ character }) => /[\dA-Za-z]/u.test(character)))
  const whole = textOf(letters)
  if (!/^[\dA-Za-z]+$/u.test(whole) || whole.length < 16) return [whole]
  const middle = (letter: Letter): number => (letter.left + letter.right) / 2
  const steps = letters.slice(1).map((letter, at) => middle(letter) - middle(letters[at]!))
  const pitch = steps.toSorted((one, other) => one - other)[steps.length >> 1]!
  for (const count of [2, 3, 4]) {
    const length = whole.length / count
    const cuts = Array.from({ length: count - 1 }, (_, at) => (at + 1) * length)
    if (Number.isInteger(length) && length >= shortestNumber && cuts.every((cut) => steps[cut - 1]! > 1.3 * pitch))
      return Array.from({ length: count }, (_, at) => whole.slice(at * length, (at + 1) * length))
  }
  return whole.length > longestNumber ? atWidestStep(whole, steps, pitch) : [whole]
}

/** A step between two numbers is so many times as wide as one between figures, and as the widest within a number. */
const [wideStep, widerStep] = [1.4, 1.25]
/** More figures than any number has, parted where alone they stand wide apart: numbers of different lengths with a blank between. */
function atWidestStep(whole: string, steps: readonly number[], pitch: number): string[] {
  // The first and the last figure of a run are seen wider than they are.
  const inner = steps.map((step, at) => ({ step: at === 0 || at === steps.length - 1 ? 0 : step, at }))
  const widest = inner.toSorted((one, other) => other.step - one.step)
  for (const count of [1, 2, 3]) {
    const least = widest[count - 1]?.step ?? 0
    if (least < wideStep * pitch) return [whole]
    const ends = [...widest.slice(0, count).map(({ at }) => at + 1), whole.length].toSorted((one, other) => one - other)
    const numbers = ends.map((end, at) => whole.slice(ends[at - 1] ?? 0, end))
    const isPlain = least >= widerStep * (widest[count]?.step ?? 0)
    if (isPlain && numbers.every(({ length }) => length >= shortestNumber && length <= longestNumber)) return numbers
  }
  return [whole]
}

/** The place where the value of a label would stand: the cell beside it, or the strip right of it up to the next label. */
function emptyValue(paper: PaperInHand, hit: NamedHit): ReadValue {
  const table = openTable(paper.content.cells)
  const cell = table.cellOf(hit.box)
  const beside = hit.room
    ? { box: hit.room }
    : hit.column
      ? cellOfColumn(hit, paper.content.cells)
      : cell === null
        ? undefined
        : paper.content.cells.find((_, at) => table.isRightOf(at, cell))
  const end = Math.min(
    paper.content.width,
    ...paper.hits
      .filter((other) => other !== hit && other.box.x > hit.box.x + hit.box.width && Math.abs(other.box.y - hit.box.y) < hit.box.height)
      .map((other) => other.box.x),
  )
  const strip = { x: hit.box.x + hit.box.width, y: hit.box.y, width: Math.max(1, end - hit.box.x - hit.box.width), height: hit.box.height }
  const source = paper.lines[0]?.source ?? 'ocr'
  return {
    value: null,
    confidence: hit.standing * 0.9,
    least: 0,
    source,
    box: beside?.box ?? strip,
    evidence: ['empty'],
    wellFormed: false,
  }
}
