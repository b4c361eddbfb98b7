/** What happened to an application, in one line for people. */
import { decisionTitles, type AgreementMeans, type ApplicationEvent, type UnclearReply } from '../../application/record.ts'
import type { FieldContent, LetterKind } from '../../flow.ts'
import { maskNumber, wordsOf } from '../look/words.ts'
import { services } from '../../guide/services.ts'
import { documentFields, documentTitles, type DocumentKind } from '../../guide/papers.ts'

export function eventWords(event: ApplicationEvent): string {
  switch (event.type) {
    case 'opened':
      return '立案'
    case 'judged':
      return `核对：${decisionTitles[event.decision]}${event.findings.length > 0 ? `，${event.findings.length} 个问题` : ''}`
    case 'papers-joined':
      return joinedWords(event)
    case 'unanswered':
      return '两次提醒后仍未答复'
    case 'agreement-confirmed':
      return `确认“${systemTitle(event.system)}”没有生效的三方协议（${meansTitles[event.means]}，${event.by}）${event.reason ? `：${event.reason}` : ''}`
    case 'agreement-reopened':
      return `撤销“${systemTitle(event.system)}”的确认：${event.reason}`
    case 'agreement-reply-unclear':
      return `关于三方协议的回信须人工阅读：${unclearTitles[event.why]}`
    case 'withdrawal-asked':
      return '来信要求撤回，须人工阅读'
    case 'pre-check-passed':
      return '预审通过，请寄原件'
    case 'submitted':
      return '材料说明了要办的业务，转入初核'
    case 'review-started':
      return '开始审核'
    case 'field-corrected':
      return correctionWords(event)
    case 'kind-corrected':
      return `材料类别：${documentTitles[event.from as DocumentKind] ?? event.from} → ${documentTitles[event.to as DocumentKind] ?? event.to}`
    case 'finding-dismissed':
      return '忽略一个问题'
    case 'accepted':
      return event.override ? `受理（${overridden(event.override.findings)}，理由：${event.override.remark}）` : '受理'
    case 'returned':
      return `退回补正${event.remark ? `：${event.remark}` : ''}`
    case 'refused':
      return `不予受理：${event.reason}`
    case 'withdrawn':
      return `撤回：${event.reason}`
    case 'card-jobs-queued':
      return event.count === 0 ? '无须制卡' : `安排 ${event.count} 项制卡任务`
    case 'card-job-completed':
      return '完成一项制卡任务'
    case 'card-job-failed':
      return `一项制卡任务失败：${event.reason}`
    case 'card-job-reopened':
      return `重做一项制卡任务：${event.reason}`
    case 'card-job-given-up':
      return `一项制卡任务不再办理：${event.reason}`
    case 'cards-given-up':
      return `没有能办成的卡，不予受理：${event.reason}`
    case 'cards-finished':
      return '制卡完成'
    case 'handover-prepared':
      return event.method === 'post' ? `面单 ${event.waybillNumber ?? ''} 已打印` : `领卡通知单 ${event.noticeNumber} 已打印`
    case 'resend-ordered':
      return `退回的邮件 ${event.waybillNumber} 再次寄出，另用面单`
    case 'handed-to-courier':
      return `已交快递 ${event.waybillNumber}`
    case 'picked-up':
      return '已在窗口领取'
    case 'delivered':
      return '快递已签收'
    case 'undelivered':
      return `快递退件：${event.reason}`
    case 'closed':
      return '办结'
    case 'cards-recounted':
      return `邮包 ${event.parcelNumber} 中的卡有变动：现有 ${event.cards} 张`
    case 'cards-counted':
      return `清点邮包 ${event.parcelNumber}：${event.cards} 张卡`
    case 'parcel-refused':
      return `邮包 ${event.parcelNumber} ${event.because}，没有收下`
    case 'parcel-closed':
      return `封装邮包 ${event.waybillNumber}：${event.cards} 张卡${event.remark ? `（${event.remark}）` : ''}`
    case 'letter-written':
      return `函件已写好（${letterTitles[event.letter as LetterKind] ?? event.letter}）`
    case 'letter-sent':
      return '函件已发出'
  }
}

const systemTitle = (system: string): string =>
  Object.values(services)
    .flatMap(({ agreements }) => agreements)
    .find((one) => one.system === system)?.title ?? system

export const meansTitles: Record<AgreementMeans, string> = { mail: '邮件回复', link: '确认链接', phone: '电话' }

export const unclearTitles: Record<UnclearReply, string> = {
  words: '看不出是否三个系统都已没有协议',
  sender: '不是申请人的邮箱发来的',
  authenticity: '发件人未通过邮件服务器的验证',
  left: '仍有未解除的协议',
}

function joinedWords({ added, replaced, resolved }: ApplicationEvent & { type: 'papers-joined' }): string {
  const titles = (kinds: readonly string[]) => kinds.map((kind) => documentTitles[kind as DocumentKind] ?? kind).join('、')
  const parts = [
    ...(added.length > 0 ? [`补收${titles(added)}`] : []),
    ...(replaced.length > 0 ? [`更换${titles(replaced)}`] : []),
    ...(added.length + replaced.length === 0 ? ['没有可读的材料'] : []),
    ...(resolved.length > 0 ? [`解决 ${resolved.length} 个问题`] : []),
  ]
  return `收到后续来件：${parts.join('，')}`
}

const allFields = Object.values(documentFields).flat()
const definitionOf = (field: string) => allFields.find(({ name }) => name === field)

function correctionWords({ field, from, to }: ApplicationEvent & { type: 'field-corrected' }): string {
  const label = definitionOf(field)?.label ?? field
  const [before, after] = [valueWords(from, field), valueWords(to, field)]
  return JSON.stringify(from) === JSON.stringify(to) ? `确认“${label}”：${after}` : `更正“${label}”：${before} → ${after}`
}

/** The history is read over shoulders: identity numbers stay masked in it. */
function valueWords(value: FieldContent, field: string): string {
  const definition = definitionOf(field)
  const words = wordsOf(value, definition?.type ?? 'text') || '空'
  return definition?.type === 'id-number' ? maskNumber(words) : words
}

export const letterTitles: Record<LetterKind, string> = {
  acknowledgement: '收件回执',
  correction: '补正通知',
  reminder: '补正提醒',
  agreements: '解除三方协议提示',
  accepted: '受理通知',
  refused: '不予受理通知',
  originals: '寄送原件通知',
  'ready-for-pickup': '领卡通知',
  posted: '寄出通知',
  'reader-posted': '读卡器寄出通知',
  undelivered: '退件通知',
  'not-taken': '来件未收下通知',
  'parcel-refused': '邮包未收下通知',
}

/** What was open when it was accepted all the same. */
function overridden(findings: readonly string[]): string {
  const open = findings.filter((code) => code !== 'cards-uncounted').length
  return [...(open > 0 ? [`仍有 ${open} 项问题`] : []), ...(open < findings.length ? ['随附的卡未经清点'] : [])].join('，')
}
