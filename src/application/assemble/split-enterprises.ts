/** Papers of several enterprises in one envelope or mail: each enterprise's papers by themselves. */
import type { ReadDocument } from '../../flow.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import { enterpriseFields } from '../judge/enterprise.ts'
import { comparable, distance, fieldText, isPlain, near } from '../judge/evidence.ts'

interface Lead {
  readonly name: string | null
  readonly uscc: string | null
  /** The name was read plainly; else it may be misread in many places, as on a fax or from a hand. */
  readonly isPlain: boolean
}

/**
 * Only registration forms and authorisation letters speak for an enterprise of their own: another paper with another name
 * is a mistake to be told, not another application.
 */
export function splitEnterprises(documents: readonly ReadDocument[]): ReadDocument[][] {
  const groups: { lead: Lead; papers: ReadDocument[] }[] = []
  const groupOf = new Map<ReadDocument, (typeof groups)[number]>()
  for (const document of documents) {
    if (document.kind !== 'registration-form' && document.kind !== 'authorization-letter') continue
    const lead = leadOf(document)
    let group = groups.find((other) => !isAnother(lead, other.lead))
    if (!group) groups.push((group = { lead, papers: [] }))
    groupOf.set(document, group)
  }
  const [first] = groups
  if (!first || groups.length === 1) return [[...documents]]
  for (const document of documents)
    if (!groupOf.has(document)) groupOf.set(document, closest(document, groups, groupOf, documents) ?? first)
  for (const document of documents) groupOf.get(document)?.papers.push(document)
  return groups.map(({ papers }) => papers)
}

function leadOf(document: ReadDocument): Lead {
  const place = enterpriseFields.find(({ kind }) => kind === document.kind)
  const name = place ? fieldText(document, place.name) : null
  const sealed = name === null ? undefined : legibleRings(document).find((ring) => near(ring, name))
  return {
    // A hand's name that its own seal spells, but for a glyph, is what the seal says.
    name: sealed ?? name,
    uscc: place?.uscc ? fieldText(document, place.uscc) : null,
    isPlain: sealed !== undefined || (place !== undefined && isPlain(document.fields[place.name])),
  }
}

const legible = 0.8
const legibleRings = ({ seals }: ReadDocument): string[] =>
  seals.flatMap(({ text, role, confidence }) => (role === 'company' && confidence >= legible && text !== null ? [text] : []))

/** Two valid codes that differ and two names that no misreading joins; with one of the two unknown the other decides. */
function isAnother(left: Lead, right: Lead): boolean {
  const isKnown = left.uscc !== null && right.uscc !== null && isValidUscc(left.uscc) && isValidUscc(right.uscc)
  const edits = isKnown ? distance(left.uscc!, right.uscc!) : 0
  const codes = isKnown ? edits > 0 : null
  const names = left.name !== null && right.name !== null ? isOtherName(left, right, edits >= otherCode) : null
  if (codes === null && names === null) return false
  return codes !== false && names !== false
}

/** Two valid codes with so many places between them are not one misread. */
const otherCode = 5

/** Companies of one group are called alike but for a glyph or two: where their codes are two, plain names that differ are two. */
function isOtherName(left: Lead, right: Lead, hasOtherCode: boolean): boolean {
  const plain = left.isPlain && right.isPlain
  const edits = distance(comparable(left.name!), comparable(right.name!))
  if (hasOtherCode && plain) return edits > 0
  return !near(left.name!, right.name!) && edits >= (plain ? 3 : Math.max(3, comparable(left.name!).length * 0.4))
}

type Group = { lead: Lead; papers: ReadDocument[] }

/** By code or name, by the seal on it, by a person whom a sheet of the enterprise names, else by its place among the papers. */
function closest(
  document: ReadDocument,
  groups: Group[],
  groupOf: Map<ReadDocument, Group>,
  documents: readonly ReadDocument[],
): Group | undefined {
  const own = leadOf(document)
  const byCode = groups.find(({ lead }) => own.uscc !== null && own.uscc === lead.uscc)
  if (byCode) return byCode
  const rings = document.seals.flatMap(({ text }) => text ?? [])
  const byName = nearest(own.name === null ? [] : [own.name], groups) ?? nearest(rings, groups)
  if (byName) return byName
  const names = personNames(document)
  const byPerson = groups.find((group) =>
    documents.some(
      (other) => other !== document && groupOf.get(other) === group && personNames(other).some((name) => names.includes(name)),
    ),
  )
  if (byPerson) return byPerson
  const before = documents.slice(0, documents.indexOf(document)).findLast((other) => groupOf.has(other))
  return before && groupOf.get(before)
}

/** Of enterprises whose names come near one of these, the one that comes nearest. */
function nearest(names: readonly string[], groups: readonly Group[]): Group | undefined {
  const [best] = groups
    .flatMap((group) =>
      names.flatMap((name) =>
        group.lead.name !== null && near(name, group.lead.name)
          ? [{ group, edits: distance(comparable(name), comparable(group.lead.name)) }]
          : [],
      ),
    )
    .toSorted((left, right) => left.edits - right.edits)
  return best?.group
}

function personNames(document: ReadDocument): string[] {
  return ['handlerName', 'legalName', 'legal.holderName', 'operator.holderName', 'name', 'recipientName'].flatMap((field) => {
    const name = fieldText(document, field)
    return name === null ? [] : [comparable(name)]
  })
}
