/**
 * Which options of a form are ticked: boxes measured in pixels, box characters in the text, and boxes of a filled-in PDF. Longer than
 * 400 lines: each way of telling a tick is weighed against the others.
 */
import type { CheckBox, FormValue, PageContent, PageTools, Rectangle } from '../page.ts'
import { findStrayTicks, isOfLetter, tickLike as strokes, type Surroundings } from './find-stray-ticks.ts'
import { strokesThrough } from './leave-out-struck.ts'
import { closing, opening, tickBrackets, type OptionInLine } from './tick-brackets.ts'
import { tickCells, type CellMark } from './tick-cells.ts'
import { seeTick, seeTornBox, type SeenTick } from './see-hidden-tick.ts'
import type { FindText, Hit } from './find-labels.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import { deliveryOptions, deliveryWords, optionHeads, serviceOfShared, serviceOptions, sharedOptions } from './forms/tick-options.ts'
import { bottom, contains, join, meets, middleX, middleY, right, rowOverlap, widen } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import { openTable } from './text/table.ts'
import { unrollOptions, type UnrolledOptions } from './unroll-options.ts'

interface Mark {
  readonly box: Rectangle
  readonly checked: boolean
  readonly confidence: number
  readonly source: 'pixels' | 'text' | 'acroform'
  /** It was read as a sign without any white: what the picture shows as plainly empty is none. */
  readonly isFull?: boolean
}

export interface Option<Value> extends OptionInLine {
  readonly value: Value
}

export interface Ticked<Value> {
  readonly values: readonly Value[]
  /** Where the ticked options stand, or all of them when none is ticked. */
  readonly box: Rectangle | null
  /** Every option that was found, with its place. */
  readonly options: readonly { readonly value: Value; readonly box: Rectangle }[]
  /** The options that are ticked, for values that stand on their rows. */
  readonly rows: readonly Rectangle[]
  readonly confidence: number
  /** The least sure of the ticked boxes. */
  readonly least: number
  /** Every option has a box and every box speaks clearly. */
  readonly clear: boolean
  readonly source: 'ocr' | 'text-layer' | 'acroform'
  /** The box of every option is there to be seen, in the picture, and empty; and no ink that may be a tick stands about them. */
  readonly isEmpty?: boolean
}

export interface Services extends Ticked<ServiceCode> {
  /** The options of a running paragraph, in the one long row that it was laid out as. */
  readonly run?: { readonly row: UnrolledOptions; readonly options: readonly (OptionInLine & { readonly value: ServiceCode })[] }
}

export function readServices(
  page: PageContent,
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  tools: PageTools,
): Services {
  const placeOn = (on: PageContent): Option<ServiceCode>[] => placeServiceOptions(lines, whole(find, on, lines), isProse, boxesOf(on))
  const printed = placeOn(page)
  const content = withOtherBoxes(page, printed, lines, tools)
  const options = content === page ? printed : placeOn(content)
  const run = unrollOptions(content, lines, find, isProse, tools)
  const unrolled = run ? readUnrolled(run) : null
  if (unrolled && kindsOf(unrolled.run!.options) >= kindsOf(options)) return unrolled
  return readTicks(options, marksOf(content, lines, options), { content, lines, tools })
}

/** With boxes of other sizes: the small ones, where fewer than most of the options have one of the usual size and more of them a small one, and ticked ones. */
function withOtherBoxes(content: PageContent, options: readonly Option<unknown>[], lines: readonly Line[], tools: PageTools): PageContent {
  const boxed = (on: PageContent): number => options.length - withoutBox(on, options, lines).length
  const most = boxed(content)
  if (most === options.length) return content
  if (2 * most > options.length) return withTickedOnes(content, options, lines, tools)
  const small = tools.boxesOfSize?.('small') ?? []
  const known = content.checkBoxes.filter(({ box }) => !small.some((other) => meets(other.box, box)))
  const withSmall = { ...content, checkBoxes: [...known, ...small] }
  const more = boxed(withSmall)
  return withTickedOnes(more > most && 2 * more >= options.length ? withSmall : content, options, lines, tools)
}

function withoutBox<Value>(content: PageContent, options: readonly Option<Value>[], lines: readonly Line[]): Option<Value>[] {
  const boxes = boxesOf(content).filter((box) => !isOfLetter(box, lines))
  return options.filter((option) => !boxes.some((box) => isBeside(option, box)))
}

/** With the ticked boxes of another size beside options that have none, where most of the others have one: ☑ may come from another face than □. */
function withTickedOnes(content: PageContent, options: readonly Option<unknown>[], lines: readonly Line[], tools: PageTools): PageContent {
  const bare = withoutBox(content, options, lines)
  if (bare.length === 0 || 2 * bare.length > options.length) return content
  // Its head may be taken for a part of the words of an option: 增办 before ☑操作员卡.
  const isOf = (option: Option<unknown>, box: Rectangle): boolean =>
    isBeside(option, box) || (rowOverlap(option.box, box) > 0.4 && box.x > option.box.x && right(box) < right(option.box))
  const found = (tools.boxesOfSize?.('other') ?? []).filter(
    ({ box }) => bare.some((option) => isOf(option, box)) && !isOfLetter(box, lines),
  )
  return found.length === 0 ? content : { ...content, checkBoxes: [...content.checkBoxes, ...found] }
}

const boxesOf = (content: PageContent): Rectangle[] => [...content.checkBoxes, ...content.formValues].map(({ box }) => box)

const kindsOf = (options: readonly { readonly value: ServiceCode }[]): number => new Set(options.map(({ value }) => value)).size

/** The ticks of a running paragraph, with all places as they are on the page. */
function readUnrolled(row: UnrolledOptions): Services {
  const { content, lines } = row.page
  const options = placeServiceOptions(lines, whole(row.find, content, lines), () => false, boxesOf(content))
  const ticks = readTicks(options, marksOf(content, lines, options), row.page)
  const rows = ticks.rows.map(row.onPage)
  const placed = ticks.options.map(({ value, box }) => ({ value, box: row.onPage(box) }))
  const shown = rows.length > 0 ? rows : placed.map(({ box }) => box)
  return { ...ticks, box: shown.length > 0 ? join(shown) : null, options: placed, rows, run: { row, options } }
}

export function readDelivery(
  page: PageContent,
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  tools: PageTools,
): Ticked<'window' | 'post'> {
  const placeOn = (on: PageContent): Option<'window' | 'post'>[] => placeWays(on, lines, whole(find, on, lines), isProse)
  const printed = placeOn(page)
  const content = withOtherBoxes(page, printed, lines, tools)
  const options = content === page ? printed : placeOn(content)
  const marks = marksOf(content, lines, options)
  const ticks = readTicks(options, marks, { content, lines, tools })
  return ticks.values.length === 0 ? otherWay(options, marks, ticks) : ticks
}

/** □自取 □邮寄: single words are ways of getting a card where they have boxes and stand by each other, or by one whose words say more. */
function placeWays(
  content: PageContent,
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
): Option<'window' | 'post'>[] {
  const boxes = boxesOf(content)
  const isBoxed = ({ box, em, stretch: { line, start } }: OptionInLine): boolean => {
    const before = lines[line]!.letters[start - 1]?.character ?? ''
    const hasSign = [emptyBox, ticked, closing].some((sign) => sign.test(before))
    return hasSign || boxes.some((mark) => rowOverlap(mark, box) >= 0.4 && Math.abs(box.x - right(mark)) < nearWords * em)
  }
  // Both ways may stand on the row of their label, with a sentence between: 领卡方式：□窗口领卡 查询网址… □邮寄领卡.
  const options = place(deliveryOptions, lines, find, isProse, isBoxed)
  if (new Set(options.map(({ value }) => value)).size > 1) return options
  const [own] = options
  const words = place(
    deliveryWords.filter(({ value }) => value !== own?.value),
    lines,
    find,
    isProse,
    isBoxed,
  ).filter((option) => isWord(option.stretch, lines) && isBoxed(option))
  if (own) return [...options, ...words.filter((word) => areTogether(word, own)).slice(0, 1)]
  const pair = words.map((word) => [word, words.find((other) => other.value !== word.value && areTogether(word, other))] as const)
  return pair.flatMap(([word, other]) => (word.value === 'window' && other ? [word, other] : [])).slice(0, 2)
}

/** On one row, or one below the other. */
const areTogether = ({ box: one, em }: OptionInLine, { box: other }: OptionInLine): boolean =>
  rowOverlap(one, other) > 0.4 || (Math.abs(one.x - other.x) < em && Math.abs(middleY(one) - middleY(other)) < nextRow * em)

/** Nothing that makes another word of it stands before or behind it: 邮寄地址. */
function isWord({ line, start, end }: OptionInLine['stretch'], lines: readonly Line[]): boolean {
  const { letters, em } = lines[line]!
  const isNear = (one: Letter | undefined, other: Letter | undefined): boolean =>
    one !== undefined && other !== undefined && other.left - one.right < 0.5 * em
  const isPart = (letter: Letter | undefined): boolean =>
    /[\p{Script=Han}:：]/u.test(letter?.character ?? '') && !boxLike.test(letter!.character)
  const [before, first, last, behind] = [letters[start - 1], letters[start], letters[end - 1], letters[end]]
  return !(isPart(before) && isNear(before, first)) && !(isPart(behind) && isNear(last, behind))
}

/** Which of the words of a choice are ticked. */
export function readOptions<Value extends string>(
  options: readonly Option<Value>[],
  page: PageContent,
  lines: readonly Line[],
  tools: PageTools,
): Ticked<Value> {
  const content = withOtherBoxes(page, options, lines, tools)
  // Amid other fields only what stands right at the words is theirs.
  const marks = marksOf(content, lines, options).filter(({ box }) => options.some((option) => isBeside(option, box)))
  return readTicks(options, marks, { content, lines, tools })
}

/** Rows of two options lie no further apart than this, in characters: the guide's first one has a sentence behind it. */
const nextRow = 3.2

/** One way's words could not be read: its box stands above or below the empty box of the other, as large, and is ticked. */
function otherWay(
  options: readonly Option<'window' | 'post'>[],
  marks: readonly Mark[],
  ticks: Ticked<'window' | 'post'>,
): Ticked<'window' | 'post'> {
  const [option, second] = options
  const own = option && !second ? pair(options, marks, 'before').get(option)?.mark : undefined
  if (!option || !own || own.checked) return ticks
  const near = marks.filter(
    ({ box }) =>
      Math.abs(box.x - own.box.x) < 0.4 * option.em &&
      Math.abs(box.height - own.box.height) < 0.15 * own.box.height &&
      Math.abs(middleY(box) - middleY(own.box)) < nextRow * option.em,
  )
  const ticked = near.filter((mark) => mark.checked)
  return ticked.length === 1 && near.length === 2
    ? { ...ticks, values: [option.value === 'post' ? 'window' : 'post'], box: ticked[0]!.box, clear: false }
    : ticks
}

/** Ways of getting a card of which the last character stands on the next row. */
const wrapped = /^(?:窗口|邮寄)领$/u

/** So many empty boxes of one size are a form's. */
const fewestAlike = 5

/** Words with a box between their letters are two things: 增办 □操作员卡. A box seen in a letter (口) is no box. */
function whole(find: FindText, content: PageContent, lines: readonly Line[]): FindText {
  const boxes = boxesOf(content)
  // A box as large as most of the form's needs less room than a letter that looks like one.
  const empty = content.checkBoxes.filter(({ checked }) => !checked).map(({ box }) => box)
  const isOfSize = (box: Rectangle): boolean =>
    empty.filter(({ width }) => Math.abs(box.width - width) <= 0.06 * width).length >= Math.max(fewestAlike, empty.length / 2)
  const between = (hit: Hit, box: Rectangle): boolean => {
    if (rowOverlap(box, hit.box) < 0.4) return false
    const letters = hit.stretches
      .flatMap((stretch) => lines[stretch.line]!.letters.slice(stretch.start, stretch.end))
      .filter((letter) => hit.text.includes(letter.character))
    const em = lines[hit.stretches[0]!.line]!.em
    const middles = letters.map((letter) => (letter.left + letter.right) / 2)
    const steps = middles.slice(1).map((middle, at) => middle - middles[at]!)
    const usual = steps.toSorted((one, other) => one - other)[steps.length >> 1] ?? em
    // The letters on both sides stand further apart than two letters of a word.
    return steps.some(
      (step, at) =>
        middles[at + 1]! > middleX(box) &&
        middles[at]! < middleX(box) &&
        step > Math.min(1.6 * em, steps.length > 2 ? (isOfSize(box) ? 1.3 : 1.4) * usual : Infinity),
    )
  }
  // Words on two rows are one option unless a box stands before the second: 法人卡 above □补卡.
  const beforeLower = (hit: Hit, box: Rectangle): boolean =>
    hit.parts.slice(1).some((part) => rowOverlap(box, part) > 0.5 && box.x < part.x && part.x - right(box) < 1.6 * part.height)
  // （ ）法人卡 behind 补卡, 增办 ○ 操作员卡: what stands between is to be ticked.
  const isOverBrackets = ({ stretches }: Hit): boolean =>
    stretches.some(({ line, start, end }) => {
      const within = lines[line]!.letters.slice(start, end).map(({ character }) => character)
      return within.some((character) => [opening, closing, round].some((sign) => sign.test(character)))
    })
  // 操作员卡；增办: an item ends between them.
  const isOverItems = ({ stretches }: Hit): boolean =>
    stretches.some(({ line, start, end }) => /[;；。]/u.test(textOf(lines[line]!.letters.slice(start, end))))
  // A word that is another but for its end, which would stand below: 操作员卡 above 卡号 is no 操作员卡补卡.
  const lacksEnd = ({ cost, parts }: Hit): boolean => parts.length > 1 && cost >= 1
  // （窗口领卡的，…）, 窗口领卡请查询…: a remark on an option.
  const isRemark = ({ stretches }: Hit): boolean => {
    const { line, end } = stretches.at(-1)!
    return /[的请需须应可凭时]/u.test(lines[line]!.letters[end]?.character ?? '')
  }
  // 邮寄领, whose last character wrapped: what goes on behind it is another word, or the whole one.
  const goesOn = ({ text, stretches }: Hit): boolean => {
    const { line, end } = stretches.at(-1)!
    return wrapped.test(text) && lines[line]!.letters.length > end
  }
  // 操作员卡 增办：: the head of the next item has a colon behind it.
  const endsWithHead = ({ text, stretches }: Hit): boolean => {
    const { line, end } = stretches.at(-1)!
    return /卡(?:增办|补办|补卡)$/u.test(text) && /[:：]/u.test(lines[line]!.letters[end]?.character ?? '')
  }
  const isNone = (hit: Hit): boolean => [isOverBrackets, isOverItems, lacksEnd, isRemark, goesOn, endsWithHead].some((is) => is(hit))
  const table = openTable(content.cells)
  const isOverCells = ({ parts }: Hit): boolean => new Set(parts.map((part) => table.cellOf(part))).size > 1
  return (text) =>
    find(text).filter((hit) => !isNone(hit) && !isOverCells(hit) && !boxes.some((box) => between(hit, box) || beforeLower(hit, box)))
}

/** Nothing stands before it but a few letters, or a number and a tick: 8.（√）电子口岸卡解锁 holds the words of an undertaking. */
const beginsItem = ({ line, start }: Hit['stretches'][number], lines: readonly Line[]): boolean =>
  start <= 4 || !lines[line]!.letters.slice(0, start).some(({ character }) => /\p{Script=Han}/u.test(character))

function place<Value>(
  wanted: readonly { readonly value: Value; readonly texts: readonly string[] }[],
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  isBoxed: (option: OptionInLine) => boolean,
): Option<Value>[] {
  return withoutOverlaps(
    wanted.flatMap((option) =>
      option.texts.flatMap((text) =>
        find(text)
          .filter((hit) => beginsItem(hit.stretches[0]!, lines) || !isProse(hit.stretches[0]!.line) || isBoxed(wordsOf(hit, lines)))
          .map((hit) => ({ hit, value: option.value })),
      ),
    ),
  ).map(({ hit, value }) => ({ value, ...wordsOf(hit, lines) }))
}

/** Where the words of an option stand: the room of a box that was dropped before them is not theirs. */
function wordsOf(hit: Hit, lines: readonly Line[]): OptionInLine {
  const stretch = hit.stretches[0]!
  const { line, start } = stretch
  const { em, letters } = lines[line]!
  const shift = letters[start]!.right - 1.15 * em - hit.box.x
  return { box: shift > 0.2 * em ? { ...hit.box, x: hit.box.x + shift, width: hit.box.width - shift } : hit.box, em, stretch }
}

/** What a seal left of an undertaking: 做好操作员授权及管理。 */
const endOfSentence = /^\p{Script=Han}{2,}。$/u

function placeServiceOptions(
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  boxes: readonly Rectangle[],
): Option<ServiceCode>[] {
  type Found = { hit: Hit; value: ServiceCode | 'replace' | 'add' | 'void' | 'legal' | 'operator' }
  const isOption = ({ stretches: [first] }: Hit): boolean =>
    (beginsItem(first!, lines) || !isProse(first!.line)) && !endOfSentence.test(textOf(lines[first!.line]!.letters.slice(first!.end)))
  // 企业基本信息 is the heading of a part of the form, and no 企业基本信息变更.
  const isWhole = ({ text, stretches }: Hit): boolean => stretches.reduce((sum, { start, end }) => sum + end - start, 0) > text.length - 2
  const hitsOf = (texts: readonly string[]): Hit[] => texts.flatMap((text) => find(text).filter((hit) => isWhole(hit) && isOption(hit)))
  const parts: Found[] = [
    ...optionHeads.flatMap(({ head, texts }) => hitsOf(texts).map((hit) => ({ hit, value: head }))),
    ...sharedOptions.flatMap(({ card, texts }) => hitsOf(texts).map((hit) => ({ hit, value: card }))),
  ]
  const whole = serviceOptions.flatMap((option) => hitsOf(option.texts).map((hit): Found => ({ hit, value: option.value })))
  const isOne = ({ hit }: Found): boolean => !isHeadAndCard(hit, parts, lines, boxes) && !isOfTwoRows(hit, parts) && !endsInHead(hit, parts)
  const found = withoutOverlaps<Found>([...whole.filter(isOne), ...parts])
  const heads = found.filter(({ value }) => value === 'replace' || value === 'add' || value === 'void')
  const options: Option<ServiceCode>[] = []
  for (const { hit, value } of found) {
    if (value === 'replace' || value === 'add' || value === 'void') continue
    const words = wordsOf(hit, lines)
    const { em } = words
    if (value !== 'legal' && value !== 'operator') {
      options.push({ value, ...words })
      continue
    }
    const head = heads
      .filter((one) => !isParted(one.hit, hit, lines))
      .filter((one) =>
        rowOverlap(one.hit.box, hit.box) > 0.4
          ? one.hit.box.x < hit.box.x
          : !hasOwnHead(hit, lines) && bottom(one.hit.box) < middleY(hit.box) && hit.box.y - bottom(one.hit.box) < 2.5 * em,
      )
      .toSorted((one, other) => headDistance(one.hit.box, hit.box) - headDistance(other.hit.box, hit.box))[0]
    const service = serviceOfShared[`${head?.value ?? headByNeighbours(hit, found, lines)}:${value}`]
    if (service) options.push({ value: service, ...words })
  }
  return options
}

/**
 * 补卡法人卡 is no 补办法人卡 with a letter misread where both its words are as printed; and words with a box between them are two, however
 * the recogniser shared its room out among the letters.
 */
function isHeadAndCard(
  hit: Hit,
  parts: readonly { readonly hit: Hit; readonly value: string }[],
  lines: readonly Line[],
  boxes: readonly Rectangle[],
): boolean {
  const [own, second] = hit.stretches
  const { letters, em } = lines[own!.line]!
  const within = parts
    .map((part) => ({ ...part, at: part.hit.stretches[0]! }))
    .filter((part) => part.hit.cost === 0 && part.at.line === own!.line)
  const isCard = ({ value }: { readonly value: string }): boolean => /^(?:legal|operator)$/u.test(value)
  const card = within.find((part) => isCard(part) && part.at.end === own!.end)
  const head = card && within.find((part) => !isCard(part) && part.at.end === card.at.start && Math.abs(part.at.start - own!.start) <= 1)
  if (second || !card || !head) return false
  const edge = (letters[head.at.end - 1]!.right + letters[card.at.start]!.left) / 2
  return hit.cost >= 1 || boxes.some((box) => rowOverlap(box, hit.box) > 0.4 && Math.abs(middleX(box) - edge) < 0.5 * em)
}

/** 操作员卡增办 before □操作员卡 ends in the head of what follows, in a row of options that runs on. */
function endsInHead({ stretches }: Hit, parts: readonly { readonly hit: Hit; readonly value: string }[]): boolean {
  const [own, second] = stretches
  const isPart = (words: RegExp, is: (at: Hit['stretches'][number]) => boolean): boolean =>
    parts.some(
      ({ hit, value }) =>
        words.test(value) && hit.cost === 0 && hit.stretches.length === 1 && hit.stretches[0]!.line === own!.line && is(hit.stretches[0]!),
    )
  return (
    second === undefined &&
    isPart(/^(?:legal|operator)$/u, (at) => at.start === own!.start) &&
    isPart(/^(?:replace|add|void)$/u, (at) => at.end === own!.end) &&
    isPart(/^(?:legal|operator)$/u, (at) => at.start >= own!.end && at.start <= own!.end + 2)
  )
}

/** The card that ends one row and the head that begins the next: 补卡 □法人卡 □操作员卡 above 增办 □操作员卡. */
function isOfTwoRows({ stretches }: Hit, parts: readonly { readonly hit: Hit }[]): boolean {
  const isPart = ({ line, start, end }: Hit['stretches'][number]): boolean =>
    parts.some(
      ({ hit }) =>
        hit.cost === 0 &&
        hit.stretches.length === 1 &&
        hit.stretches.every((own) => own.line === line && own.start === start && own.end === end),
    )
  return stretches.length === 2 && stretches.every(isPart)
}

/** A head that could not be read: 法人卡 stands only in the row of 补卡, a lone 操作员卡 in that of 增办. */
function headByNeighbours(
  hit: Hit,
  others: readonly { readonly hit: Hit; readonly value: string }[],
  lines: readonly Line[],
): 'replace' | 'add' {
  const legal = others.some(
    (other) => other.value.endsWith('legal') && rowOverlap(other.hit.box, hit.box) > 0.4 && !isParted(other.hit, hit, lines),
  )
  return legal ? 'replace' : 'add'
}

/** 4.墙办□操作员卡: words of an item of its own stand before it, if misread ones. */
function hasOwnHead({ stretches: [first] }: Hit, lines: readonly Line[]): boolean {
  const { line, start } = first!
  return /^\d{1,2}[.、．]\p{Script=Han}{2}/u.test(textOf(lines[line]!.letters.slice(0, start)))
}

/** Between them on their line an item ends and the next one begins: 补卡□法人卡；4.□操作员卡. */
function isParted(one: Hit, other: Hit, lines: readonly Line[]): boolean {
  const [before, after] = [one.stretches.at(-1)!, other.stretches[0]!]
  if (before.line !== after.line || before.end > after.start) return false
  const between = textOf(lines[before.line]!.letters.slice(before.end, after.start))
  return /[;；。]|(?<!\d)\d{1,2}[.、．]/u.test(between)
}

const headDistance = (head: Rectangle, option: Rectangle): number =>
  rowOverlap(head, option) > 0.4 ? (option.x - head.x) * 0.1 : option.y - head.y + Math.abs(option.x - head.x) * 0.2

/** Longer and surer words first; of one option that stands twice, the one that came first. */
function withoutOverlaps<Found extends { hit: Hit }>(found: readonly Found[]): Found[] {
  const taken = new Set<string>()
  const kept: Found[] = []
  for (const each of found.toSorted(
    (one, other) => other.hit.text.length - 2 * other.hit.cost - (one.hit.text.length - 2 * one.hit.cost),
  )) {
    const keys = each.hit.stretches.flatMap((stretch) =>
      Array.from({ length: stretch.end - stretch.start }, (_, at) => `${stretch.line}:${stretch.start + at}`),
    )
    if (keys.some((key) => taken.has(key))) continue
    for (const key of keys) taken.add(key)
    kept.push(each)
  }
  return kept.toSorted((one, other) => middleY(one.hit.box) - middleY(other.hit.box) || one.hit.box.x - other.hit.box.x)
}

const ticked = /[☑☒√✓✔✅■◉●⊠]/u
/** Recognisers make it of an empty box too. */
const full = /[■●]/u
/** A narrow pair of brackets is read so too. */
const round = /[○◯〇]/u
const emptyBox = /[□☐囗◻▢○◯]/u
/** What recognisers make of a box, empty or ticked; only believed just before or after an option, and never over pixels. */
const boxLike = /[口回日田曰凵冈区固团因国図困囚O0]/u

/** What recognisers make of a √ that stands in the place of the box. */
const tickLike = /[VvνУY]/u

function marksOf(content: PageContent, lines: readonly Line[], options: readonly Option<unknown>[]): Mark[] {
  // A square of a letter of the words (邮) is no box of theirs, though a fax lost the box itself.
  const isInWords = ({ box }: CheckBox): boolean =>
    options.some((option) => rowOverlap(option.box, box) > 0.4 && middleX(box) > option.box.x && middleX(box) < right(option.box)) &&
    isOfLetter(box, lines)
  const boxes = content.checkBoxes.filter((found) => !isInWords(found))
  const pixels = boxes.map((found: CheckBox): Mark => {
    const { box, checked, confidence } = found
    const letter = found.isEmptyInside && letterBefore(box, lines)
    // A tick between the words of one option and the box of the next may be of either.
    if (found.isEmptyInside && hasTickBefore(box, lines)) return { box, checked: false, confidence: 0.6, source: 'pixels' }
    if (found.isBefore && options.some((option) => endsBefore(option, box))) return { box, checked, confidence: 0.6, source: 'pixels' }
    return letter
      ? { box, checked: false, confidence: letter.isExact ? 0.95 : 0.75, source: 'pixels' }
      : { box, checked, confidence, source: 'pixels' }
  })
  const filled = content.formValues
    .filter((value) => typeof value.value === 'boolean')
    .map((value: FormValue): Mark => ({ box: value.box, checked: value.value === true, confidence: 1, source: 'acroform' }))
  const typed: Mark[] = []
  for (const line of lines) {
    for (const [at, letter] of line.letters.entries()) {
      const box = { x: letter.left, y: line.box.y, width: Math.max(1, letter.right - letter.left), height: line.box.height }
      const sure = line.source === 'text-layer'
      if (ticked.test(letter.character))
        typed.push({ box, checked: true, confidence: sure ? 1 : 0.85, source: 'text', isFull: !sure && full.test(letter.character) })
      else if (emptyBox.test(letter.character)) typed.push({ box, checked: false, confidence: sure ? 0.95 : 0.6, source: 'text' })
      else if (!sure && isFirst(line, at) && tickLike.test(letter.character) && isInPlaceOfBox(box, line, options, pixels))
        typed.push({ box, checked: true, confidence: 0.85, source: 'text' })
      else if (!sure && boxLike.test(letter.character) && options.some((option) => touches(option, box)))
        typed.push({ box, checked: false, confidence: 0.3, source: 'text' })
    }
  }
  return merge([...filled, ...pixels, ...typed])
}

/** The letter or bracket that stands so close before a box that it touches it: 补卡□, （□. Where the box was not read, its room is shared out to the letters. */
function letterBefore(box: Rectangle, lines: readonly Line[]): Letter | undefined {
  return lines
    .filter((line) => rowOverlap(line.box, box) > 0.4)
    .flatMap(({ letters, em }) =>
      letters.filter(
        ({ character, left, right: end }) =>
          left < box.x - (character === '(' ? 0.15 : 0.5) * em && left + 1.8 * em > box.x && end > box.x - 0.4 * em,
      ),
    )
    .find(({ character }) => /[\p{Script=Han}(]/u.test(character) && !strokes.test(character))
}

/** The words of an option, with room for hardly more than a tick between them and this box. */
const endsBefore = (option: OptionInLine, box: Rectangle): boolean =>
  rowOverlap(option.box, box) > 0.4 && right(option.box) < middleX(box) && box.x - right(option.box) < 2.5 * option.box.height

const hasTickBefore = (box: Rectangle, lines: readonly Line[]): boolean =>
  lines.some(
    (line) =>
      rowOverlap(line.box, box) > 0.4 &&
      line.letters.some(
        ({ character, left, right: end }, at) =>
          /[√✓✔]/u.test(character) &&
          end > box.x - 0.7 * line.em &&
          left < box.x &&
          /\p{Script=Han}/u.test(line.letters[at - 1]?.character ?? ''),
      ),
  )

/** Nothing but the option's number stands before it. */
const isFirst = ({ letters }: Line, at: number): boolean =>
  at <= 4 && letters.slice(0, at).every(({ character }) => /[\d.,、．:：()（）\s]/u.test(character))

/** At the begin of an option's line, where no box is; the boxes of most other options are there to be seen. */
function isInPlaceOfBox(box: Rectangle, line: Line, options: readonly Option<unknown>[], boxes: readonly Mark[]): boolean {
  const stands = (mark: Rectangle, option: Option<unknown>): boolean =>
    rowOverlap(option.box, mark) > 0.4 && option.box.x > mark.x && option.box.x - right(mark) < 4.5 * option.em
  if (!options.some((option) => rowOverlap(option.box, line.box) > 0.4 && stands(box, option))) return false
  if (boxes.some((mark) => rowOverlap(mark.box, box) > 0.3 && Math.abs(middleX(mark.box) - middleX(box)) < line.em)) return false
  const boxed = options.filter((option) => boxes.some((mark) => stands(mark.box, option) && Math.abs(mark.box.x - box.x) < 1.5 * line.em))
  return boxed.length >= 1
}

const stands = (option: Option<unknown>, box: Rectangle, gap: number): boolean =>
  rowOverlap(option.box, box) >= 0.4 && gap > -0.4 * option.em && gap < nearWords * option.em

const touches = (option: Option<unknown>, box: Rectangle): boolean => stands(option, box, option.box.x - right(box))

const isBeside = (option: Option<unknown>, box: Rectangle): boolean =>
  touches(option, box) || stands(option, box, box.x - right(option.box))

/** Marks on one another are one box: a √ typed over □, or the same box seen in the pixels and in the text. */
function merge(marks: readonly Mark[]): Mark[] {
  const merged: Mark[] = []
  for (const mark of marks) {
    // A sign that was read is as high as its line, which may slant past the box of the next row.
    const size = mark.source === 'text' ? mark.box.width : Math.max(mark.box.width, mark.box.height)
    const at = merged.findIndex(
      (other) =>
        Math.abs(middleX(other.box) - middleX(mark.box)) < 0.75 * Math.max(size, other.box.width) &&
        Math.abs(middleY(other.box) - middleY(mark.box)) < 0.8 * Math.max(size, other.box.height),
    )
    const known = merged[at]
    if (!known) merged.push(mark)
    else if (known.checked === mark.checked) merged[at] = { ...known, confidence: Math.max(known.confidence, mark.confidence) }
    else if (known.source === 'acroform') continue
    else if (mark.source === 'text' && (!mark.checked || (mark.isFull && isPlainlyEmpty(known)))) continue
    else merged[at] = { ...known, checked: true, confidence: Math.min(0.8, Math.max(known.confidence, mark.confidence)) }
  }
  return merged
}

function readTicks<Value extends string>(options: readonly Option<Value>[], marks: readonly Mark[], page: Surroundings): Ticked<Value> {
  const { lines } = page
  const source = lines.some((line) => line.source === 'text-layer') ? 'text-layer' : 'ocr'
  if (options.length === 0) return { values: [], options: [], box: null, rows: [], confidence: 0, least: 0, clear: false, source }
  const before = pair(options, marks, 'before')
  const after = pair(options, marks, 'after')
  // The side on which more options have a box, and have it nearer, is where this layout prints its boxes.
  const inColumn = pairRows(options, marks)
  const more = close(after) - close(before) || (close(before) > 0 ? 0 : after.size - before.size)
  const beside = more > 0 || (more === 0 && distance(after) < distance(before)) ? after : before
  const boxed = inColumn.size > beside.size && 2 * inColumn.size > options.length ? inColumn : beside
  const bracketed = ofMarks(tickBrackets(options, page))
  // A sign read between brackets is no box.
  const drawn = [...boxed.values()].filter(({ mark }) => mark.source !== 'text').length
  const seen = bracketed.size > drawn ? bracketed : boxed
  const told = 2 * seen.size > options.length ? seen : (inCells(options, page) ?? seen)
  const chosen = told === boxed ? withTornBoxes(boxed, options, page) : told
  const sure = withoutTails(options.filter((option) => chosen.get(option)?.mark.checked))
  // A tick drawn over its box or round it hides the box, and a fax leaves only pieces of some.
  const { inked, unseen } = hiddenTicks(options, chosen, marks, page)
  // Where several boxes were not found, ink that is no plain tick is mostly the next one of them.
  const missing = options.filter((option) => chosen.get(option)?.mark.source !== 'pixels' && !hasTwin(option, options, chosen))
  const isTickLike = (option: Option<Value>): boolean => seeHiddenTick(option, options, chosen, page) === 'tick'
  const faint = sure.length > 0 ? [] : areAllElse(inked) ? inked : unseen.length === 1 ? unseen : unboxed(options, chosen, page)
  const hidden = sure.length > 0 ? unseen.filter((option) => missing.length === 1 || isTickLike(option)) : []
  const ticked = sure.length > 0 ? [...sure, ...hidden] : faint
  // What was ticked and then struck out is not meant; nor are all options but one that are struck out without a tick.
  const struck = (ticked.length > 0 ? ticked : options).filter((option) => isStruck(option, chosen.get(option)?.mark.box, page))
  const left = (ticked.length > 0 ? ticked : options).filter((option) => !struck.includes(option))
  const checked = ticked.length > 0 || (struck.length > 0 && left.length === 1) ? left : ticked
  /** Of several boxes that are hidden by ink all are ticked where each other one is there to be seen, and empty. */
  function areAllElse(found: readonly Option<Value>[]): boolean {
    const rest = options.filter((option) => !found.includes(option) && !hasTwin(option, options, chosen))
    return found.length > 1 && rest.length >= 2 * found.length && rest.every((option) => isPlainlyEmpty(chosen.get(option)?.mark))
  }
  /** The tail of a tick reaches into the box of the next row: beside a clear tick it is none. */
  function withoutTails(found: Option<Value>[]): Option<Value>[] {
    const sureness = (option: Option<Value>): number => chosen.get(option)!.mark.confidence
    return found.some((option) => sureness(option) >= 0.95) ? found.filter((option) => sureness(option) >= 0.8) : found
  }
  const found = [...chosen.values()].map(({ mark }) => mark)
  const mayBeMore = told === boxed && sure.length > 0 && hasInkElsewhere(options, checked, chosen, page)
  const confidence = found.length === 0 ? 0 : Math.min(...found.map((mark) => mark.confidence))
  const filled = found.length > 0 && found.every((mark) => mark.source === 'acroform')
  const shown = checked.length > 0 ? checked : options
  // Its words may stand once more, in an undertaking say; where they have two boxes, both are ticked or none is.
  const isEachBoxed = options.every((option) =>
    chosen.has(option)
      ? chosen.get(option)!.mark.checked || checked.includes(option) || !checked.some(({ value }) => value === option.value)
      : checked.some(({ value }) => value === option.value) || hasTwin(option, options, chosen),
  )
  return {
    values: [...new Set(checked.map((option) => option.value))],
    box: join(shown.map((option) => (chosen.has(option) ? join([option.box, chosen.get(option)!.mark.box]) : option.box))),
    options,
    rows: checked.map((option) => option.box),
    confidence,
    least: sure.length === 0 ? 0 : Math.min(...sure.map((option) => chosen.get(option)!.mark.confidence)),
    clear:
      hidden.length === 0 &&
      struck.length === 0 &&
      !mayBeMore &&
      !hasLoneTick(options, marks, chosen, lines) &&
      (faint.length === 0 || isTickedUnseen(options, faint, chosen, page) || isTickedBehind(options, faint, chosen, marks)) &&
      isEachBoxed &&
      found.every((mark) => mark.confidence >= 0.8),
    source: filled ? 'acroform' : source,
    isEmpty: checked.length === 0 && struck.length === 0 && source === 'ocr' && areAllEmpty(options, marks, chosen, page),
  }
}

/** With the boxes that a fax broke up: told by the pieces of their frames where others were found, and by nothing that stands within. */
function withTornBoxes<Value>(boxed: Pairs<Value>, options: readonly Option<Value>[], { tools }: Surroundings): Pairs<Value> {
  const whole = [...boxed].filter(([, { mark }]) => mark.source === 'pixels')
  const others = whole.map(([{ box: words }, { mark }]) => ({ words, box: mark.box }))
  const all = new Map(boxed)
  for (const option of options) {
    const mark = boxed.get(option)?.mark
    if (mark && (mark.source !== 'text' || mark.checked)) continue
    const box = seeTornBox(option.box, others, tools)
    if (box) all.set(option, { mark: { box, checked: false, confidence: 0.95, source: 'pixels' }, gap: 0 })
  }
  return all
}

const isPlainlyEmpty = (mark: Mark | undefined): boolean => mark?.source === 'pixels' && !mark.checked && mark.confidence >= 0.95

function areAllEmpty<Value>(options: readonly Option<Value>[], marks: readonly Mark[], chosen: Pairs<Value>, page: Surroundings): boolean {
  if (!options.every((option) => isPlainlyEmpty(chosen.get(option)?.mark)) || hasLoneTick(options, marks, chosen, page.lines)) return false
  return findStrayTicks(options, new Map([...chosen].map(([option, { mark }]) => [option, mark.box])), page).size === 0
}

/** Whether a pen went through the words of an option, be it from its box on. */
function isStruck({ stretch, box: words, em }: Option<unknown>, own: Rectangle | undefined, { lines, tools }: Surroundings): boolean {
  const line = lines[stretch.line]
  if (line?.source !== 'ocr') return false
  const letters = line.letters.slice(stretch.start, stretch.end)
  const middles = letters.map((letter) => (letter.left + letter.right) / 2)
  const box = own ? { ...join([words, own]), y: words.y, height: words.height } : words
  const strokes = strokesThrough({ box, em, letters }, tools)
  return middles.length > 0 && middles.every((middle) => strokes.some((stroke) => middle > stroke.x && middle < right(stroke)))
}

const allOptions = [...serviceOptions, ...deliveryOptions]

/** A ticked box like those of the options, below or beside them, of which the words could not be read. */
function hasLoneTick<Value>(
  options: readonly Option<Value>[],
  marks: readonly Mark[],
  chosen: Pairs<Value>,
  lines: readonly Line[],
): boolean {
  const own = [...chosen].filter(([, { mark }]) => mark.source === 'pixels')
  if (own.length < 2) return false
  const used = new Set(own.map(([, { mark }]) => mark))
  const isLikeOwn = ({ box }: Mark): boolean =>
    own.some(
      ([{ em, box: words }, { mark }]) =>
        Math.abs(box.width - mark.box.width) <= 0.15 * mark.box.width &&
        Math.abs(box.height - mark.box.height) <= 0.15 * mark.box.height &&
        ((Math.abs(box.x - mark.box.x) < 0.4 * em && Math.abs(middleY(box) - middleY(words)) < nextRow * em) ||
          (rowOverlap(box, words) > 0.4 && box.x > mark.box.x && box.x - right(words) < nextRow * em)),
    )
  const isInWords = ({ box }: Mark): boolean =>
    options.some((option) => rowOverlap(option.box, box) > 0.4 && middleX(box) > option.box.x && middleX(box) < right(option.box))
  // Boxes are read as nothing, or as what looks like one; the room of one that was not read is shared out to the letter behind it.
  const isLetter = ({ box }: Mark): boolean =>
    lines.some(
      (line) =>
        rowOverlap(line.box, box) > 0.4 &&
        line.letters.some(
          (letter) =>
            /\p{Script=Han}/u.test(letter.character) &&
            !boxLike.test(letter.character) &&
            Math.abs(letter.right - 0.5 * line.em - middleX(box)) < 0.6 * line.em,
        ),
    )
  // The ways of handing out may stand right below the services.
  const isOfOthers = ({ box }: Mark): boolean =>
    lines.some((line) => {
      if (rowOverlap(line.box, box) < 0.4) return false
      const behind = textOf(line.letters.filter((letter) => letter.right > right(box) + 0.4 * line.em).slice(0, 2))
      return behind.length > 1 && allOptions.some(({ texts }) => texts.some((text) => text.startsWith(behind)))
    })
  return marks.some(
    (mark) =>
      mark.source === 'pixels' &&
      mark.checked &&
      !used.has(mark) &&
      isLikeOwn(mark) &&
      !isInWords(mark) &&
      !isLetter(mark) &&
      !isOfOthers(mark),
  )
}

const hasTwin = <Value>(option: Option<Value>, options: readonly Option<Value>[], chosen: Pairs<Value>): boolean =>
  options.some((other) => other !== option && other.value === option.value && chosen.has(other))

/** The one option without a box, all others being plainly empty, has ink as large as a box and more within it where its box should be. */
function isTickedUnseen<Value>(
  options: readonly Option<Value>[],
  [option, second]: readonly Option<Value>[],
  chosen: Pairs<Value>,
  page: Surroundings,
): boolean {
  if (!option || second || chosen.has(option)) return false
  if (options.some((other) => other.value !== option.value && !chosen.has(other) && !hasTwin(other, options, chosen))) return false
  const seen = [...chosen].filter(([, { mark }]) => mark.source === 'pixels')
  if (seen.some(([, { mark }]) => mark.checked || mark.confidence < 0.95)) return false
  return seeHiddenTick(option, options, chosen, page) !== 'none'
}

/** Its box was found, amid its words (补卡□法人卡). */
const hasOtherBox = ({ box, em }: Option<unknown>, marks: readonly Mark[]): boolean =>
  marks.some((mark) => rowOverlap(mark.box, box) > 0.4 && middleX(mark.box) > box.x - 2 * em && middleX(mark.box) < right(box))

/** The options without a box that have ink in its place; `unseen` are those of which it rises like a tick, or all where none does. */
function hiddenTicks<Value>(
  options: readonly Option<Value>[],
  chosen: Pairs<Value>,
  marks: readonly Mark[],
  page: Surroundings,
): { readonly inked: Option<Value>[]; readonly unseen: Option<Value>[] } {
  const seen = options
    .filter((option) => !chosen.has(option) && !hasOtherBox(option, marks))
    .map((option) => ({ option, seen: seeHiddenTick(option, options, chosen, page) }))
  const ticks = seen.filter((one) => one.seen === 'tick').map(({ option }) => option)
  const inked = seen.filter((one) => one.seen !== 'none').map(({ option }) => option)
  return { inked, unseen: ticks.length > 0 ? ticks : inked }
}

/** What stands in the place of its box before an option without one, whose words have one nowhere. */
function seeHiddenTick<Value>(
  option: Option<Value>,
  options: readonly Option<Value>[],
  chosen: Pairs<Value>,
  { tools }: Surroundings,
): SeenTick {
  if (hasTwin(option, options, chosen)) return 'none'
  const seen = [...chosen].filter(([, { mark }]) => mark.source === 'pixels' && !mark.checked)
  return seeTick(
    option.box,
    seen.map(([{ box: words }, { mark }]) => ({ words, box: mark.box })),
    tools,
  )
}

/** All boxes are plainly empty, and right behind the words of the one option with ink of its own a √ was read, and nowhere else. */
function isTickedBehind<Value>(
  options: readonly Option<Value>[],
  [option, second]: readonly Option<Value>[],
  chosen: Pairs<Value>,
  marks: readonly Mark[],
): boolean {
  if (!option || second || !chosen.has(option)) return false
  if ([...chosen.values()].some(({ mark }) => mark.source !== 'pixels' || mark.checked || mark.confidence < 0.95)) return false
  const isBehind = (one: Option<Value>, mark: Mark): boolean =>
    rowOverlap(one.box, mark.box) > 0.4 && Math.abs(mark.box.x - right(one.box)) < 1.2 * one.em
  // Right before another box it may be that one's.
  const isBefore = (mark: Mark): boolean =>
    [...chosen.values()].some(
      ({ mark: { box } }) => rowOverlap(box, mark.box) > 0.4 && box.x > mark.box.x && box.x < right(mark.box) + 0.5 * option.em,
    )
  const near = marks.filter((mark) => mark.source === 'text' && mark.checked && options.some((one) => isBehind(one, mark)))
  return near.length === 1 && isBehind(option, near[0]!) && !isBefore(near[0]!)
}

/** In characters: so large is a stroke of a pen. */
const noLetter = 1.3

/** Beside a ticked box: ink about another option, a ring say, that is no part of the tick. */
function hasInkElsewhere<Value>(
  options: readonly Option<Value>[],
  checked: readonly Option<Value>[],
  chosen: Pairs<Value>,
  page: Surroundings,
): boolean {
  const isTicked = (option: Option<Value>): boolean => checked.some(({ value }) => value === option.value)
  const boxes = new Map([...chosen].map(([option, { mark }]) => [option, mark.box]))
  const ticks = [...boxes].filter(([option]) => isTicked(option)).map(([{ em }, box]) => widen(box, 0.3 * em))
  // Pieces of letters and specks are smaller.
  const isPlain = (option: Option<Value>, ink: Rectangle): boolean => {
    const own = boxes.get(option)
    return Math.max(ink.width, ink.height) > noLetter * option.em || (own !== undefined && contains(ink, own))
  }
  return [...findStrayTicks(options, boxes, page)].some(
    ([option, ink]) => !isTicked(option) && isPlain(option, ink) && !ticks.some((box) => meets(box, ink)),
  )
}

/** No box is ticked for sure: the one option with a mark beside it, else the one whose box is hidden or less surely empty than all others. */
function unboxed<Value>(options: readonly Option<Value>[], chosen: Pairs<Value>, page: Surroundings): Option<Value>[] {
  const boxes = new Map([...chosen].map(([option, { mark }]) => [option, mark.box]))
  const strays = [...findStrayTicks(options, boxes, page)]
  // Ink of a stamp is as stray as a tick, but is not read as one.
  const [own, other] = strays.length === 1 ? strays : strays.filter(([, ink]) => isReadAsTick(ink, page.lines))
  if (own && !other) return [own[0]]
  return [...hiddenBox(options, chosen), ...faintTick(options, chosen)].slice(0, 1)
}

const isReadAsTick = (ink: Rectangle, lines: readonly Line[]): boolean =>
  lines.some(
    ({ box, letters }) =>
      rowOverlap(box, ink) > 0.4 &&
      letters.some(({ character, left, right: end }) => /[√✓✔]/u.test(character) && left < right(ink) && end > ink.x),
  )

/** All boxes but one are seen, and are empty: the tick over the last one hides it. */
function hiddenBox<Value>(options: readonly Option<Value>[], chosen: Pairs<Value>): Option<Value>[] {
  const isSeen = (option: Option<Value>): boolean => (chosen.get(option)?.mark.confidence ?? 0) > 0.5
  const hidden = options.filter((option) => !isSeen(option) && !hasTwin(option, options, chosen))
  return options.length >= 2 && hidden.length === 1 ? hidden : []
}

/** No box is ticked for sure, but one alone is less surely empty than all others: a tick beside it. */
function faintTick<Value>(options: readonly Option<Value>[], chosen: Pairs<Value>): Option<Value>[] {
  const empty = options
    .filter((option) => chosen.get(option)?.mark.source === 'pixels')
    .toSorted((one, other) => chosen.get(one)!.mark.confidence - chosen.get(other)!.mark.confidence)
  const [first, second] = empty.map((option) => chosen.get(option)!.mark.confidence)
  return first !== undefined && second !== undefined && first < 0.975 && second - first > 0.02 ? empty.slice(0, 1) : []
}

type Pairs<Value> = Map<Option<Value>, { mark: Mark; gap: number }>

function pair<Value>(options: readonly Option<Value>[], marks: readonly Mark[], side: 'before' | 'after'): Pairs<Value> {
  // A square of a letter (窗口).
  const isAmidOthers = (own: Option<Value>, { box, source }: Mark): boolean =>
    source === 'pixels' &&
    options.some(
      (other) =>
        other !== own && rowOverlap(other.box, box) > 0.4 && middleX(box) > other.box.x + 0.5 * other.em && right(box) < right(other.box),
    )
  const pairs: Pairs<Value> = new Map()
  const offers = options.flatMap((option) =>
    marks.flatMap((mark) => {
      if (rowOverlap(option.box, mark.box) < 0.4 || isAmidOthers(option, mark)) return []
      const gap = (side === 'before' ? option.box.x - right(mark.box) : mark.box.x - right(option.box)) / option.em
      // Rows may stand so close that the box of the next one is level with these words, too.
      const off = Math.abs(middleY(option.box) - middleY(mark.box)) / option.em
      return gap > -0.8 && gap < 4 ? [{ option, mark, gap: Math.abs(gap), off }] : []
    }),
  )
  const used = new Set<Mark>()
  for (const offer of offers.toSorted((one, other) => one.gap + one.off - other.gap - other.off)) {
    if (pairs.has(offer.option) || used.has(offer.mark)) continue
    pairs.set(offer.option, { mark: offer.mark, gap: offer.gap })
    used.add(offer.mark)
  }
  return pairs
}

/** Cells of a column of their own, without boxes. */
function inCells<Value>(options: readonly Option<Value>[], page: Surroundings): Pairs<Value> | null {
  const cells = tickCells(options, page)
  return cells.size === 0 ? null : ofMarks(cells)
}

const ofMarks = <Value>(marks: ReadonlyMap<Option<Value>, CellMark>): Pairs<Value> =>
  new Map([...marks].map(([option, mark]) => [option, { mark: { ...mark, source: 'pixels' }, gap: 0 }]))

/** Boxes that stand in a column of their own: one on the row of each option, and one option on its row. */
function pairRows<Value>(options: readonly Option<Value>[], marks: readonly Mark[]): Pairs<Value> {
  const pairs: Pairs<Value> = new Map()
  const isLevel = (one: Rectangle, other: Rectangle): boolean => rowOverlap(one, other) > 0.4
  for (const option of options) {
    if (options.some((other) => other !== option && isLevel(other.box, option.box))) return new Map()
    // A box that is seen in the words is a part of a letter.
    const isOutside = (box: Rectangle): boolean => middleX(box) < option.box.x || middleX(box) > right(option.box)
    const [mark, second] = marks.filter(
      ({ box, source }) => isLevel(option.box, box) && isOutside(box) && (source !== 'text' || box.x > right(option.box)),
    )
    if (mark && !second) pairs.set(option, { mark, gap: Math.abs(mark.box.x - right(option.box)) / option.em })
  }
  const places = [...pairs.values()].map(({ mark }) => middleX(mark.box)).toSorted((one, other) => one - other)
  const column = places[places.length >> 1] ?? 0
  for (const [option, { mark }] of pairs) if (Math.abs(middleX(mark.box) - column) > option.em) pairs.delete(option)
  return pairs
}

/** Boxes as near to their words as they are printed: squares in the letters of 卡号 behind an option stand farther off. */
const close = (pairs: Pairs<unknown>): number => [...pairs.values()].filter(({ gap }) => gap < nearWords).length
const nearWords = 1.2

const distance = (pairs: Pairs<unknown>): number => [...pairs.values()].reduce((sum, { gap }) => sum + gap, 0)
