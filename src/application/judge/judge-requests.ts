/** What was asked for before, and what the registrar's paper allows. */
import type { Finding } from '../../flow.ts'
import { isCalendarDay } from '../../guide/identifiers/id-number.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { found, labelOf, ofKind, titleOf, type Case, type Rule } from './case.ts'
import { comparable, fieldText, textOf } from './evidence.ts'

/** The same enterprise has asked for the same before, and that is still under way. */
export function repeatedRequest(opened: Case): Finding[] {
  const [earlier] = opened.context.openRequests ?? []
  if (earlier === undefined) return []
  const message = `同一企业的${serviceTitles[opened.service]}申请 ${earlier} 正在办理，请核对是否重复来件。`
  return [found('duplicate-request', 'look', message)]
}

/** Whoever asked for it wants it no more: a clerk reads the mail, and takes it back or goes on. */
export const withdrawalAsked: Rule = ({ context }) =>
  context.withdrawalAsked
    ? [found('withdrawal-asked', 'look', '有来信要求撤回这项申请，请阅读来信，与申请人核实后撤回，或忽略本条继续办理。')]
    : []

/**
 * Guide 一(一)1(1), 一(二)1(1), 二1(1): a licence (营业执照) whose term (营业期限) is over. The registrar may have prolonged it
 * without a new paper: the clerk looks it up.
 */
export function expiredLicence(opened: Case): Finding[] {
  return ofKind(opened, 'business-licence').flatMap((document) => {
    const field = document.fields['businessTerm']
    const until = endOf(textOf(field))
    if (until === null || until >= opened.context.today) return []
    const message = `${titleOf(document)}的${labelOf(document.kind, 'businessTerm')}已过，请对照原件，并在国家企业信用信息公示系统核实是否已延期。`
    return [found('licence-expired', 'look', message, { document, field: 'businessTerm' })]
  })
}

/** The last day of `2010-05-06至2030-05-05` or `自2010年05月06日至2030年05月05日`; null without an end (长期). */
function endOf(term: string | null): string | null {
  if (term === null || /长期|永久|不约定|无固定/u.test(term)) return null
  const days = [...term.matchAll(/(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})/gu)].map(
    ([, year, month, day]) => `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`,
  )
  const last = days.at(-1)
  // One date alone is the day on which it begins.
  return days.length >= 2 && last !== undefined && isCalendarDay(last) ? last : null
}

/** Where a person's name stands beside a telephone; the first paper that tells is compared with the others. */
const telephones = [
  [
    ['registration-form', 'handlerName', 'handlerPhone'],
    ['cancellation-request', 'handlerName', 'handlerPhone'],
    ['change-request', 'contactName', 'contactPhone'],
  ],
  [
    ['card-form', 'legal.holderName', 'legal.phone'],
    ['authorization-letter', 'legalName', 'legalPhone'],
  ],
] as const

/** One handler and one legal person have one telephone each; another number on another paper may be meant. */
export function differingPhones(opened: Case): Finding[] {
  return telephones.flatMap((places) => {
    const told = places.flatMap(([kind, nameField, phoneField]) =>
      ofKind(opened, kind).flatMap((document) => {
        const [name, phone] = [fieldText(document, nameField), fieldText(document, phoneField)]
        return name === null || phone === null ? [] : [{ document, field: phoneField, name: comparable(name), phone }]
      }),
    )
    const [first, ...others] = told
    if (!first) return []
    const differing = others.filter(
      ({ name, phone, document }) => name === first.name && phone !== first.phone && document.kind !== first.document.kind,
    )
    // Both copies of a form (一式两份) say the same.
    const isFirst = ({ phone, document }: (typeof told)[number], at: number): boolean =>
      differing.findIndex((other) => other.phone === phone && other.document.kind === document.kind) === at
    return differing.filter(isFirst).map(({ document, field }) => {
      const message = `${titleOf(document)}的${labelOf(document.kind, field)}与${titleOf(first.document)}的不同，联系时请留意。`
      return found('phone-differs', 'note', message, { document, field, against: first })
    })
  })
}
