/**
 * Three-party agreements (三方协议, guide 九2(1)): before a deregistration is accepted the enterprise confirms, system by system,
 * that none is in force: by replying, by a signed link, or on the telephone. Else its bank cannot close the account, and the
 * legal person's card that could end them would be void.
 */
import { serviceCodes, type ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { commitResult } from '../../platform/database/commit-result.ts'
import type { JobHandler } from '../../platform/queue/contract.ts'
import { done, refuse, type Result } from '../../platform/result.ts'
import { readEvents } from '../event-log.ts'
import { applicantActor, type Actor, type Enterprise, type Status, type UnclearReply } from '../record.ts'
import { asSummary, findRow } from '../store-applications.ts'
import { transition } from '../transition.ts'
import { readAgreements, type AgreementState } from './agreement-tables.ts'
import type { AgreementsGiven, AgreementsParts } from './agreements-parts.ts'
import { handleAwaitingAgreements } from './await-agreements.ts'
import { confirmAgreement, reopenAgreement } from './confirm-agreement.ts'
import { handleReply } from './hear-reply.ts'
import { addressOf, checkLink, signLink, type LinkParts } from './sign-links.ts'

/** What a link leads to. */
export interface LinkedAgreement {
  readonly number: string
  readonly service: ServiceCode
  readonly status: Status
  readonly enterprise: Enterprise
  readonly agreement: AgreementState
  readonly others: readonly AgreementState[]
  /** Why it cannot be confirmed any more; null while it can. */
  readonly closed: string | null
}

/** A reply that a clerk must read. */
interface UnclearMail {
  readonly submissionId: string
  readonly at: string
  readonly why: UnclearReply
}

export interface Agreements {
  readonly handlers: readonly JobHandler[]
  /** The systems of an application as they stand, and the replies about them that nobody could tell; empty where none are asked. */
  agreementsOf(number: string): Promise<{ systems: readonly AgreementState[]; unclear: readonly UnclearMail[] }>
  /** What letters name: the systems not confirmed yet, each with its link where the office gives links, and for how many days. */
  askedOf(number: string): Promise<{ systems: readonly { title: string; steps: string; link: string | null }[]; linkDays: number | null }>
  /** Where the links begin, without a slash at the end; null where the office gives none. */
  readonly linkAddress: string | null
  /** What a link leads to, without changing anything. Codes: `link-wrong`, `link-expired`. */
  openLink(link: LinkParts): Promise<Result<LinkedAgreement>>
  /** A repeat changes nothing. Codes beside those of `openLink`: `name-missing`, `not-allowed`. */
  confirmByLink(link: LinkParts, name: string): Promise<Result<'confirmed' | 'already'>>
  /** A clerk has asked on the telephone: whom, and how it is known. */
  confirmByPhone(
    number: string,
    system: string,
    said: { name: string; reason: string },
    actor: Actor,
  ): Promise<Result<'confirmed' | 'already'>>
  /** A confirmation does not hold, and why. */
  reopen(number: string, system: string, reason: string, actor: Actor): Promise<Result<'reopened'>>
}

/** In characters. */
const longestName = 40
const longestReason = 200

export function openConfirmations(given: AgreementsGiven): Agreements {
  const { database, clock, config } = given
  const parts: AgreementsParts = { ...given, asking: () => serviceCodes.filter((code) => services[code].agreements.length > 0) }

  async function openLink(link: LinkParts): Promise<Result<LinkedAgreement>> {
    const checked = checkLink(config, clock.now(), link)
    if (checked === 'forged') return refuse('link-wrong', '链接不完整或不正确，请从函件中重新打开，或直接回复函件')
    const row = await findRow(database, link.number)
    const systems = row ? await readAgreements(database, row) : []
    const agreement = systems.find(({ system }) => system === link.system)
    if (!row || !agreement) return refuse('link-wrong', '该申请不再需要确认三方协议，无须操作')
    if (checked === 'expired' && agreement.confirmed === null)
      return refuse('link-expired', '链接已过期，请使用最近一封函件中的链接，或直接回复函件')
    const event = { type: 'agreement-confirmed', system: link.system, means: 'link', by: '', reason: null, submissionId: null } as const
    const allowed = transition(row, event)
    const { number, service, status, enterprise } = asSummary(row)
    return done({
      number,
      service,
      status,
      enterprise,
      agreement,
      others: systems.filter((other) => other !== agreement),
      closed: allowed.ok ? null : allowed.message,
    })
  }

  const nameOf = (name: string): Result<string> => {
    const said = name.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
    return said === '' || said.length > longestName ? refuse('name-missing', `请填写确认人的姓名（不超过 ${longestName} 字）`) : done(said)
  }

  const reasonOf = (reason: string, missing: string): Result<string> => {
    const said = reason.trim()
    return said === '' || said.length > longestReason ? refuse('reason-missing', `${missing}（不超过 ${longestReason} 字）`) : done(said)
  }

  return {
    handlers: [handleAwaitingAgreements(parts), handleReply(parts)],
    linkAddress: addressOf(config),
    openLink,

    async agreementsOf(number) {
      const row = await findRow(database, number)
      const systems = row ? await readAgreements(database, row) : []
      if (systems.length === 0) return { systems, unclear: [] }
      const events = await readEvents(database, number)
      const unclear = events.flatMap(({ at, event }) =>
        event.type === 'agreement-reply-unclear' ? [{ submissionId: event.submissionId, at, why: event.why }] : [],
      )
      return { systems, unclear }
    },

    async askedOf(number) {
      const row = await findRow(database, number)
      const open = row ? (await readAgreements(database, row)).filter(({ confirmed }) => confirmed === null) : []
      const now = clock.now()
      const systems = open.map(({ system, title, steps }) => ({ title, steps, link: signLink(config, now, number, system) }))
      return { systems, linkDays: config.linkSecret === undefined ? null : config.linkDays }
    },

    async confirmByLink(link, name) {
      const opened = await openLink(link)
      if (!opened.ok) return opened
      if (opened.value.agreement.confirmed !== null) return done('already')
      const by = nameOf(name)
      if (!by.ok) return by
      const said = { means: 'link', by: by.value, reason: null, submissionId: null, actor: applicantActor } as const
      return commitResult(database, (transaction) => confirmAgreement(transaction, parts, link.number, link.system, said))
    },

    async confirmByPhone(number, system, { name, reason }, actor) {
      const by = nameOf(name)
      if (!by.ok) return by
      const how = reasonOf(reason, '请写明如何核实')
      if (!how.ok) return how
      const said = { means: 'phone', by: by.value, reason: how.value, submissionId: null, actor } as const
      return commitResult(database, (transaction) => confirmAgreement(transaction, parts, number, system, said))
    },

    async reopen(number, system, reason, actor) {
      const why = reasonOf(reason, '请写明撤销的原因')
      if (!why.ok) return why
      return commitResult(database, (transaction) => reopenAgreement(transaction, parts, number, system, { reason: why.value, actor }))
    },
  }
}
