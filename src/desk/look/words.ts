/** How values are shown to people. */
import { html } from 'hono/html'
import { undecided } from '../../application/transition.ts'
import { services } from '../../guide/services.ts'
import { decisionTitles, statusTitles, type ApplicationSummary, type Status } from '../../application/record.ts'
import type { Decision, FieldContent, Severity } from '../../flow.ts'
import { serviceTitles, type FieldType, type ServiceCode } from '../../guide/papers.ts'
import { officeTime } from '../../platform/clock.ts'

export const doorTitles = { folder: '扫描文件夹', upload: '窗口上传', mailbox: '电子邮件' } as const
export const severityTitles: Record<Severity, string> = { correct: '需补正', look: '需查看', note: '提示' }

/** A tag (标签) whose colour says what to do: green done, red to mend, amber to look at. */
export const tag = (tone: 'green' | 'red' | 'amber' | 'accent' | 'plain', text: string) => html`<span class="tag ${tone}">${text}</span>`

export const decisionTag = (decision: Decision) =>
  tag(decision === 'ready' ? 'green' : decision === 'correct' ? 'red' : 'amber', decisionTitles[decision])

export function statusTag(status: Status) {
  if (status === 'undelivered') return tag('amber', statusTitles[status])
  if (status === 'returned' || status === 'refused') return tag('red', statusTitles[status])
  if (['posted', 'delivered', 'picked-up', 'closed'].includes(status)) return tag('green', statusTitles[status])
  return tag('plain', statusTitles[status])
}

/** `2026-11-20T01:02:03Z` → `11-20 09:02`, with the year only when it is another one. */
export function shortTime(instant: string, now: Date) {
  const time = officeTime(new Date(instant))
  const shown = time.slice(0, 4) === officeTime(now).slice(0, 4) ? time.slice(5) : time
  return html`<time datetime="${instant}" title="${time}">${shown}</time>`
}

/** In these states the office owes the next step by a day. */
const owed: readonly Status[] = ['draft', 'entered', 'reviewing', 'accepted', 'making-cards', 'awaiting-courier']

/**
 * A deadline against today's office day; today and overdue stand out. Without a day it is said why: the applicant is waited
 * for, or no notice of the State Council covers the year yet.
 */
export function deadline({ dueOn, status, service }: Pick<ApplicationSummary, 'dueOn' | 'status' | 'service'>, today: string) {
  if (dueOn === null) {
    if (!owed.includes(status)) return html`<span class="muted">—</span>`
    if (services[service].agreements.length > 0 && undecided.includes(status)) return html`<span class="muted">等企业确认</span>`
    return html`<span class="due today" title="国务院尚未公布或系统尚未收录该年的放假安排，见“系统状态”">期限未知</span>`
  }
  const day = dueOn.slice(0, 4) === today.slice(0, 4) ? dueOn.slice(5) : dueOn
  if (dueOn < today) return html`<span class="due overdue">${day} <b>已逾期</b></span>`
  if (dueOn === today) return html`<span class="due today">${day} <b>今天</b></span>`
  return html`<span class="due">${day}</span>`
}

/** Where a whole identity number is not needed: region and the last four stay. */
export function maskNumber(number: string): string {
  return number.length < 12 ? number : `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`
}

/** A value as a person reads it on one line; empty for null. */
export function wordsOf(value: FieldContent, type: FieldType): string {
  if (value === null) return ''
  if (typeof value === 'string') return type === 'delivery' ? deliveryTitle(value) : value
  return value
    .map((part) => {
      if (typeof part !== 'string') return `${part.name} × ${part.quantity ?? '？'}${part.price ? `（${part.price}）` : ''}`
      return type === 'services' ? serviceTitle(part) : part
    })
    .join('、')
}

export const serviceTitle = (code: string): string => serviceTitles[code as ServiceCode] ?? code
const deliveryTitle = (value: string) => (value === 'post' ? '邮寄领卡' : value === 'window' ? '窗口领卡' : value)

export function bytesInWords(size: number): string {
  if (size < 1024) return `${size} 字节`
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(0)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}
