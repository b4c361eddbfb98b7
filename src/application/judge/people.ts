/** Who must be known by an identity copy, and whose copies are there. */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { labelsAs } from '../../guide/copy-labels.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import type { DocumentKind } from '../../guide/papers.ts'
import { services, type Party } from '../../guide/services.ts'
import { comparable, distance, fieldText, near, textOf } from './evidence.ts'
import type { JudgedPapers } from './papers.ts'
import { nameOf } from './person-name.ts'

/** A person as the forms name them. */
export interface Person {
  readonly party: Party
  /** The paper that names this person; undefined when no paper does. */
  readonly document: ReadDocument | undefined
  /** Half of the card form (`legal`, `operator`) when it is one. */
  readonly half: 'legal' | 'operator' | null
  readonly name: FieldValue | undefined
  readonly idNumber: FieldValue | undefined
}

/** One identity card on one sheet or on two, front and back. */
export interface IdentityCopy {
  readonly sheets: readonly ReadDocument[]
  readonly front: ReadDocument | undefined
  readonly back: ReadDocument | undefined
}

export interface Match {
  readonly person: Person
  readonly copy: IdentityCopy | undefined
  /** `exact`: name or number agree; `near`: probably the same, misread; `left`: nobody names this person, a copy was left over. */
  readonly by: 'exact' | 'near' | 'left' | 'none'
}

export interface People {
  readonly matches: readonly Match[]
  readonly copies: readonly IdentityCopy[]
  /** Copies of persons whom nothing asks for. */
  readonly spare: readonly IdentityCopy[]
}

export function findPeople(papers: JudgedPapers): People {
  const copies = joinSides(papers.documents.filter(({ kind }) => kind === 'identity-document'))
  const persons = neededPersons(papers)
  const matches = new Map<Person, Match>()
  const taken = new Set<IdentityCopy>()
  for (const by of ['exact', 'near'] as const)
    for (const person of persons) {
      if (matches.has(person)) continue
      // A sure match may serve several parties (the legal person who is also the handler); a doubtful one only a free copy.
      const copy = copies.find((candidate) => (by === 'exact' || !taken.has(candidate)) && agrees(person, candidate, by))
      if (!copy) continue
      matches.set(person, { person, copy, by })
      taken.add(copy)
    }
  // Who is named in two roles is one person, by whose number the copy was told.
  for (const person of persons) {
    const name = textOf(person.name)
    const same =
      name === null || matches.has(person)
        ? undefined
        : [...matches.values()].find(({ person: other, by }) => by === 'exact' && isSameName(other, name))
    if (same) matches.set(person, { ...same, person })
  }
  // Whom no paper names the label of a copy may tell; then what is left over is taken for theirs.
  for (const person of persons) {
    const own =
      matches.has(person) || isNamed(person) ? undefined : copies.find((copy) => !taken.has(copy) && isLabelled(copy, person.party))
    if (!own) continue
    taken.add(own)
    matches.set(person, { person, copy: own, by: 'left' })
  }
  for (const person of persons) {
    if (matches.has(person)) continue
    const free = isNamed(person) ? undefined : copies.find((copy) => !taken.has(copy))
    if (free) taken.add(free)
    matches.set(person, { person, copy: free, by: free ? 'left' : 'none' })
  }
  return { matches: [...matches.values()], copies, spare: copies.filter((copy) => !taken.has(copy)) }
}

/**
 * Who sends a copy under a file's name or a caption that says whose it is (持卡人身份证.jpg) says that this person has the role. What
 * names two roles (持卡人和经办人) may be of two copies of which one was left out.
 */
export function isLabelled({ sheets }: IdentityCopy, party: Party): boolean {
  const labels = sheets.flatMap(({ pages, captions = [] }) => [...captions, ...pages.map(({ file }) => file.split('/').at(-1) ?? '')])
  return labels.some((label) => labelsAs(party, label))
}

const isSameName = ({ name }: Person, other: string): boolean => comparable(textOf(name) ?? '') === comparable(other)

export function isNamed(person: Person): boolean {
  return textOf(person.name) !== null || textOf(person.idNumber) !== null
}

/** The persons whose identity copies the service needs (guide, 证件材料 of each chapter), named ones first. */
function neededPersons(papers: JudgedPapers): Person[] {
  const persons = services[papers.service].papers.flatMap(({ kind, of, perOperator }) => {
    if (kind !== 'identity-document' || !of) return []
    const named = personsOf(of, papers)
    return perOperator ? named : named.slice(0, 1)
  })
  return persons.toSorted((left, right) => Number(isNamed(right)) - Number(isNamed(left)))
}

function personsOf(party: Party, { service, documents }: JudgedPapers): Person[] {
  const nobody: Person = { party, document: undefined, half: null, name: undefined, idNumber: undefined }
  // The holder of a legal person's card is the legal person (guide 五).
  const asked = party === 'holder' && service === 'replace-legal' ? 'legal' : party
  if (asked === 'handler')
    return firstNamed(party, documents, [
      ['registration-form', 'handlerName'],
      ['cancellation-request', 'handlerName'],
    ]).concat(nobody)
  if (asked === 'legal') {
    const onForm = halves(party, documents, 'legal')
    const elsewhere = firstNamed(party, documents, [
      ['business-licence', 'legalName'],
      ['authorization-letter', 'legalName'],
    ])
    return [...onForm, ...elsewhere, nobody]
  }
  const onForms = halves(party, documents, 'operator')
  return onForms.length > 0 ? distinct(onForms) : [nobody]
}

function firstNamed(party: Party, documents: readonly ReadDocument[], places: readonly (readonly [DocumentKind, string])[]): Person[] {
  return places.flatMap(([kind, field]) =>
    documents
      .filter((document) => document.kind === kind && nameOf(document.fields[field]) !== null)
      .map((document) => ({ party, document, half: null, name: document.fields[field], idNumber: undefined })),
  )
}

function halves(party: Party, documents: readonly ReadDocument[], half: 'legal' | 'operator'): Person[] {
  return documents
    .filter(({ kind }) => kind === 'card-form')
    .map((document) => ({
      party,
      document,
      half,
      name: nameOf(document.fields[`${half}.holderName`]) === null ? undefined : document.fields[`${half}.holderName`],
      idNumber: document.fields[`${half}.idNumber`],
    }))
    .filter(isNamed)
}

/** Two card forms of one person ask for one copy. */
function distinct(persons: Person[]): Person[] {
  return persons.filter(
    (person, index) =>
      !persons.slice(0, index).some((other) => {
        const [a, b] = [textOf(person.idNumber), textOf(other.idNumber)]
        return a !== null && a === b && textOf(person.name) === textOf(other.name)
      }),
  )
}

function agrees(person: Person, copy: IdentityCopy, by: 'exact' | 'near'): boolean {
  const name = textOf(person.name)
  const number = textOf(person.idNumber)
  const copyName = nameOf(copy.front?.fields['name'])
  const copyNumber = fieldText(copy.front, 'idNumber')
  if (by === 'exact')
    return (
      (number !== null && copyNumber !== null && normalizeIdNumber(number) === normalizeIdNumber(copyNumber)) ||
      (name !== null && copyName !== null && comparable(name) === comparable(copyName))
    )
  // Two persons' numbers differ in far more than two places; two persons' names may differ in one.
  return (
    (number !== null && copyNumber !== null && distance(normalizeIdNumber(number), normalizeIdNumber(copyNumber)) <= 2) ||
    (name !== null && copyName !== null && near(name, copyName)) ||
    // A front whose name could not be read may be of anybody whose number no form tells.
    (copyName === null && (number === null || copyNumber === null))
  )
}

const frontFields = ['name', 'idNumber', 'sex', 'birthDate', 'ethnicity', 'address']
const backFields = ['issuer', 'validFrom', 'validTo']

/** Whether this side is on the sheet: something of it was read, or was seen and could not be read. */
function shows(document: ReadDocument, fields: readonly string[]): boolean {
  return fields.some((name) => {
    const field = document.fields[name]
    return field !== undefined && (field.value !== null || (!field.certain && field.box !== null))
  })
}

/** 人像面 and 国徽面 of an identity card. */
export const showsFront = (sheet: ReadDocument): boolean => shows(sheet, frontFields)
export const showsBack = (sheet: ReadDocument): boolean => shows(sheet, backFields)

/**
 * Fronts without a back take the sheets that hold only a back, in the order of the papers; where backs are too few, sheets on
 * which nothing was read are taken for them: a back has less to read than a front.
 */
export function joinSides(sheets: readonly ReadDocument[]): IdentityCopy[] {
  const lacksBack = (sheet: ReadDocument) => showsFront(sheet) && !showsBack(sheet)
  const onlyBacks = sheets.filter((sheet) => !showsFront(sheet) && showsBack(sheet))
  const unread = sheets.filter((sheet) => !showsFront(sheet) && !showsBack(sheet))
  const backs = [...onlyBacks, ...unread.slice(0, Math.max(0, sheets.filter(lacksBack).length - onlyBacks.length))]
  const free = [...backs]
  const copies: IdentityCopy[] = []
  for (const sheet of sheets) {
    if (backs.includes(sheet)) continue
    // A sheet on which neither side was read is kept whole: it takes nobody's back.
    if (!lacksBack(sheet)) copies.push({ sheets: [sheet], front: sheet, back: sheet })
    else {
      const after = free.findIndex((back) => sheets.indexOf(back) > sheets.indexOf(sheet))
      const back = free.splice(after < 0 ? 0 : after, 1)[0]
      copies.push({ sheets: back ? [sheet, back] : [sheet], front: sheet, back })
    }
  }
  return [...copies, ...free.map((back) => ({ sheets: [back], front: undefined, back }))]
}
