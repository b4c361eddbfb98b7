/**
 * What the change request says is new against the licence (guide 二1: 营业执照复印件 beside the 业务变更申请表): the licence must be that
 * after the change. What is written freely is the clerk's to judge.
 */
import type { Finding, ReadDocument } from '../../flow.ts'
import { found, labelOf, ofKind, titleOf, type Case } from './case.ts'
import { compareAddresses } from './compare-addresses.ts'
import { comparable, distance, isPlain, isSure, textOf } from './evidence.ts'

const registered = [
  { field: 'enterpriseName', words: /(?:企业|公司|单位)?名称/u },
  { field: 'legalName', words: /法定代表人|法人代表|法人|负责人/u },
  { field: 'address', words: /住所|地址|经营场所/u },
] as const
type Registered = (typeof registered)[number]['field']

export function differingChanges(opened: Case): Finding[] {
  const [licence] = ofKind(opened, 'business-licence')
  if (!licence) return []
  return ofKind(opened, 'change-request').flatMap((request) =>
    changesOf(textOf(request.fields['changes']) ?? '').flatMap(({ field, from, to }) => {
      if (from !== null && comparable(from) === comparable(to)) return [unchanged(request, field)]
      if (!isOther(field, to, request, licence) && !isStillOld(field, from, to, licence)) return []
      const label = labelOf('business-licence', field)
      const message = `${titleOf(request)}所写变更后的${label}为“${to}”，${titleOf(licence)}上是“${textOf(licence.fields[field]) ?? ''}”，请核对营业执照是否为变更后的。`
      // Seat and office may rightly be two places.
      return [
        found('change-differs', field === 'address' ? 'note' : 'look', message, {
          document: request,
          field: 'changes',
          against: { document: licence, field },
        }),
      ]
    }),
  )
}

function unchanged(request: ReadDocument, field: Registered): Finding {
  const message = `${titleOf(request)}所写${labelOf('business-licence', field)}变更前后相同，请核对变更内容。`
  return found('change-differs', 'look', message, { document: request, field: 'changes' })
}

interface Change {
  readonly field: Registered
  /** As it was, where that is told: 由甲变更为乙. */
  readonly from: string | null
  /** As it is to be. */
  readonly to: string
}

/** `法定代表人由甲变更为乙；住所变更为…`: each clause that names what changes and says what it becomes. */
function changesOf(text: string): Change[] {
  return text.split(/[；;。\n]/u).flatMap((clause) => {
    const [, what = '', to = ''] = /^(.*?)(?:变更|更改|修改|改)(?:为|成|至|到)[：:\s]*(.+)$/u.exec(clause) ?? []
    // The day of signing stands below, and may be read with it.
    const value = to.replace(/[“”"「」『』\s，,]/gu, '').replace(/\d{4}年\d{1,2}月\d{1,2}日$/u, '')
    // What it was may be anything: the first word of the clause names it.
    const [first] = registered
      .map(({ field, words }) => ({ field, at: what.search(words) }))
      .filter(({ at }) => at >= 0)
      .toSorted((left, right) => left.at - right.at)
    const from = /(?:由|从)[：:\s]*(.+)$/u.exec(what)?.[1]?.replace(/[“”"「」『』\s，,]/gu, '') ?? null
    return first && value.length >= 2 ? [{ field: first.field, from, to: value }] : []
  })
}

/** Beyond what misreading explains. */
function isOther(field: Registered, to: string, request: ReadDocument, licence: ReadDocument): boolean {
  const [own, shown] = [request.fields['changes'], licence.fields[field]]
  const text = textOf(shown)
  if (text === null || comparable(text) === comparable(to)) return false
  if (field === 'address') return compareAddresses(to, text).verdict === 'other' && isPlain(own) && isPlain(shown)
  return isFar(to, text) || (isSure(own) && isSure(shown))
}

/** What it was is letter by letter what the licence says: this is the one from before the change, however little the two differ. */
function isStillOld(field: Registered, from: string | null, to: string, licence: ReadDocument): boolean {
  const isSame = from !== null && comparable(from) === comparable(textOf(licence.fields[field]) ?? '')
  return isSame && comparable(from) !== comparable(to) && field !== 'address'
}

/** Two places in five are not misread. */
const isFar = (a: string, b: string): boolean =>
  distance(comparable(a), comparable(b)) >= Math.max(2, 0.4 * Math.max(comparable(a).length, comparable(b).length))
