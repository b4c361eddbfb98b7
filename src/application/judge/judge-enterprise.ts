/** One enterprise on all papers: its name and its credit code (guide: 如实填报). */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { isValidUscc, normalizeUscc } from '../../guide/identifiers/uscc.ts'
import { documentFields, documentTitles } from '../../guide/papers.ts'
import { compareSealText } from '../../guide/seal-text.ts'
import { found, labelOf, ofKind, titleOf, type Case, type PlaceOnPaper } from './case.ts'
import { enterpriseFields } from './enterprise.ts'
import { comparable, differ, distance, isMisread, isPlain, isPrinted, isSure, legibilityOf, textOf } from './evidence.ts'

export function differingNames(opened: Case): Finding[] {
  return [
    ...enterpriseFields.flatMap((place) => ofKind(opened, place.kind).flatMap((document) => judgeName(opened, document, place.name))),
    ...nameAgainstSeals(opened),
    ...nameBesideSeals(opened),
  ]
}

/**
 * Where one paper alone names the enterprise and the seals of all agree on another, that name is as likely wrong as they: they are asked about as
 * seals of another enterprise, and it is noted beside them.
 */
function nameAgainstSeals(opened: Case): Finding[] {
  const own = opened.enterpriseName
  const name = textOf(own)
  const rings = opened.documents.flatMap(({ seals }) => seals.find(({ role, text }) => role === 'company' && text !== null)?.text ?? [])
  const [ring] = rings
  if (name === null || ring === undefined || rings.length < 2 || !rings.every((other) => comparable(other) === comparable(ring))) return []
  if (compareSealText(ring, name).verdict !== 'other' || isFormerName(opened, ring)) return []
  return enterpriseFields.flatMap((place) =>
    ofKind(opened, place.kind)
      .filter(({ fields }) => fields[place.name] === own)
      .map((document) => {
        const message = `${titleOf(document)}的企业名称“${name}”与各份材料公章的“${ring}”不是同一企业。`
        return found('name-mismatch', 'note', message, { document, field: place.name })
      }),
  )
}

/** The one paper that says the name says a letter of it otherwise than two impressions do, read alike: whose seals those are is looked at. */
function nameBesideSeals(opened: Case): Finding[] {
  const name = textOf(opened.enterpriseName)
  const places = enterpriseFields.flatMap((place) =>
    ofKind(opened, place.kind)
      .filter(({ fields }) => textOf(fields[place.name]) !== null)
      .map((document) => ({ document, field: place.name })),
  )
  const [only, another] = places
  if (name === null || !only || another || only.document.fields[only.field] !== opened.enterpriseName) return []
  const rings = opened.documents.flatMap(({ seals }) =>
    seals.flatMap(({ role, text, color }) => (role === 'company' && text !== null && color === 'red' ? [comparable(text)] : [])),
  )
  const others = rings.filter((ring) => ring.length === comparable(name).length && distance(ring, comparable(name)) === 1)
  const twice = others.find((ring, at) => others.indexOf(ring) < at)
  if (twice === undefined || isFormerName(opened, twice)) return []
  const message = `${titleOf(only.document)}的企业名称“${name}”与几份材料上公章的印文有一字不同，请留意。`
  return [found('name-mismatch', 'note', message, only)]
}

export function differingCodes(opened: Case): Finding[] {
  return enterpriseFields.flatMap(({ kind, uscc }) =>
    uscc === null ? [] : ofKind(opened, kind).flatMap((document) => judgeCode(opened, document, uscc)),
  )
}

function judgeName(opened: Case, document: ReadDocument, field: string): Finding[] {
  const agreed = opened.enterpriseName
  const own = document.fields[field]
  const name = textOf(own)
  const expected = textOf(agreed)
  if (name === null || expected === null || own === agreed) return []
  if (isFormerName(opened, name)) return []
  if (differ(own, agreed) === 'none') return isAnothersName(own) ? [doubtedName(document, field, name)] : []
  const backed = votesForAgreed(opened, document) >= 2
  // The clerk sees a doubtful value as such; where it is the others' name misread, there is nothing to say about it.
  const onSealsOnly = agreed?.evidence?.includes('seals') === true
  if (backed && !onSealsOnly && isMisread(own, expected) && !mayBeWritten(document, own, expected)) return []
  if (isGlued(name, expected)) return []
  // Rare glyphs are misread alike on every ring (竣, 炬), though never with a confidence above 0.82; and under a seal as on it.
  const isAgreedPlain = onSealsOnly ? legibilityOf(agreed) >= 0.9 : isPlain(agreed)
  // One glyph of a hand's is taken for another as plainly as any (期 for 翔).
  const isOneGlyph = distance(comparable(name), comparable(expected)) < 2
  // And so it is on every ring of a set (辰 as 展 on three impressions), and on a fax by two recognisers (昊 as 吴).
  const isBlack = document.pages[own?.page ?? 0]?.black === true
  const isSlip = isOneGlyph && (onSealsOnly || isBlack || !isSure(own))
  const isTold = backed && isAgreedPlain && isPlain(own) && !isSlip && !isMisread(own, expected)
  const clear = !runsOn(name, expected) && !isSlip && (isTold || differ(own, agreed) === 'clear')
  const where = onSealsOnly ? '公章' : '其他材料'
  const message = clear
    ? `${titleOf(document)}的企业名称为“${name}”，与${where}的“${expected}”不一致，请更正。`
    : `${titleOf(document)}的企业名称读作“${name}”，与${where}的“${expected}”略有出入，请对照原件核对。`
  const other = placeOfName(opened, document)
  return [found('name-mismatch', clear ? 'correct' : 'look', message, { document, field, ...(other ? { against: other } : {}) })]
}

/** Where the agreed name stands best to be seen: on the paper that it was taken from, else on the first other one that says it. */
function placeOfName(opened: Case, apart: ReadDocument): PlaceOnPaper | undefined {
  const expected = comparable(textOf(opened.enterpriseName) ?? '')
  const places = enterpriseFields.flatMap((place) =>
    ofKind(opened, place.kind)
      .filter((document) => document !== apart && comparable(textOf(document.fields[place.name]) ?? '') === expected)
      .map((document) => ({ document, field: place.name })),
  )
  return places.find(({ document, field }) => document.fields[field] === opened.enterpriseName) ?? places[0]
}

/**
 * Legibly read as something else, and taken for another paper's name all the same: of seven such names four stood otherwise on the
 * paper, and of 49 that were faint or under a seal none.
 */
const isAnothersName = (own: FieldValue | undefined): boolean => {
  const has = (what: string) => own?.evidence?.includes(what) === true
  return has('from-other-paper') && has('mended') && !has('faint') && !has('under-seal') && legibilityOf(own) < 0.75
}

const doubtedName = (document: ReadDocument, field: string, name: string): Finding =>
  found('name-mismatch', 'look', `${titleOf(document)}的企业名称只是近似其他材料的“${name}”，可能有字不同，请对照原件核对。`, {
    document,
    field,
  })

/**
 * Another glyph in the place of one, which the recogniser was sure of: it may stand so on the paper, and somebody must look. Under a seal too, where
 * nothing of the row was faint (森盛 for 森丰, by hand): of twelve names of 506 drawn submissions that had one glyph otherwise than the other papers ten
 * were written so, and the other two by hand. Of 418 names on printed sheets none was read otherwise than it was written, whatever was thought of it.
 */
function mayBeWritten(document: ReadDocument, own: FieldValue | undefined, expected: string): boolean {
  const [name, other] = [comparable(textOf(own) ?? ''), comparable(expected)]
  const has = (what: string) => own?.evidence?.includes(what) === true
  const least = isPrinted(document) ? 0.9 : 0.97
  return own !== undefined && name.length === other.length && legibilityOf(own) >= least && !has('faint')
}

/** Words against misuse across a copy (再次复印无效, 他用无效): no name goes on with them. */
const copyWords = /^(?:再次|复印|他用|仅[供用]).*无效$/u

/** The code beside a name, the begin of the label below it, or words across the copy, read with it as one. */
function isGlued(name: string, expected: string): boolean {
  const [long, short] = [comparable(name), comparable(expected)]
  const rest = long.slice(short.length)
  const isOther =
    /^[0-9A-Z]{6,}$/u.test(rest) || copyWords.test(rest) || (rest.length >= 2 && labels.some((label) => label.startsWith(rest)))
  return long.startsWith(short) && isOther
}

const endings = /(?:公司|店|厂|行|部|社|中心|处|所|院|站|场|会)$/u

/** No name goes on behind its end (有限公司加急): something that stands beside was read with it. */
function runsOn(name: string, expected: string): boolean {
  const [long, short] = [comparable(name), comparable(expected)]
  return long.length > short.length && long.startsWith(short) && endings.test(short) && !endings.test(long)
}

const labels = Object.values(documentFields).flatMap((fields) => fields.map(({ label }) => comparable(label)))

/** How many other papers and how many rings say the agreed name. */
function votesForAgreed(opened: Case, apart: ReadDocument): number {
  const expected = textOf(opened.enterpriseName)
  if (expected === null) return 0
  const papers = enterpriseFields.flatMap((place) =>
    ofKind(opened, place.kind).filter(
      (document) => document !== apart && comparable(textOf(document.fields[place.name]) ?? '') === comparable(expected),
    ),
  )
  const rings = opened.documents.filter(({ seals }) => seals.some(({ text }) => compareSealText(text, expected).verdict === 'match'))
  return papers.length + rings.length
}

/** Guide 二: when the name itself changes, the papers carry the old one and the new one, and the request says both. */
function isFormerName(opened: Case, name: string): boolean {
  if (opened.service !== 'change-enterprise') return false
  return ofKind(opened, 'change-request').some((request) => comparable(textOf(request.fields['changes']) ?? '').includes(comparable(name)))
}

function judgeCode(opened: Case, document: ReadDocument, field: string): Finding[] {
  const own = document.fields[field]
  const text = textOf(own)
  if (!own || text === null) return []
  const code = normalizeUscc(text)
  // What is no code at all is told as such.
  if (!isValidUscc(code)) return []
  const agreed = opened.enterpriseUscc
  const expected = textOf(agreed)
  if (!agreed || expected === null || agreed === own) return []
  const other = normalizeUscc(expected)
  if (code === other || !isValidUscc(other)) return []
  // A code that had to be mended did not hold as it stands there; written right it would be the others' code.
  if (own.evidence?.includes('mended') && distance(code, other) <= mostMended) {
    const clear = isPlainButMended(document, own) && isSure(agreed) && !isShifted(code, other)
    return [mendedCode({ document, field }, clear, placesOfCode(opened, other)[0])]
  }
  // Two codes that both hold their check digits and differ in two places or more are two codes (one misreading in 31 passes).
  // What had to be mended and is nothing like the others' may be no code at all (the number of an order was read as one).
  const clear = ((isSure(own) && isSure(agreed)) || distance(code, other) >= 2) && !own.evidence?.includes('mended')
  const tell = (at: PlaceOnPaper, against: PlaceOnPaper | undefined) => {
    const label = labelOf(at.document.kind, at.field)
    const message = `《${documentTitles[at.document.kind]}》的${label}与其他材料不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
    return found('uscc-mismatch', clear ? 'correct' : 'look', message, { ...at, ...(against ? { against } : {}) })
  }
  const [others, alike] = [placesOfCode(opened, other), placesOfCode(opened, code)]
  const isOneAgainstOne = [others, alike].every((places) => places.every((place) => place.document.kind === places[0]?.document.kind))
  const [first] = others
  // Nobody knows which of two papers is wrong, unless one carries another name too: both are told, once.
  const isEven = isOneAgainstOne && alike[0]?.document === document && !carriesOtherName(opened, document)
  return [tell({ document, field }, first), ...(isEven && first ? [tell(first, { document, field })] : [])]
}

/** A code of 18 characters misread in more places is none. */
const mostMended = 4

function carriesOtherName(opened: Case, document: ReadDocument): boolean {
  const place = enterpriseFields.find(({ kind }) => kind === document.kind)
  return place !== undefined && judgeName(opened, document, place.name).length > 0
}

/** The papers that carry this code. */
function placesOfCode(opened: Case, code: string): PlaceOnPaper[] {
  return enterpriseFields.flatMap(({ kind, uscc: field }) =>
    field === null
      ? []
      : ofKind(opened, kind)
          .filter((document) => normalizeUscc(textOf(document.fields[field]) ?? '') === code)
          .map((document) => ({ document, field })),
  )
}

/** A stroke of what stands before the code was read as its first figure, and its last one left out to hold a code's length. */
const isShifted = (code: string, other: string): boolean => other.startsWith(code.slice(1))

/** Not on a fax, where seals are black and glyphs are plainly read wrong. */
const isPlainButMended = ({ seals }: ReadDocument, { evidence = [] }: FieldValue) =>
  evidence.includes('clear') && !evidence.includes('under-seal') && seals.every(({ color }) => color === 'red')

function mendedCode({ document, field }: PlaceOnPaper, clear: boolean, against: PlaceOnPaper | undefined): Finding {
  const message = `${titleOf(document)}的${labelOf(document.kind, field)}校验位不符，也与其他材料不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
  return found('invalid-uscc', clear ? 'correct' : 'look', message, { document, field, ...(against ? { against } : {}) })
}
