/** States (状态) and what leads from one to the next, as a table; no database, no clock. */
import { services } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { statusTitles, type ApplicationEvent, type Status } from './record.ts'

type EventType = ApplicationEvent['type']

/** Where an event may happen and where it leads; `stays` keeps the state. */
type Steps = Partial<Record<Status, Status | 'stays'>>

const stays = (...statuses: Status[]): Steps => Object.fromEntries(statuses.map((status) => [status, 'stays']))
const to = (next: Status, ...statuses: Status[]): Steps => Object.fromEntries(statuses.map((status) => [status, next]))
const everywhere = stays(...(Object.keys(statusTitles) as Status[]))
/** As long as a clerk has not decided, papers and findings may still change. */
export const undecided: readonly Status[] = ['draft', 'entered', 'reviewing', 'returned', 'awaiting-cards']

export const transitions: Record<Exclude<EventType, 'opened'>, Steps> = {
  judged: stays(...undecided),
  'papers-joined': { ...stays('draft', 'entered', 'reviewing'), ...to('entered', 'returned', 'awaiting-cards') },
  unanswered: stays('draft', 'entered', 'reviewing', 'returned', 'awaiting-cards'),
  'agreement-confirmed': stays(...undecided),
  'agreement-reopened': stays(...undecided),
  'agreement-reply-unclear': stays(...undecided),
  'withdrawal-asked': stays(...undecided, 'accepted'),
  'pre-check-passed': to('awaiting-cards', 'entered', 'reviewing'),
  submitted: to('entered', 'draft'),
  'review-started': to('reviewing', 'draft', 'entered', 'awaiting-cards'),
  'field-corrected': stays(...undecided),
  'kind-corrected': stays(...undecided),
  'finding-dismissed': stays(...undecided),
  accepted: to('accepted', 'entered', 'reviewing', 'awaiting-cards'),
  returned: to('returned', 'draft', 'entered', 'reviewing', 'awaiting-cards'),
  refused: to('refused', 'draft', 'entered', 'reviewing', 'returned', 'awaiting-cards'),
  // Once cards are made there is something to account for: no withdrawal after that.
  withdrawn: to('withdrawn', 'draft', 'entered', 'reviewing', 'returned', 'awaiting-cards', 'accepted'),
  'card-jobs-queued': to('making-cards', 'accepted'),
  'card-job-completed': stays('making-cards'),
  'card-job-failed': stays('making-cards'),
  // As long as the cards are in the house a card that came out wrong is made again.
  'card-job-reopened': { ...stays('making-cards'), ...to('making-cards', 'awaiting-courier', 'awaiting-pickup', 'undelivered') },
  'card-job-given-up': stays('making-cards'),
  'cards-given-up': to('refused', 'making-cards'),
  // What has nothing to hand over is closed here: see `transition`.
  'cards-finished': stays('accepted', 'making-cards'),
  // A parcel that came back may be sent again: it gets a label of its own.
  'handover-prepared': to('awaiting-courier', 'accepted', 'making-cards', 'undelivered'),
  'resend-ordered': stays('undelivered'),
  'handed-to-courier': to('posted', 'awaiting-courier'),
  // Guide 一 to 九, 邮寄领卡: what could not be delivered is fetched at the counter.
  'picked-up': to('picked-up', 'awaiting-pickup', 'undelivered'),
  delivered: to('delivered', 'posted'),
  undelivered: to('undelivered', 'posted'),
  closed: to('closed', 'delivered', 'picked-up'),
  // As long as nobody decided, what was counted is judged; a card that was missing answers a return.
  'cards-counted': { ...everywhere, ...to('entered', 'returned') },
  'cards-recounted': everywhere,
  'parcel-refused': everywhere,
  'parcel-closed': stays('awaiting-courier'),
  'letter-written': everywhere,
  'letter-sent': everywhere,
}

/** The state after an event, or why it may not happen now. */
export function transition(from: { readonly status: Status; readonly service: ServiceCode }, event: ApplicationEvent): Result<Status> {
  const step = event.type === 'opened' ? undefined : transitions[event.type][from.status]
  if (step === undefined) return refuse('not-allowed', `该申请现为“${statusTitles[from.status]}”，不能${actionOf(event.type)}`)
  if (event.type === 'cards-finished' && !services[from.service].handsOver) return done('closed')
  // Nothing to make: the next step follows at once from 已受理.
  if (event.type === 'card-jobs-queued' && event.count === 0) return done(from.status)
  if (event.type === 'handover-prepared' && event.method === 'window') return done('awaiting-pickup')
  return done(step === 'stays' ? from.status : step)
}

/** What changes nothing that a decision rests on: what was asked for is still waited for. */
const changesNothing: readonly EventType[] = [
  'letter-written',
  'letter-sent',
  'unanswered',
  'agreement-confirmed',
  'agreement-reopened',
  'agreement-reply-unclear',
  'parcel-refused',
]

/** Changes of papers, findings or state make a decision on an older sight of it stale. */
export function countsAsChange(event: ApplicationEvent): boolean {
  return !changesNothing.includes(event.type)
}

function actionOf(type: EventType): string {
  const actions: Record<EventType, string> = {
    opened: '再次开立',
    judged: '重新核对',
    'papers-joined': '并入后到的材料',
    unanswered: '登记未答复',
    'agreement-confirmed': '登记三方协议已解除',
    'agreement-reopened': '撤销三方协议的确认',
    'agreement-reply-unclear': '登记回信',
    'withdrawal-asked': '登记撤回的来信',
    'pre-check-passed': '通过预审',
    submitted: '转入初核',
    'review-started': '开始审核',
    'field-corrected': '更正内容',
    'kind-corrected': '更正材料种类',
    'finding-dismissed': '忽略问题',
    accepted: '受理',
    returned: '退回修改',
    refused: '不予受理',
    withdrawn: '撤回',
    'card-jobs-queued': '安排制卡',
    'card-job-completed': '完成制卡任务',
    'card-job-failed': '登记制卡失败',
    'card-job-reopened': '重做制卡任务',
    'card-job-given-up': '放弃制卡任务',
    'cards-given-up': '不予受理',
    'cards-finished': '办结制卡',
    'handover-prepared': '准备交接',
    'handed-to-courier': '交寄',
    'picked-up': '登记领取',
    delivered: '登记签收',
    undelivered: '登记退件',
    'resend-ordered': '再次寄出',
    closed: '办结',
    'cards-counted': '清点卡片',
    'cards-recounted': '更正清点',
    'parcel-refused': '登记拒收的邮包',
    'parcel-closed': '封装邮包',
    'letter-written': '登记函件',
    'letter-sent': '登记函件寄出',
  }
  return actions[type]
}
