/**
 * The seals of a submission's papers read together: a copy of an identity card carries the seal alone, and what one impression
 * hides another shows. Names that other papers speak of are asked for, and what was read on other seals; none is forced.
 */
import { endsAsEnterprise } from '../understand/values/texts.ts'
import type { ReadDocument, Seal } from '../../flow.ts'
import type { Lattice } from '../page.ts'
import { strokesOf } from './compare-prints.ts'
import { judgeRole } from './judge-role.ts'
import { cutDies, type Die, layOnDies } from './lay-on-die.ts'
import { type LegibleSeal, readByPrints } from './read-by-prints.ts'
import { endsAsName, speaksFor, speaksPlainly } from './read-ring.ts'
import { spellName, weighName } from './weigh-name.ts'

export type TracedSeal = Seal & { readonly looks?: readonly Lattice[] | undefined; readonly print?: string | undefined }

/** The fields that hold the enterprise's name. */
const nameFields = ['enterpriseName', 'invoiceTitle']
/** More names than these are not asked for: the most often read come first. */
const mostNames = 5
/** With the same name plainly on another impression, an arc that hides one of its characters is the same seal: so much a look. */
const speaksAlong = -2.2
/** An arc that speaks so much a look for what was read of it is no other name's that it denies: sister companies have sister seals. */
const spoken = 1

/** The documents with their seals settled; `traced[i]` are the seals of document i with what is remembered of them. */
export function settleSeals(documents: readonly ReadDocument[], traced: readonly (readonly TracedSeal[])[]): ReadDocument[] {
  const names = namesOf(documents, traced.flat())
  const plain = new Set(
    traced
      .flat()
      .flatMap(({ text, looks, print }) => (text !== null && looks && weighName(looks, text, print).margin >= speaksPlainly ? [text] : [])),
  )
  const settled = traced.map((seals) => seals.map((seal) => settleSeal(seal, names, plain)))
  const all = settled.flat()
  const allowed = all.map((seal) => allowName(seal, names, plain))
  // What is but allowed a name is laid beside last, and under no other that it was misread as.
  const legible = legibleOf(
    all.filter((seal, at) => seal === allowed[at]),
    names,
  )
  const allowing = allowed.some((seal, at) => seal !== all[at]) ? legibleOf(allowed, names) : null
  const byPrints = settled.map((seals) =>
    seals.map((seal) => {
      const told = readByOther(seal, legible)
      return allowing && told.seal === seal && told.denied.length === 0 ? readByOther(seal, allowing) : told
    }),
  )
  const read = new Set([...plain, ...byPrints.flat().flatMap(({ seal }) => seal.text ?? [])])
  const told = byPrints.map((seals) => seals.map(({ seal, denied }) => allowName(seal, names, read.difference(new Set(denied)))))
  const dies = openDies(allowing ?? legible)
  return documents.map((document, at) => ({
    ...document,
    seals: told[at]!.map((seal) => withoutTraces(readOnDies(seal, names, dies))),
  }))
}

const withoutTraces = ({ looks: _looks, print: _print, ...seal }: TracedSeal): Seal => seal

/** Legible impressions that one which cannot be read is laid beside. */
const mostLegible = 4
/** What was read so surely is no impression to be read by another, unless all its strokes show. */
const sureEnough = 0.85

/** An impression whose arc speaks for what was read of it. */
type SpeakingSeal = Omit<LegibleSeal, 'strokes'> & Pick<Seal, 'color' | 'role'> & { readonly print: string; readonly isWritten: boolean }
type LegibleTraced = SpeakingSeal & LegibleSeal

interface Legible {
  readonly speaking: readonly SpeakingSeal[]
  /** The plainest few of each colour. */
  readonly plainest: readonly LegibleTraced[]
}

/** The plainest first. */
function legibleOf(seals: readonly TracedSeal[], names: ReadonlyMap<string, boolean>): Legible {
  const written = [...names].flatMap(([name, isWritten]) => (isWritten ? [name] : []))
  const speaking = seals.flatMap(({ text, looks, print, role, color }) => {
    if (text === null || !looks || print === undefined) return []
    const weighed = weighName(looks, text, print)
    const margin = weighed.margin / looks.length
    const isWritten = names.get(text) === true
    if (!isWritten && isStretch(text, written)) return []
    if (margin < (isWritten ? speaksFor : 0) && !(isWritten && weighed.allowed === 'alone')) return []
    return [{ text, isWritten, looks, print, role, color, margin }]
  })
  // A garbled arc speaks for what was read of it: the names of papers come first.
  speaking.sort((one, other) => Number(other.isWritten) - Number(one.isWritten) || other.margin - one.margin)
  const plainest = [...Map.groupBy(speaking, ({ color }) => color).values()].flatMap((alike) =>
    alike.slice(0, mostLegible).flatMap((seal) => {
      const strokes = strokesOf(seal.print)
      return strokes ? [{ ...seal, strokes }] : []
    }),
  )
  return { speaking, plainest }
}

/** Told by another impression, all of it or with letters that hide: no arc of its own says so. */
const surety = { vouched: 0.8, hidden: 0.6, words: 0.4 }

/** An impression that hides its name says what another of the same seal says; `denied` are names that it has another letter of. */
function readByOther(seal: TracedSeal, { speaking, plainest }: Legible): { seal: TracedSeal; denied: readonly string[] } {
  const { looks = [], print, color } = seal
  const isRead = speaking.some((other) => other.isWritten && other.print === print && other.text === seal.text)
  if (print === undefined || seal.role === 'other' || isRead) return { seal, denied: [] }
  // What a fax left of its ink hides strokes; in colour, or read surely, all of them show.
  const isPlain = color === 'red' || seal.confidence > sureEnough
  const others = plainest.filter((other) => other.print !== print && other.color === color)
  const isLegible = speaking.some((other) => other.print === print)
  const { read, denied } = readByPrints(
    print,
    looks,
    isLegible || isPlain ? others.filter(({ isWritten }) => isWritten) : others,
    isPlain,
    color === 'gray',
  )
  if (!read || read.text === seal.text) return { seal, denied }
  const role = seal.role ?? plainest.find(({ text }) => text === read.text)?.role
  const confidence = read.isVouched ? surety.vouched : surety.hidden
  return { seal: { ...seal, text: read.text, confidence, ...(role ? { role } : {}) }, denied }
}

/**
 * Of a seal without colour some letters stay hidden. Where it denies none of the papers' own name, or of one that is told of another
 * seal, it is told as that, with little confidence: whether it is a seal at all is for the original to tell.
 */
function allowName(seal: TracedSeal, names: ReadonlyMap<string, boolean>, ofOthers: ReadonlySet<string>): TracedSeal {
  const { looks, print, text, color, confidence } = seal
  if (!looks || (text !== null && names.get(text) === true)) return seal
  const [best] = [...names]
    .map(([name, isWritten]) => ({ name, isWritten, weighed: weighName(looks, name, print) }))
    .filter(({ name, isWritten, weighed }) =>
      ofOthers.has(name) ? weighed.allowed !== null : color === 'gray' && isWritten && weighed.allowed === 'alone',
    )
    .toSorted((one, other) => Number(other.isWritten) - Number(one.isWritten) || other.weighed.margin - one.weighed.margin)
  if (!best || best.name === text) return seal
  const role = seal.role === 'special' ? seal.role : judgeRole(best.name, '')
  return { ...seal, text: best.name, confidence: Math.min(confidence, surety.hidden), ...(role ? { role } : {}) }
}

function settleSeal(seal: TracedSeal, names: ReadonlyMap<string, boolean>, plain: ReadonlySet<string>): TracedSeal {
  const { looks, print, text } = seal
  if (!looks || (text !== null && names.get(text) === true)) return seal
  const isSpoken = text !== null && weighName(looks, text, print).margin >= spoken * looks.length
  const [best] = [...names]
    .map(([name, isWritten]) => ({ name, isWritten, weighed: weighName(looks, name, print) }))
    .filter(
      ({ name, isWritten, weighed }) =>
        weighed.margin >= (plain.has(name) ? speaksAlong * looks.length : isWritten ? speaksFor * looks.length : speaksPlainly) &&
        (weighed.margin >= 0 || weighed.allowed !== null || !isSpoken),
    )
    .toSorted((one, other) => Number(other.isWritten) - Number(one.isWritten) || other.weighed.margin - one.weighed.margin)
  if (!best || best.name === text) return seal
  const role = seal.role === 'special' ? seal.role : judgeRole(best.name, '')
  return { ...seal, text: best.name, confidence: Math.max(seal.confidence, 0.8), ...(role ? { role } : {}) }
}

/** The dies of each name on the papers that faxed impressions show legibly, cut when one is asked for. */
function openDies({ plainest }: Legible): () => readonly (readonly [string, readonly Die[]])[] {
  let cut: readonly (readonly [string, readonly Die[]])[] | undefined
  return () =>
    (cut ??= [
      ...Map.groupBy(
        plainest.filter(({ isWritten, color }) => isWritten && color === 'gray'),
        ({ text }) => text,
      ),
    ].map(([name, seals]) => [name, cutDies(seals)] as const))
}

/** A seal without colour of which a fax left little more than specks is told by where these lie on the die of another. */
function readOnDies(seal: TracedSeal, names: ReadonlyMap<string, boolean>, dies: ReturnType<typeof openDies>): TracedSeal {
  const { color, text, print, confidence, role } = seal
  if (
    color !== 'gray' ||
    print === undefined ||
    role === 'other' ||
    (text !== null && (names.get(text) === true || confidence > sureEnough))
  )
    return seal
  const strokes = strokesOf(print)
  if (!strokes) return seal
  for (const [name, ofName] of dies()) {
    const shown = layOnDies(strokes, ofName)
    if (shown === 'own') return { ...seal, text: name, confidence: surety.hidden }
    if (shown === 'words') return { ...seal, text: null, liesOn: name, confidence: Math.min(confidence, surety.words) }
  }
  return seal
}

/** An arc that hides its begin says what is left of a name that is written whole elsewhere. */
const isStretch = (text: string, written: Iterable<string>): boolean => {
  const letters = spellName(text).join('')
  return Iterator.from(written).some((name) => spellName(name).join('').includes(letters))
}

/** Names written on papers (true), none that was cut short, the most frequent first, and what was read of other seals (false). */
function namesOf(documents: readonly ReadDocument[], seals: readonly TracedSeal[]): Map<string, boolean> {
  const counts = new Map<string, number>()
  for (const { fields } of documents)
    for (const field of nameFields) {
      const value = fields[field]?.value
      if (typeof value === 'string' && endsAsEnterprise(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  const written = [...counts].toSorted((one, other) => other[1] - one[1]).map(([name]) => [name, true] as const)
  const read = seals.flatMap(({ text, confidence }) =>
    text === null || !endsAsName.test(text) || isStretch(text, counts.keys()) ? [] : [{ text, confidence }],
  )
  read.sort((one, other) => other.confidence - one.confidence)
  return new Map([...written.slice(0, mostNames), ...read.slice(0, mostNames).map(({ text }) => [text, false] as const)])
}
