/** `docs/states.md`: the states of an application and what leads from one to the next, drawn from the table. */
import { statusTitles, type Status } from '../../src/application/record.ts'
import { transitions, transition } from '../../src/application/transition.ts'

type EventType = keyof typeof transitions

/** Who causes it, and what it is called. */
const events: Record<EventType, { readonly who: string; readonly title: string }> = {
  judged: { who: 'zhika', title: '按指引核对' },
  'papers-joined': { who: '申请人', title: '后续来件并入' },
  unanswered: { who: 'zhika', title: '两次提醒后仍未答复' },
  'agreement-confirmed': { who: '申请人或窗口人员', title: '确认一个系统没有生效的三方协议' },
  'agreement-reopened': { who: '窗口人员', title: '撤销一个系统的确认' },
  'agreement-reply-unclear': { who: '申请人', title: '关于三方协议的回信须人工阅读' },
  'withdrawal-asked': { who: '申请人', title: '来信要求撤回，须人工阅读' },
  'pre-check-passed': { who: 'zhika 或窗口人员', title: '预审通过，请寄原件' },
  submitted: { who: 'zhika', title: '材料说明了要办的业务，转入初核' },
  'review-started': { who: '窗口人员', title: '开始审核' },
  'field-corrected': { who: '窗口人员', title: '更正内容' },
  'kind-corrected': { who: '窗口人员', title: '更正材料种类' },
  'finding-dismissed': { who: '窗口人员', title: '忽略问题' },
  accepted: { who: '窗口人员', title: '受理' },
  returned: { who: '窗口人员', title: '退回补正' },
  refused: { who: '窗口人员', title: '不予受理' },
  withdrawn: { who: '申请人', title: '撤回' },
  'card-jobs-queued': { who: 'zhika', title: '安排制卡' },
  'card-job-completed': { who: '窗口人员', title: '完成一项制卡任务' },
  'card-job-failed': { who: '窗口人员', title: '登记制卡失败' },
  'card-job-reopened': { who: '窗口人员', title: '重做一项制卡任务' },
  'card-job-given-up': { who: '窗口人员', title: '一项制卡任务不再办理' },
  'cards-given-up': { who: '窗口人员', title: '没有能办成的卡，不予受理' },
  'cards-finished': { who: 'zhika', title: '制卡完成' },
  'handover-prepared': { who: 'zhika', title: '面单或领卡通知单已打印' },
  'handed-to-courier': { who: '窗口人员', title: '交寄' },
  'picked-up': { who: '窗口人员', title: '窗口领取' },
  delivered: { who: '快递', title: '签收' },
  undelivered: { who: '快递', title: '退件' },
  'resend-ordered': { who: '窗口人员', title: '再次寄出退回的邮件' },
  closed: { who: 'zhika', title: '办结' },
  'cards-recounted': { who: '窗口人员', title: '更正清点或退还一张卡' },
  'cards-counted': { who: '窗口人员', title: '清点邮包中的卡' },
  'parcel-refused': { who: '窗口人员', title: '拒收邮包' },
  'parcel-closed': { who: '窗口人员', title: '封装邮包' },
  'letter-written': { who: 'zhika', title: '写函件' },
  'letter-sent': { who: 'zhika', title: '发函件' },
}

const statuses = Object.keys(statusTitles) as Status[]

/** Where an event leads; the one event whose way depends on more than the state is asked for each of its ways. */
function nextOf(status: Status, type: EventType): Status[] {
  const step = transitions[type][status]
  if (step === undefined) return []
  const next = step === 'stays' ? status : step
  if (type === 'handover-prepared') return [next, 'awaiting-pickup']
  if (type === 'cards-finished') {
    const closing = transition({ status, service: 'deregister' }, { type: 'cards-finished' })
    return [next, ...(closing.ok ? [closing.value] : [])]
  }
  return [next]
}

export function describeStates(): string {
  const steps = statuses.flatMap((from) =>
    (Object.keys(transitions) as EventType[]).flatMap((type) => nextOf(from, type).map((to) => ({ from, type, to }))),
  )
  const moves = steps.filter(({ from, to }) => from !== to)
  const stays = steps.filter(({ from, to, type }) => from === to && !type.startsWith('letter-'))
  return `# States

Made by \`npm run docs\` from \`src/application/transition.ts\`; do not edit. Every step is an entry of the hash-chained log: who
did what, when. A step that is not drawn is refused.

\`\`\`mermaid
stateDiagram-v2
${statuses.map((status) => `  state "${statusTitles[status]}" as ${status.replaceAll('-', '_')}`).join('\n')}
  [*] --> entered: 来件立案
  [*] --> draft: 来件没有登记表或授权委托书，看不出业务
${moves.map(({ from, to, type }) => `  ${from.replaceAll('-', '_')} --> ${to.replaceAll('-', '_')}: ${events[type].title}`).join('\n')}
\`\`\`

| from | to | what happens | who |
| --- | --- | --- | --- |
${moves.map(({ from, to, type }) => `| ${statusTitles[from]} | ${statusTitles[to]} | ${events[type].title} \`${type}\` | ${events[type].who} |`).join('\n')}

Without a change of state:

| what happens | who | in |
| --- | --- | --- |
${(Object.keys(transitions) as EventType[])
  .filter((type) => stays.some((step) => step.type === type))
  .map(
    (type) =>
      `| ${events[type].title} \`${type}\` | ${events[type].who} | ${stays
        .filter((step) => step.type === type)
        .map(({ from }) => statusTitles[from])
        .join('、')} |`,
  )
  .join('\n')}
| ${events['letter-written'].title}、${events['letter-sent'].title} | zhika | 任何状态 |
`
}
