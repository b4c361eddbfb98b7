/**
 * Papers of one submission that say the same thing vouch for each other: two readings of two impressions of ink that agree
 * exactly are evidence, since misreadings differ. A person's name and an enterprise's name gain their certainty here.
 */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { settle } from './settle-across.ts'
import { documentFields, type DocumentKind, type FieldType } from '../../guide/papers.ts'

/** What a field is about: values of one subject may be compared across papers. */
const subjects: Partial<Record<DocumentKind, Readonly<Record<string, string>>>> = {
  'registration-form': {
    enterpriseName: 'enterprise',
    uscc: 'code',
    handlerName: 'person',
    handlerPhone: 'phone',
    recipientName: 'person',
    recipientPhone: 'phone',
    recipientAddress: 'place',
    cardNumber: 'card',
  },
  'card-form': {
    'legal.holderName': 'person',
    'legal.idNumber': 'id',
    'legal.birthDate': 'birth',
    'legal.address': 'place',
    'legal.phone': 'phone',
    'operator.holderName': 'person',
    'operator.idNumber': 'id',
    'operator.birthDate': 'birth',
    'operator.address': 'place',
    'operator.phone': 'phone',
    signedDate: 'day',
  },
  'change-request': { enterpriseName: 'enterprise', uscc: 'code', contactName: 'person', contactPhone: 'phone', signedDate: 'day' },
  'cancellation-request': {
    enterpriseName: 'enterprise',
    uscc: 'code',
    handlerName: 'person',
    handlerPhone: 'phone',
    legalCardNumber: 'card',
    applicationDate: 'day',
  },
  'authorization-letter': {
    enterpriseName: 'enterprise',
    legalName: 'person',
    recipientName: 'person',
    recipientPhone: 'phone',
    legalPhone: 'phone',
    recipientAddress: 'place',
    signedDate: 'day',
  },
  'business-licence': { enterpriseName: 'enterprise', uscc: 'code', legalName: 'person', address: 'place' },
  'identity-document': { name: 'person', idNumber: 'id', birthDate: 'birth', address: 'place' },
  'payment-proof': { invoiceTitle: 'enterprise', taxpayerId: 'code', receiverName: 'person', receiverPhone: 'phone' },
}

/** The applications' own dates are of one day on most sets of papers, so they may vouch for each other. */
const ownDates: Partial<Record<DocumentKind, string>> = { 'registration-form': 'applicationDate' }

interface Voice {
  readonly document: number
  readonly field: string
  readonly subject: string
  readonly value: string
  /** Read without doubt. */
  readonly isClear: boolean
}

/** The documents with values made certain that another paper of the submission confirms. */
export function vouchAcross(documents: readonly ReadDocument[]): ReadDocument[] {
  const voices = documents.flatMap((document, at): Voice[] =>
    Object.entries(document.fields).flatMap(([field, { value, evidence = [] }]) => {
      // What itself lacks a character is no witness.
      const subject = ownDates[document.kind] === field ? 'day' : subjects[document.kind]?.[field]
      return subject && typeof value === 'string' && !lacks.some((one) => evidence.includes(one))
        ? [{ document: at, field, subject, value, isClear: evidence.includes('clear') && !doubts.some((one) => evidence.includes(one)) }]
        : []
    }),
  )
  const vouchedFor = documents.map((document, at) => ({
    ...document,
    fields: Object.fromEntries(
      Object.entries(document.fields).map(([field, value]) => {
        const own = voices.find((voice) => voice.document === at && voice.field === field)
        const others = own
          ? voices.filter((voice) => voice.document !== at && voice.subject === own.subject && voice.value === own.value)
          : []
        const isOfPrint = (kind: DocumentKind): boolean => printed.has(kind)
        if (own && value.source === 'ocr' && voices.some((voice) => mayLackOne(own, voice)))
          return [field, { ...value, certain: false, evidence: [...(value.evidence ?? []), 'gap'] }]
        const apart = others.find((voice) => isOfPrint(document.kind) !== isOfPrint(documents[voice.document]!.kind))
        const other = apart ?? others[0]
        if (!other) return [field, value]
        const evidence = `agrees:${documents[other.document]!.kind}.${other.field}`
        const isTold = others.some((voice) => voice.isClear && isOfPrint(document.kind) !== isOfPrint(documents[voice.document]!.kind))
        const isDisputed = voices.some((voice) => !voice.isClear && voice.subject === 'person' && disputes(voice.value, other.value))
        return [field, vouched(value, typeOf(document.kind, field), evidence, { isApart: apart !== undefined, isTold, isDisputed })]
      }),
    ),
  }))
  const figured = vouchedFor.map((document) => ({ ...document, fields: tellByFigures(document, vouchedFor) }))
  const sayings = figured.flatMap((document, at) =>
    Object.entries(document.fields).flatMap(([name, field]) => {
      const subject = ownDates[document.kind] === name ? 'day' : subjects[document.kind]?.[name]
      return subject ? [{ document: at, name, subject, field }] : []
    }),
  )
  return figured.map((document, at) => {
    const fields: Record<string, FieldValue> = { ...document.fields }
    for (const own of sayings.filter((saying) => saying.document === at)) {
      const settled = settle(
        own,
        sayings.filter((saying) => saying !== own),
      )
      if (settled === null) continue
      const evidence = (own.field.evidence ?? []).filter((one) => one !== 'clear')
      fields[own.name] = { ...own.field, value: settled, certain: false, evidence: [...evidence, 'mended', 'from-other-paper'] }
    }
    return { ...document, fields }
  })
}

/** A third reading that is another in one character: two looks took a rare character for the same other one. */
const disputes = (said: string, name: string): boolean =>
  said.length === name.length && Array.from(said).filter((character, at) => character !== Array.from(name)[at]).length === 1

/**
 * Whether another paper has a name with a character more, or plainly an address (3#厂房 and 3厂房): what a recogniser does not know it passes
 * over on one and not on the other.
 */
const mayLackOne = (own: Voice, other: Voice): boolean =>
  own.subject === other.subject &&
  (own.subject === 'person' || (own.subject === 'place' && other.isClear)) &&
  lacksOne(own.value, other.value)

const lacksOne = (value: string, whole: string): boolean => {
  const [some, all] = [Array.from(value), Array.from(whole)]
  const at = all.findIndex((character, place) => character !== some[place])
  return all.length === some.length + 1 && all.slice(at + 1).join('') === some.slice(at).join('')
}

/** Long numbers that stand for one thing alone: two that agree to the last figure are no chance. */
const figures = new Set<FieldType>(['phone', 'card-number', 'uscc', 'id-number'])

const codes = new Set<FieldType>(['uscc', 'id-number'])

/** A number that was hardly read is certain where it says what is certain elsewhere: no misreading makes it another number of these papers. */
function tellByFigures(document: ReadDocument, all: readonly ReadDocument[]): Record<string, FieldValue> {
  const known = new Set(
    all.flatMap(({ kind, fields }) =>
      Object.entries(fields).flatMap(([name, { value, certain }]) => {
        const subject = subjects[kind]?.[name]
        return subject && certain && typeof value === 'string' && figures.has(typeOf(kind, name)) ? [`${subject} ${value}`] : []
      }),
    ),
  )
  return Object.fromEntries(
    Object.entries(document.fields).map(([name, field]): [string, FieldValue] => {
      // A code whose check digit holds, and which is another paper's to the last character, was read right however faint it is.
      const isProven = codes.has(typeOf(document.kind, name)) && field.evidence?.includes('check-digit')
      const isDoubted = [...lacks, ...doubts, 'unusual'].some((one) => field.evidence?.includes(one) && !(isProven && one === 'faint'))
      const isKnown = known.has(`${subjects[document.kind]?.[name]} ${typeof field.value === 'string' ? field.value : ''}`)
      return [name, isKnown && !isDoubted && figures.has(typeOf(document.kind, name)) ? { ...field, certain: true } : field]
    }),
  )
}

const typeOf = (kind: DocumentKind, field: string): FieldType => documentFields[kind].find((one) => one.name === field)?.type ?? 'text'

/** Printed throughout; the others may be filled in by one hand, whose characters are misread alike on all of them. */
const printed = new Set<DocumentKind>(['business-licence', 'identity-document', 'payment-proof'])
/**
 * What speaks against a value even when another paper says the same: a character that was passed over is so on both. Lines break
 * elsewhere on papers of different kinds, so that no two of them lose the same end.
 */
const lacks = ['ink-below', 'ink-beside', 'cut-short', 'struck-out', 'odd-character']
const doubts = ['faint', 'mended', 'gap']

/** A code in boxes loses the same characters on every paper of one layout: short ones vouch for nothing. */
const lengths: Partial<Record<FieldType, (text: string) => boolean>> = {
  uscc: (text) => text.length === 18,
  'id-number': (text) => !/^\d/u.test(text) || text.length === 18 || text.length === 15,
}

/**
 * A one-character value agrees by chance. One engine misreads a rare character the same way twice, but hardly with a clear mind
 * (王嫦 was read 王端 on two papers): a name needs one plain reading, its own or that of another script (`isTold`), and none that
 * says otherwise (马菡 was read 马菌 twice, and once right). Figures and
 * addresses are made of usual characters, and two different scripts (`isApart`) that agree on them suffice. Room for a character between
 * two is no doubt where plain print of another script has none there. What was mended is what
 * the paper may wrongly say, and the others rightly.
 */
function vouched(
  value: FieldValue,
  type: FieldType,
  evidence: string,
  { isApart, isTold, isDisputed }: { readonly isApart: boolean; readonly isTold: boolean; readonly isDisputed: boolean },
): FieldValue {
  const text = typeof value.value === 'string' ? value.value : ''
  const has = (one: string): boolean => (value.evidence ?? []).includes(one)
  const enough = text.length >= 2 && (type !== 'phone' || text.length >= 7) && (lengths[type]?.(text) ?? true)
  const isBacked = type === 'name' ? isTold : isApart && type !== 'date'
  if (type === 'name' && isDisputed) return { ...value, evidence: [...(value.evidence ?? []), evidence] }
  // A hand's letters, and what nobody is called, may be misread alike wherever one hand wrote them, and a figure alike in one print.
  const isClear =
    has('clear') &&
    (isApart || !(has('uncounted') || has('by-hand'))) &&
    (type === 'card-number' ? !has('unusual') : type !== 'name' || isApart || !has('unusual'))
  return {
    ...value,
    certain:
      value.certain ||
      (enough &&
        !lacks.some(has) &&
        !has('mended') &&
        (!has('open-end') || isApart) &&
        (isClear || (isBacked && !doubts.some((one) => has(one) && !(one === 'gap' && isTold))))),
    evidence: [...(value.evidence ?? []), evidence],
  }
}
