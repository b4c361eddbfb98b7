/**
 * A hand writes its 6 the same way each time, and the recogniser takes it for 0 here and for 6 there. All figures that the hand
 * wrote on the papers of a submission are compared by their looks: each is what those that look like it are mostly read as, and
 * what some of them are known to be (a code that holds its check digit, the year). The value is then read from these figures.
 */
import type { FieldValue, ReadDocument } from '../../../flow.ts'
import { documentFields, type FieldType } from '../../../guide/papers.ts'
import { normaliseCharacter, type Letter } from '../text/letters.ts'
import { hasLostOne } from '../values/dates.ts'
import { normalise } from '../values/normalise.ts'
import { likenessOf, openFigure, type Figure } from './compare-figures.ts'
import type { Lattice } from '../../page.ts'
import type { Writing } from './trace-writing.ts'

interface Written {
  readonly document: number
  readonly field: string
  readonly figure: Figure
  /** What it is known to be. */
  readonly known: string | null
  /** What it was read as, and with what probability each. */
  readonly thought: ReadonlyMap<string, number>
  /** What may stand in its place. */
  readonly allowed: (character: string) => boolean
}

/** Figures less alike than this have no vote on one another; how fast likeness counts for more above it. */
const alike = 0.84
const sharpness = 50
/** A known figure counts as so many read ones, and a figure's own reading as so much of one that looks the same. */
const worthOfKnown = 6
const worthOfOwn = 0.3
/** A reading so sure makes a model of its figure; what is less like the models than this is hardly the same figure. */
const model = { sure: 0.97, alike: 0.8, fewest: 2, unlike: 0.25 }
/** So few figures tell nothing of a hand. */
const fewest = 12
/** A figure is another than it was read as with such a share of the votes, of a value that was not legible and of one that was. */
const decisive = { faint: 0.5, legible: 0.7 }

const figureTypes = new Set<FieldType>(['date', 'phone', 'uscc', 'id-number', 'card-number'])

export function settleFigures(documents: readonly ReadDocument[], writings: readonly (Writing | undefined)[]): ReadDocument[] {
  const written = documents.flatMap((document, at) => figuresOf(document, at, writings[at] ?? {}))
  if (written.length < fewest) return [...documents]
  const models = modelsOf(written)
  return documents.map((document, at) => {
    const writing = writings[at]
    if (!writing) return document
    const fields: Record<string, FieldValue> = { ...document.fields }
    for (const { name, type } of documentFields[document.kind]) {
      const field = fields[name]
      const own = written.filter((one) => one.document === at && one.field === name)
      if (!field || own.length === 0 || !isOpen(type, field)) continue
      const read = withUsualLetters(
        type,
        own.map((figure) => tell(voteOn(figure, written, models), figure.allowed)),
      )
      const value = valueOf(type, read, writing[name]!, field)
      if (value !== null && !isDayWithLess(type, value, field)) fields[name] = value
    }
    return { ...document, fields }
  })
}

/** Whether the value may still be told: what holds by a check digit, or is told by another paper, may not. */
const isOpen = (type: FieldType, { certain, source, evidence = [] }: FieldValue): boolean =>
  figureTypes.has(type) && !certain && source === 'ocr' && !evidence.includes('from-other-paper') && !holds(type, evidence)

const holds = (type: FieldType, evidence: readonly string[]): boolean =>
  (type === 'uscc' || type === 'id-number') && evidence.includes('check-digit') && !evidence.includes('mended')

function figuresOf(document: ReadDocument, at: number, writing: Writing): Written[] {
  return Object.entries(writing).flatMap(([field, { figures, looks }]) => {
    if (!figures) return []
    const value = document.fields[field]
    const type = documentFields[document.kind].find(({ name }) => name === field)?.type ?? 'text'
    const text = typeof value?.value === 'string' ? value.value.replace(/[^0-9A-Z]/gu, '') : ''
    const isKnown =
      value !== undefined && text.length === figures.length && (value.certain || holds(type, value.evidence ?? []) || isTold(type, value))
    const read = readFigures(looks[0])
    const allowed = allowedIn(type, [...read.values()])
    return figures.map(({ picture, letter }, place): Written => {
      const isAllowed = (character: string): boolean => allowed(character, figures.length === 18 ? place : -1)
      return {
        document: at,
        field,
        figure: openFigure(picture),
        known: isKnown ? text[place]! : letter >= 0 && text.length === figures.length ? knownByPlace(type, text, place, field) : null,
        thought: new Map([...(read.get(letter) ?? [])].filter(([character]) => isAllowed(character))),
        allowed: isAllowed,
      }
    })
  })
}

/** A code that another paper has in print, and that was read so but for its hand. */
const isTold = (type: FieldType, { evidence = [] }: FieldValue): boolean =>
  (type === 'uscc' || type === 'id-number') && evidence.includes('from-other-paper')

/** Forms are signed in this century, and numbers of mobile phones begin with 1. */
function knownByPlace(type: FieldType, text: string, place: number, field: string): string | null {
  if (type === 'date' && !field.endsWith('birthDate') && text.startsWith('202')) return place < 3 ? '202'[place]! : null
  return type === 'phone' && text.startsWith('1') && place === 0 ? '1' : null
}

/** What was thought of each letter of a look that is a figure, by its place. */
function readFigures(look: Lattice | undefined): ReadonlyMap<number, ReadonlyMap<string, number>> {
  return new Map(
    (look ?? []).flatMap(({ costs }, place) => {
      const [best] = costs
      if (!best || !/[0-9A-Za-z]/u.test(normaliseCharacter(best[0]))) return []
      const thought = new Map<string, number>()
      for (const [character, cost] of costs) {
        const figure = figureOf(character)
        if (figure !== null) thought.set(figure, (thought.get(figure) ?? 0) + Math.exp(-cost))
      }
      return [[place, thought] as const]
    }),
  )
}

function figureOf(character: string): string | null {
  const known = normaliseCharacter(character).toUpperCase()
  return /^[0-9A-Z]$/u.test(known) ? known : null
}

/** What may stand in each place of a number: GB 32100 has letters before and behind its region, numbers of cards mostly none. */
function allowedIn(type: FieldType, read: readonly ReadonlyMap<string, number>[]): (character: string, at: number) => boolean {
  const isDigit = (character: string): boolean => /\d/u.test(character)
  if (type === 'uscc')
    return (character, at) => (at === 0 || (at >= 2 && at < 8) ? isDigit(character) : /[0-9A-HJ-NPQRTUWXY]/u.test(character))
  if (type === 'id-number') return (character, at) => isDigit(character) || (character === 'X' && (at === 17 || at < 0))
  if (type !== 'card-number') return isDigit
  const digits = read.filter((thought) => isDigit([...thought].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? '0')).length
  return digits * 2 > read.length ? isDigit : () => true
}

type Votes = ReadonlyMap<string, number>

/** Surely read or known figures, by what they are. */
function modelsOf(written: readonly Written[]): ReadonlyMap<string, readonly Written[]> {
  const models = new Map<string, Written[]>()
  for (const one of written) {
    const [sure] = one.known === null ? [...one.thought].filter(([, probability]) => probability >= model.sure) : [[one.known] as const]
    if (sure) models.set(sure[0], [...(models.get(sure[0]) ?? []), one])
  }
  return models
}

/** What the figures that look like this one were read as, and are known to be. */
function voteOn(own: Written, written: readonly Written[], models: ReadonlyMap<string, readonly Written[]>): Votes {
  const votes = new Map<string, number>()
  const add = (character: string, weight: number): void => void votes.set(character, (votes.get(character) ?? 0) + weight)
  const likeness = new Map(written.map((other) => [other, other === own ? 1 : likenessOf(own.figure, other.figure)]))
  for (const [other, near] of likeness) {
    if (near < alike) continue
    const weight = other === own ? worthOfOwn : Math.exp(sharpness * (near - 1))
    if (other.known !== null) add(other.known, weight * worthOfKnown)
    else for (const [character, probability] of other.thought) add(character, weight * probability)
  }
  for (const [character, count] of votes) {
    const known = (models.get(character) ?? []).filter((one) => one !== own).map((one) => likeness.get(one)!)
    // The second most alike: one model may itself be misread.
    const second = known.toSorted((one, other) => other - one)[model.fewest - 1]
    if (second !== undefined && second < model.alike) votes.set(character, count * model.unlike)
  }
  return votes
}

interface VotedFigure {
  readonly character: string
  /** Its share of the votes. */
  readonly share: number
  readonly votes: Votes
}

function tell(all: Votes, isAllowed: (character: string) => boolean): VotedFigure {
  const votes = new Map([...all].filter(([character]) => isAllowed(character)))
  const total = [...votes.values()].reduce((sum, one) => sum + one, 0)
  const [best] = [...votes].toSorted((one, other) => other[1] - one[1])
  return { character: best?.[0] ?? '', share: best ? best[1] / total : 0, votes }
}

/** The codes of companies that were founded since 2015 have MA before their serial number. */
function withUsualLetters(type: FieldType, figures: readonly VotedFigure[]): readonly VotedFigure[] {
  const [before, own] = [figures[8], figures[9]]
  if (type !== 'uscc' || figures.length !== 18 || before?.character !== 'M' || !own?.votes.has('A')) return figures
  return figures.with(9, { ...own, character: 'A' })
}

/** The value that the figures make; null where they leave it as it was. */
function valueOf(type: FieldType, figures: readonly VotedFigure[], written: Writing[string], field: FieldValue): FieldValue | null {
  // Fewer than were read: some hang together.
  const letters = (written.looks[0] ?? []).filter(({ costs: [best] }) => best && /[0-9A-Za-z]/u.test(normaliseCharacter(best[0])))
  if ((type !== 'date' && figures.length < letters.length) || figures.some(({ character }) => character === '')) return null
  // A number that may be right as it was read gives way only to figures that all have a letter of it.
  if (field.evidence?.includes('format') && written.figures?.some(({ letter }) => letter < 0)) return null
  const wanted = (field.evidence ?? []).includes('faint') || field.value === null ? decisive.faint : decisive.legible
  const isDoubtful = figures.some(({ character, share }, at) => character !== readAs(written, at) && share < wanted)
  if (isDoubtful) return null
  const read = normalise(lettersOf(type, figures, written), type)
  if (read.value === null || read.value === field.value) return null
  // A reading that is well formed stands against one that is not.
  if (field.value !== null && !read.wellFormed) return null
  const least = Math.min(...figures.map(({ share }) => share))
  const evidence = (field.evidence ?? []).filter((one) => !leftOut.has(one))
  return {
    ...field,
    value: read.value,
    confidence: Math.round(1000 * Math.min(surest, least)) / 1000,
    certain: false,
    evidence: [...evidence, ...read.evidence.filter((one) => one !== 'mended'), 'mended', 'same-hand'],
  }
}

const surest = 0.9
const plain = 0.8
const leftOut = new Set(['clear', 'mended', 'faint', 'gap', 'unusual', 'cut-short', 'date-exists', 'format', 'check-digit'])

/** What a figure of a value was read as. */
function readAs({ looks: [look], figures = [] }: Writing[string], at: number): string | null {
  const [best] = look?.[figures[at]?.letter ?? -1]?.costs ?? []
  return best ? figureOf(best[0]) : null
}

/** A look that saw one figure less says nothing of that which was found when they were moved apart. */
function isDayWithLess(type: FieldType, { value }: FieldValue, { value: known }: FieldValue): boolean {
  return type === 'date' && typeof value === 'string' && typeof known === 'string' && value !== known && hasLostOne(value, known)
}

/** The figures as letters, with what stands between those of a date. */
function lettersOf(type: FieldType, figures: readonly VotedFigure[], { looks: [look], figures: pictures = [] }: Writing[string]): Letter[] {
  const own = figures.map(({ votes, character, share }, at): Letter => {
    const total = [...votes.values()].reduce((sum, one) => sum + one, 0)
    // What is plainly one figure is no other, whatever check digit that would hold.
    const others = share >= plain ? [] : [...votes].filter(([other]) => other !== character)
    return {
      character,
      confidence: votes.get(character)! / total,
      left: 10 * at,
      right: 10 * at + 10,
      alternatives: others.map(([other, one]) => ({ character: other, confidence: one / total })),
    }
  })
  if (type !== 'date') return own
  const placed = Map.groupBy(own, (_, at) => pictures[at]!.letter)
  const isWritten = (look ?? []).some(({ costs: [best] }) => best?.[0] === '年')
  return (look ?? []).flatMap(({ costs: [best] }, place): Letter[] => {
    // Between 年 and 月 a point or a stroke is a speck.
    if (!best || (isWritten && /[.,:·'_-]/u.test(best[0]))) return []
    const unplaced = { character: normaliseCharacter(best[0]), confidence: Math.exp(-best[1]), left: 0, right: 0, alternatives: [] }
    return placed.get(place) ?? [unplaced]
  })
}
