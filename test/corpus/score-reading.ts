/**
 * Scores what `zhika read --json` printed against the truth of drawn submissions:
 * `node test/corpus/score-reading.ts --truth DIR/truth READ.json… [--errors N] [--json]`.
 * Documents are matched by their pages' files. Prints, for each device, kind and field: exact values, certain values, wrong
 * certain values; and for each device: kinds, company seals found, arc texts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FieldValue, ReadDocument, Seal } from '../../src/flow.ts'
import type { Truth, TruthDocument } from './truth.ts'

interface FieldTally {
  /** Fields that carry a value on the paper. */
  filled: number
  exact: number
  /** Fields empty on the paper, and how many were told so. */
  empty: number
  emptyExact: number
  certain: number
  wrongCertain: number
  /** Values that no person can read on this copy, and how many of them were not read as if they could be. */
  illegible: number
  illegibleLeft: number
}

/** One field as it was read, for tables of trust. */
export interface JudgedValue {
  readonly device: string
  readonly kind: string
  readonly field: string
  readonly confidence: number
  readonly certain: boolean
  readonly right: boolean
  /** Whether something was read. */
  readonly told: boolean
}

interface PageTally {
  documents: number
  kindExact: number
  seals: number
  sealsFound: number
  sealTextExact: number
  sealTextWrong: number
  sealsInvented: number
  /** Documents whose seals were all found and none invented. */
  sealsRight: number
}

export interface Miss {
  readonly device: string
  readonly kind: string
  readonly field: string
  readonly file: string
  readonly expected: unknown
  readonly got: unknown
  readonly certain: boolean
}

export interface Score {
  readonly fields: Map<string, FieldTally>
  readonly pages: Map<string, PageTally>
  readonly misses: Miss[]
  readonly values: JudgedValue[]
}

/** A value as one string in which what a clerk takes for the same is the same. Widths, quotes and blanks are folded: they are the same characters to a clerk. */
export function fold(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number')
    return String(value)
      .normalize('NFKC')
      .replace(/\s+/g, '')
      .replace(/[“”„"]/g, '"')
      .replace(/[‘’']/g, "'")
  if (Array.isArray(value))
    return value
      .map((item) =>
        typeof item === 'object' && item !== null ? `${fold(item.name)}×${fold(item.quantity)}@${fold(item.price)}` : fold(item),
      )
      .toSorted()
      .join('|')
  return JSON.stringify(value)
}

const emptyFields = (): FieldTally => ({
  filled: 0,
  exact: 0,
  empty: 0,
  emptyExact: 0,
  certain: 0,
  wrongCertain: 0,
  illegible: 0,
  illegibleLeft: 0,
})
const emptyPages = (): PageTally => ({
  documents: 0,
  kindExact: 0,
  seals: 0,
  sealsFound: 0,
  sealTextExact: 0,
  sealTextWrong: 0,
  sealsInvented: 0,
  sealsRight: 0,
})

function tallyOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function samePage(read: { file: string; page: number }, truth: { file: string; page: number }): boolean {
  return read.page === truth.page && (read.file === truth.file || read.file.endsWith(`/${truth.file}`))
}

/** Adds one submission's truth and what was read of it. `documents` may hold other submissions' documents too. */
export function scoreSubmission(score: Score, truth: Truth, documents: readonly ReadDocument[]): void {
  for (const expected of truth.documents) {
    const page = expected.pages[0]!
    const device = `${page.device}${truth.writing === 'hand' ? ' hand' : ''}`
    // A sheet may carry several papers: the one that is most like what is expected.
    const found = documents
      .filter((document) => document.pages.some((read) => samePage(read, page)))
      .toSorted((one, other) => likeness(other, expected) - likeness(one, expected))[0]
    for (const key of [device, 'all']) {
      const tally = tallyOf(score.pages, key, emptyPages)
      tally.documents++
      if (found?.kind === expected.kind) tally.kindExact++
    }
    if (found?.kind !== expected.kind)
      score.misses.push({
        device,
        kind: expected.kind,
        field: '(kind)',
        file: page.file,
        expected: expected.kind,
        got: found?.kind ?? null,
        certain: false,
      })
    scoreFields(score, device, expected, found)
    scoreSeals(score, device, expected, found)
  }
}

const likeness = (read: ReadDocument, expected: TruthDocument): number =>
  (read.kind === expected.kind ? 1 : 0) +
  Object.entries(expected.fields).filter(([name, { value }]) => value !== null && fold(read.fields[name]?.value) === fold(value)).length

function scoreFields(score: Score, device: string, expected: TruthDocument, found: ReadDocument | undefined): void {
  // A reader may join front and back, which are two sheets: what the other sheet tells is not this sheet's mistake.
  const joined = found !== undefined && found.pages.length > expected.pages.length
  for (const [name, { value, legible }] of Object.entries(expected.fields)) {
    const read: FieldValue | undefined = found?.kind === expected.kind ? found.fields[name] : undefined
    if (value === null && joined) continue
    const got = read?.value ?? null
    const right = fold(got) === fold(value)
    for (const key of [`device ${device}`, `kind ${expected.kind}`, `field ${expected.kind} ${name}`, 'all']) {
      const tally = tallyOf(score.fields, key, emptyFields)
      if (legible === false) {
        tally.illegible++
        if (read?.certain !== true) tally.illegibleLeft++
      } else if (value === null) {
        tally.empty++
        if (right) tally.emptyExact++
      } else {
        tally.filled++
        if (right) tally.exact++
      }
      if (read?.certain === true) {
        tally.certain++
        if (!right) tally.wrongCertain++
      }
    }
    if (read !== undefined)
      score.values.push({
        device,
        kind: expected.kind,
        field: name,
        confidence: read.confidence,
        certain: read.certain,
        right,
        told: got !== null,
      })
    if (!right && legible !== false)
      score.misses.push({
        device,
        kind: expected.kind,
        field: name,
        file: expected.pages[0]!.file,
        expected: value,
        got,
        certain: read?.certain === true,
      })
  }
}

/** What is told of an arc: read, or of the impressions that it lies on. */
const arcOf = ({ text, liesOn }: ReadDocument['seals'][number]): string | null => text ?? liesOn ?? null

function scoreSeals(score: Score, device: string, expected: TruthDocument, found: ReadDocument | undefined): void {
  const wanted = expected.seals.filter((seal) => seal.role !== 'other')
  const left = (found?.seals ?? []).filter(
    (seal) =>
      seal.role !== 'other' &&
      found?.pages[seal.page] !== undefined &&
      expected.pages.some((page) => samePage(found.pages[seal.page]!, page)),
  )
  const pairs: [Seal, Seal | undefined][] = wanted.map((seal) => {
    const middle = ([x, y, width, height]: Seal['box']): [number, number] => [x + width / 2, y + height / 2]
    const [cx, cy] = middle(seal.box)
    const near = left
      .map((read, at) => ({ at, distance: Math.hypot(middle(read.box)[0] - cx, middle(read.box)[1] - cy) }))
      // A reader that flattens a photograph moves places by some percent.
      .filter(({ distance }) => distance < 0.14)
      .toSorted((one, other) => one.distance - other.distance)[0]
    return [seal, near === undefined ? undefined : left.splice(near.at, 1)[0]]
  })
  for (const key of [device, 'all']) {
    const tally = tallyOf(score.pages, key, emptyPages)
    tally.seals += wanted.length
    tally.sealsInvented += left.length
    if (left.length === 0 && pairs.every(([, read]) => read !== undefined)) tally.sealsRight++
    for (const [seal, read] of pairs) {
      if (read === undefined) continue
      tally.sealsFound++
      if (fold(arcOf(read)) === fold(seal.text)) tally.sealTextExact++
      else if (arcOf(read) !== null) tally.sealTextWrong++
    }
  }
  for (const [seal, read] of pairs)
    if (read === undefined || fold(arcOf(read)) !== fold(seal.text))
      score.misses.push({
        device,
        kind: expected.kind,
        field: read === undefined ? '(seal)' : '(seal text)',
        file: expected.pages[0]!.file,
        expected: seal.text,
        got: read ? arcOf(read) : null,
        certain: false,
      })
  for (const read of left)
    score.misses.push({
      device,
      kind: expected.kind,
      field: '(seal invented)',
      file: expected.pages[0]!.file,
      expected: null,
      got: read.text,
      certain: false,
    })
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`)

function pad(text: string, width: number): string {
  return text.padEnd(width)
}

function printScore(score: Score, errors: number): void {
  console.log(
    `\n${pad('pages', 26)}${['documents', 'kind', 'seals', 'found', 'arc text', 'text wrong', 'invented'].map((head) => head.padStart(11)).join('')}`,
  )
  for (const [key, tally] of [...score.pages].toSorted(([one], [other]) => one.localeCompare(other)))
    console.log(
      `${pad(key, 26)}${[tally.documents, share(tally.kindExact, tally.documents), tally.seals, share(tally.sealsFound, tally.seals), share(tally.sealTextExact, tally.sealsFound), tally.sealTextWrong, tally.sealsInvented].map((cell) => String(cell).padStart(11)).join('')}`,
    )
  console.log(
    `\n${pad('fields', 44)}${['filled', 'exact', 'empty', 'told so', 'certain', 'of all', 'wrong!'].map((head) => head.padStart(9)).join('')}`,
  )
  for (const [key, tally] of [...score.fields].toSorted(([one], [other]) => one.localeCompare(other)))
    console.log(
      `${pad(key, 44)}${[tally.filled, share(tally.exact, tally.filled), tally.empty, share(tally.emptyExact, tally.empty), tally.certain, share(tally.certain, tally.filled + tally.empty), tally.wrongCertain].map((cell) => String(cell).padStart(9)).join('')}`,
    )
  const shown = score.misses.toSorted((one, other) => Number(other.certain) - Number(one.certain)).slice(0, errors)
  if (shown.length > 0) console.log(`\n${score.misses.length} misses, the first ${shown.length} (certain ones first):`)
  for (const miss of shown)
    console.log(
      `${miss.certain ? '!! ' : '   '}${miss.device} ${miss.kind} ${miss.field} ${miss.file}: ${JSON.stringify(miss.expected)} ← ${JSON.stringify(miss.got)}`,
    )
}

export const newScore = (): Score => ({ fields: new Map(), pages: new Map(), misses: [], values: [] })

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      truth: { type: 'string' },
      errors: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true || values.truth === undefined || positionals.length === 0) {
    console.log('score-reading --truth DIR/truth READ.json… [--errors N] [--json]')
    process.exitCode = values.help === true ? 0 : 2
  } else {
    const documents = positionals.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { documents: ReadDocument[] }).documents)
    const files = documents.flatMap((document) => document.pages.map((page) => page.file))
    const score = newScore()
    for (const name of readdirSync(values.truth).toSorted()) {
      const truth = JSON.parse(readFileSync(join(values.truth, name), 'utf8')) as Truth
      // Submissions that were not read at all are left out of the score.
      if (files.some((file) => file.startsWith(`${truth.name}/`) || file.includes(`/${truth.name}/`)))
        scoreSubmission(score, truth, documents)
    }
    if (values.json)
      console.log(
        JSON.stringify({ fields: Object.fromEntries(score.fields), pages: Object.fromEntries(score.pages), misses: score.misses }, null, 1),
      )
    else printScore(score, Number(values.errors))
  }
}
