/** The clerk's decisions: verify, correct, send back, accept. Each is one transaction with the jobs that follow from it. */
import type { Applications } from '../application/applications.ts'
import { startAwaiting } from '../application/await-answer.ts'
import type { LookUpParcels } from '../application/gather-context.ts'
import { isPreCheck } from '../application/pre-check.ts'
import type { Actor, Application, ApplicationSummary } from '../application/record.ts'
import { queueCardJobs, writeLetter, type FieldContent } from '../flow.ts'
import { enclosuresOf } from '../guide/describe-guide.ts'
import { serviceTitles, type DocumentKind } from '../guide/papers.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { done, refuse, type Result } from '../platform/result.ts'

export interface ReviewParts {
  readonly database: Database
  readonly queue: Queue
  readonly applications: Applications
  readonly lookUpParcels: LookUpParcels
}

/** Who decides, and on which version of the application: the one that stood on the screen. */
export interface By {
  readonly actor: Actor
  readonly version: number
}

/** Every function answers `stale` when somebody else changed the application since the clerk's page was drawn. */
export interface Review {
  /** Opens the check (已录入待初核 → 业务审核中), so that colleagues see that somebody is at it. */
  startReview(number: string, by: By): Promise<Result<ApplicationSummary>>
  /**
   * Accepts and queues the card jobs. With open `correct` findings (`findings-open`), or before the cards that the guide wants
   * enclosed were counted in (`cards-uncounted`), only when `override` says why.
   */
  accept(number: string, by: By, override?: { readonly remark: string }): Promise<Result<ApplicationSummary>>
  /** Sends back for correction; the letter with one sentence per finding and the remark is queued. */
  sendBack(number: string, what: { readonly remark: string | null }, by: By): Promise<Result<ApplicationSummary>>
  refuse(number: string, what: { readonly reason: string }, by: By): Promise<Result<ApplicationSummary>>
  withdraw(number: string, what: { readonly reason: string }, by: By): Promise<Result<ApplicationSummary>>
  correctField(number: string, change: { document: number; field: string; value: FieldContent }, by: By): Promise<Result<Application>>
  correctKind(number: string, change: { document: number; kind: DocumentKind }, by: By): Promise<Result<Application>>
}

/** A remark goes into a letter: longer than this is a mistake of the clipboard. In characters. */
const longestRemark = 1000

export function openReview({ database, queue, applications, lookUpParcels }: ReviewParts): Review {
  const once = <Value>(work: (transaction: Executor) => Promise<Result<Value>>) => commitResult(database, work)

  /** Finds the application as the clerk saw it. */
  async function seen(executor: Executor, number: string, by: By): Promise<Result<Application>> {
    const application = await applications.find(executor, number)
    if (!application) return refuse('application-unknown', `没有编号为 ${number} 的申请，请核对编号`)
    if (application.version !== by.version) return stale
    return done(application)
  }

  /** The letter of a decision that happens once. */
  const tell = (transaction: Executor, applicationNumber: string, letter: 'accepted' | 'refused') =>
    queue.enqueue(transaction, writeLetter, { applicationNumber, letter, occasion: letter }, { key: `${applicationNumber}:${letter}` })

  async function decideWithReason(number: string, type: 'refused' | 'withdrawn', reason: string, by: By) {
    const said = checkRemark(reason, '请写明原因，申请人会看到')
    if (!said.ok) return said
    return once(async (transaction) => {
      const application = await seen(transaction, number, by)
      if (!application.ok) return application
      const decided = await applications.advance(transaction, number, { type, reason: said.value }, by)
      if (decided.ok && type === 'refused') await tell(transaction, number, 'refused')
      return decided
    })
  }

  /** Guide 二1(5), 三1(1), 四1(1), 六1(1), 七1(1), 九1(1): enclosed cards that nobody has counted in, in one sentence. */
  async function lacksCount(executor: Executor, { number, service }: Application): Promise<string | null> {
    const cards = enclosuresOf(service).cards.join('、')
    if (cards === '' || (await lookUpParcels(executor, number)).enclosed !== null) return null
    return `${serviceTitles[service]}须随附${cards}，还没有清点：请先在收件台清点；卡已收到而不经收件台的，请写明理由`
  }

  /** Guide, 办理流程: what was seen in scans is not accepted before its originals are here. */
  async function askForOriginals(transaction: Executor, number: string, by: By): Promise<Result<ApplicationSummary>> {
    const asked = await applications.advance(transaction, number, { type: 'pre-check-passed' }, by)
    if (!asked.ok) return asked
    await startAwaiting(transaction, queue, number, asked.value.version)
    const occasion = String(asked.value.version)
    const letter = { applicationNumber: number, letter: 'originals', occasion } as const
    await queue.enqueue(transaction, writeLetter, letter, { key: `${number}:originals:${occasion}` })
    return asked
  }

  return {
    startReview: (number, by) =>
      once(async (transaction) => {
        const application = await seen(transaction, number, by)
        if (!application.ok) return application
        return applications.advance(transaction, number, { type: 'review-started' }, by)
      }),
    async accept(number, by, override) {
      const remark = override ? checkRemark(override.remark, '请写明受理的理由') : undefined
      if (remark && !remark.ok) return remark
      return once(async (transaction) => {
        const application = await seen(transaction, number, by)
        if (!application.ok) return application
        const open = application.value.findings.filter(({ severity }) => severity === 'correct').map(({ code }) => code)
        if (open.length > 0 && !remark) return refuse('findings-open', `还有 ${open.length} 项需补正的问题；确要受理，请写明理由`)
        if (isPreCheck(application.value)) return askForOriginals(transaction, number, by)
        const uncounted = await lacksCount(transaction, application.value)
        if (uncounted && !remark) return refuse('cards-uncounted', uncounted)
        const findings = [...open, ...(uncounted ? ['cards-uncounted'] : [])]
        const overridden = findings.length > 0 && remark ? { override: { remark: remark.value, findings } } : {}
        const accepted = await applications.advance(transaction, number, { type: 'accepted', ...overridden }, by)
        if (!accepted.ok) return accepted
        await queue.enqueue(transaction, queueCardJobs, { applicationNumber: number }, { key: number })
        await tell(transaction, number, 'accepted')
        return accepted
      })
    },
    async sendBack(number, what, by) {
      const remark = what.remark?.trim() ? checkRemark(what.remark, '') : done(null)
      if (!remark.ok) return remark
      return once(async (transaction) => {
        const application = await seen(transaction, number, by)
        if (!application.ok) return application
        const findings = application.value.findings.filter(({ severity }) => severity === 'correct').map(({ code }) => code)
        if (findings.length === 0 && remark.value === null)
          return refuse('remark-missing', '没有需补正的问题，请在备注中写明需要申请人做什么')
        const returned = await applications.advance(transaction, number, { type: 'returned', findings, remark: remark.value }, by)
        if (!returned.ok) return returned
        await startAwaiting(transaction, queue, number, returned.value.version)
        const occasion = String(returned.value.version)
        await queue.enqueue(
          transaction,
          writeLetter,
          { applicationNumber: number, letter: 'correction', occasion },
          { key: `${number}:correction:${occasion}` },
        )
        return returned
      })
    },
    refuse: (number, { reason }, by) => decideWithReason(number, 'refused', reason, by),
    withdraw: (number, { reason }, by) => decideWithReason(number, 'withdrawn', reason, by),
    correctField: (number, change, by) =>
      once(async (transaction) => {
        const application = await seen(transaction, number, by)
        return application.ok ? applications.correctField(transaction, number, change, by) : application
      }),
    correctKind: (number, change, by) =>
      once(async (transaction) => {
        const application = await seen(transaction, number, by)
        return application.ok ? applications.correctKind(transaction, number, change, by) : application
      }),
  }
}

const stale = refuse('stale', '该申请已被他人处理，请刷新')

function checkRemark(remark: string, missing: string): Result<string> {
  const trimmed = remark.trim()
  if (trimmed === '') return refuse('remark-missing', missing)
  if (trimmed.length > longestRemark) return refuse('remark-too-long', `文字请不超过 ${longestRemark} 字`)
  return done(trimmed)
}
