/**
 * Finds a printed label inside a run of letters although a character may be misread, blank-spaced or cut:
 * semi-global edit distance (Sellers), cheaper where the recogniser itself thought of the label's character.
 */
import type { Letter } from './letters.ts'

/** Letters `start` up to, not including, `end`; `cost` counts misread, missing and extra characters. */
export interface LabelMatch {
  readonly start: number
  readonly end: number
  readonly cost: number
}

/** Punctuation and rules inside a printed label come and go between versions of a form; a broken frame (区, 国) is read as a bracket. */
const fleeting = /[\s():,.、·_\-*"'“”‘’|/\\[\]]/u
const fleetingKnown = new Map<string, boolean>()

/** Asked of every letter for every label: an expression is tried once for each character. */
function isFleeting(character: string): boolean {
  const known = fleetingKnown.get(character)
  if (known !== undefined) return known
  const told = fleeting.test(character)
  fleetingKnown.set(character, told)
  return told
}

/** Pairs that recognisers mix up in print; half a misreading. */
const alike = pairUp([
  '己已',
  '未末',
  '人入',
  '曰日',
  '口囗',
  '土士',
  '经径',
  '联职',
  '件伴',
  '址扯',
  '申由',
  '业亚',
  '名各',
  '性牲',
  '别刖',
  '码玛',
  '位立',
  '办力',
  '话活',
  '历厉',
  '真直',
  '贯贵',
  '期朗',
  '证征',
  '卡上',
  '号另',
  '公么',
  '代伐',
  '住佳',
  '往住',
  '间问',
  '签鉴',
  '生主',
  '住主',
  '住件',
  '增曾',
  '区X',
  '区x',
])

/** Of each character those that it is mixed up with. */
function pairUp(pairs: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const others = new Map<string, Set<string>>()
  for (const pair of pairs) {
    const [one, other] = Array.from(pair) as [string, string]
    others.set(one, (others.get(one) ?? new Set()).add(other))
    others.set(other, (others.get(other) ?? new Set()).add(one))
  }
  return others
}

/** The most that a label of this many characters may cost and still be that label. */
export function allowance(length: number): number {
  if (length <= 2) return 0.5
  if (length === 3) return 0.6
  if (length <= 5) return 1
  if (length <= 7) return 1.6
  return length * 0.3
}

/**
 * What of a letter is compared with a label, of one shape for all letters: those of text layers, counted and restored ones are objects of
 * other shapes, and for each of them V8 compiled these loops anew.
 */
export interface Sign {
  readonly character: string
  /** The characters that the recogniser thought of besides. */
  readonly others: string
  readonly isDash: boolean
  /** What it costs beside the label. */
  readonly extra: number
}

export const signsOf = (letters: readonly Letter[]): Sign[] => letters.map(signOf)

function signOf({ character, alternatives }: Letter): Sign {
  let others = ''
  for (const other of alternatives) if (other.confidence > leastThought) others += other.character
  return { character, others, isDash: /[-_~]/u.test(character), extra: isFleeting(character) ? 0.05 : 1 }
}

/** What was thought of with less is no hint. */
const leastThought = 0.02

/** What it costs to take a letter for a character. */
function costAs({ character, others, isDash: dash }: Sign, wanted: string, mixedUp: ReadonlySet<string> | undefined): number {
  if (character === wanted) return 0
  // 一 and a dash are the same stroke.
  if (dash && wanted === '一') return 0.1
  // So is 口 and a box to tick.
  if (wanted === '口' && character === '□') return 0
  if (others.includes(wanted)) return 0.4
  return mixedUp?.has(character) ? 0.5 : 1
}

/** Every character that the letters may be, for telling quickly that a label cannot stand among them. */
export function lettersThatMayBe(signs: readonly Sign[]): Set<string> {
  const present = new Set<string>()
  for (const { character, others, isDash } of signs) {
    present.add(character)
    if (isDash) present.add('一')
    if (character === '□') present.add('口')
    for (const other of others) present.add(other)
    for (const other of alike.get(character) ?? []) present.add(other)
  }
  return present
}

/** A label's characters and what each of them is mixed up with; labels are few, and asked of every line. */
function takeApart(label: string): Label {
  const known = labels.get(label)
  if (known) return known
  const wanted = Array.from(label)
  const apart = { wanted, mixedUp: wanted.map((character) => alike.get(character)) }
  labels.set(label, apart)
  return apart
}

interface Label {
  readonly wanted: readonly string[]
  readonly mixedUp: readonly (ReadonlySet<string> | undefined)[]
}
const labels = new Map<string, Label>()

/** Two columns of the edit table, kept: what lies in them is left over from earlier. */
const columns = <Numbers>(make: (length: number) => Numbers, length: number) => ({ one: make(length), other: make(length) })
let costs = columns((length) => new Float64Array(length), 64)
let begins = columns((length) => new Int32Array(length), 64)

function makeRoom(length: number): void {
  costs = columns((more) => new Float64Array(more), length)
  begins = columns((more) => new Int32Array(more), length)
}

/** Every place where `label` stands among letters, best first, not overlapping. */
export function matchLabel(signs: readonly Sign[], label: string, most = allowance(label.length)): LabelMatch[] {
  const { wanted, mixedUp } = takeApart(label)
  const width = wanted.length
  // A short label that lacks a character is another word (身份证 is not 身份证号).
  const missing = width <= 5 ? 1.5 : 1
  // One column of the edit table per letter: cost[j] of the label's first j characters ending here, and where it began.
  if (width >= costs.one.length) makeRoom(width + 1)
  let [cost, nextCost] = [costs.one, costs.other]
  let [begin, nextBegin] = [begins.one, begins.other]
  for (let j = 0; j <= width; j += 1) [cost[j], begin[j]] = [j * missing, 0]
  const ends: LabelMatch[] = []
  // What costs more than `most` comes to no match: each column ends behind its last cell that costs no more (Ukkonen's cut).
  let last = Math.min(width, Math.floor(most / missing))
  for (let i = 0; i < signs.length; i += 1) {
    const sign = signs[i]!
    const { extra } = sign
    nextCost[0] = 0
    nextBegin[0] = i + 1
    let nextLast = 0
    for (let j = 1; j <= width; j += 1) {
      const skip = nextCost[j - 1]! + missing
      if (j > last + 1 && skip > most) break
      const replace = j > last + 1 ? Infinity : cost[j - 1]! + costAs(sign, wanted[j - 1]!, mixedUp[j - 1])
      const insert = j > last ? Infinity : cost[j]! + extra
      if (replace <= insert && replace <= skip) {
        nextCost[j] = replace
        nextBegin[j] = begin[j - 1]!
      } else if (insert <= skip) {
        nextCost[j] = insert
        nextBegin[j] = begin[j]!
      } else {
        nextCost[j] = skip
        nextBegin[j] = nextBegin[j - 1]!
      }
      if (j === 1 && replace <= insert && replace <= skip) nextBegin[1] = i
      if (nextCost[j]! <= most) nextLast = j
    }
    last = nextLast
    ;[cost, nextCost] = [nextCost, cost]
    ;[begin, nextBegin] = [nextBegin, begin]
    // A trailing fleeting character adds nothing to the label: the match ended before it.
    if (last === width && extra === 1) ends.push({ start: begin[width]!, end: i + 1, cost: cost[width]! })
  }
  const whole = ends.map((match) => withoutFigure(match, signs, wanted))
  whole.sort((one, other) => one.cost - other.cost || one.start - other.start)
  const kept: LabelMatch[] = []
  for (const match of whole) {
    if (match.end <= match.start) continue
    if (kept.every((other) => match.end <= other.start || match.start >= other.end)) kept.push(match)
  }
  return kept
}

const isFigure = (character: string | undefined): boolean => character !== undefined && /\d/u.test(character)

/** The first figure of a number stands in for no character that the label lacks: 卡号 without 号 before 05853320276. */
function withoutFigure(match: LabelMatch, signs: readonly Sign[], wanted: readonly string[]): LabelMatch {
  const { end } = match
  const isTaken = isFigure(signs[end - 1]?.character) && isFigure(signs[end]?.character) && !isFigure(wanted.at(-1))
  return isTaken ? { ...match, end: end - 1 } : match
}
