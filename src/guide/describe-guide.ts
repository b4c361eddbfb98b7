/** The guide's table of services in Chinese, as a clerk proof-reads it at a terminal or at the desk. Pure. */
import { documentTitles, serviceCodes, serviceTitles, type ServiceCode } from './papers.ts'
import { office } from './office.ts'
import { partyTitles, services, type CardJobRule, type PaperNeed, type PaymentRule, type ServiceRule } from './services.ts'

interface Described {
  readonly heading: string
  /** One sentence each, with the section of the guide that says so. */
  readonly lines: readonly { readonly text: string; readonly section: string }[]
}

export interface DescribedService {
  readonly code: ServiceCode
  readonly title: string
  readonly chapter: string
  readonly rows: readonly Described[]
}

/** All services in the order of the guide. */
export function describeGuide(): DescribedService[] {
  return serviceCodes.map((code) => ({ code, title: serviceTitles[code], chapter: services[code].chapter, rows: rowsOf(services[code]) }))
}

/** 业务受理地址和服务时间. */
export function describeOffice(): { readonly heading: string; readonly text: string }[] {
  return [
    { heading: '名称', text: office.name },
    { heading: '邮寄地址', text: `${office.address}（收件人：${office.recipient}，${office.phone}）` },
    { heading: '领取柜台', text: office.counter },
    { heading: '电子邮箱', text: office.mailAddress },
    { heading: '办理时间', text: office.hours.map(({ from, to }) => `${from}～${to}`).join('，') },
    { heading: '初核', text: `收到后 ${office.reviewWorkingDays} 个工作日内` },
    { heading: '催补', text: `每 ${office.remindAfterWorkingDays} 个工作日一次，两次后由窗口人员处理` },
    { heading: '付款关区', text: office.branch },
    {
      heading: '一人兼任',
      text: office.oneCopyServes
        ? '材料没有写明持卡人而只有经办人证件的，视为经办人即持卡人，清点随附的卡时核对'
        : '材料没有写明持卡人而只有经办人证件的，由工作人员核对是否同一人',
    },
    { heading: '扫描件', text: office.scansAlone ? '不用寄卡的业务只发扫描件即可办理' : '只作预审，原件寄到后办理' },
  ]
}

/** What an applicant puts into the envelope, in words: papers and physical cards. */
export function enclosuresOf(service: ServiceCode): { readonly papers: readonly string[]; readonly cards: readonly string[] } {
  const { papers, cardsEnclosed } = services[service]
  return { papers: papers.map((need) => describePaper(need)), cards: cardsEnclosed.map((card) => enclosedTitles[card]) }
}

function rowsOf(rule: ServiceRule): Described[] {
  const { chapter, papers, cardsEnclosed, payment, deadline, sections } = rule
  const row = (heading: string, section: string, ...texts: string[]): Described => ({
    heading,
    lines: texts.map((text) => ({ text, section })),
  })
  const after = `${deadline.from === 'approval' ? '审核通过' : '业务受理'}后第 ${deadline.workingDays} 个工作日`
  return [
    { heading: '材料', lines: papers.map((need, index) => ({ text: `${index + 1}. ${describePaper(need)}`, section: need.section })) },
    row('盖章', sections.seal, rule.sealEveryPaper ? '每份材料加盖单位公章' : '不要求盖章'),
    row(
      '随附卡片',
      sections.cards ?? `${chapter}1`,
      ...(cardsEnclosed.length === 0 ? ['不用寄卡'] : cardsEnclosed.map((card) => enclosedTitles[card])),
    ),
    row('付款', payment?.section ?? `${chapter}1`, payment ? describePayment(payment) : '不用付款截图'),
    row('渠道', `${chapter}2`, describeDoor(rule)),
    row('领取', deadline.section, rule.delivery.length === 0 ? '不发还物品' : rule.delivery.map((way) => deliveryTitles[way]).join('，或')),
    row('期限', deadline.section, deadline.assumed ? `${after}（指引未写，由本中心自定）` : after),
    ...(rule.agreements.length === 0
      ? []
      : [
          {
            heading: '三方协议',
            lines: rule.agreements.map(({ title, section }) => ({ text: `受理前须确认“${title}”中没有生效的三方协议`, section })),
          },
        ]),
    row('制卡任务', chapter, ...rule.cardJobs.map((job) => describeJob(job))),
    row('函件', chapter, rule.letters.map((letter) => letterTitles[letter] ?? letter).join('、')),
  ]
}

function describePaper({ kind, copies, of, perOperator, halves }: PaperNeed): string {
  if (of) return `${partyTitles[of]}身份证件复印件（正反面）${perOperator ? '，每名操作员一份' : ''}`
  const half = halves?.map((each) => (each === 'legal' ? '法人卡' : '操作员卡')).join('、')
  const count = copies > 1 ? `，一式${'零一两三四五六七八九'[copies]}份` : ''
  return `${documentTitles[kind]}${half ? `（填写${half}持卡人信息）` : ''}${count}${perOperator ? '，每名操作员一份' : ''}`
}

const enclosedTitles: Record<ServiceRule['cardsEnclosed'][number], string> = {
  'legal-card': '电子口岸法人卡',
  'operator-card': '需变更的电子口岸操作员卡',
  'every-operator-card': '全部电子口岸操作员卡',
  'named-card': '登记表所填卡号的电子口岸卡',
}

const quantities: Record<PaymentRule['quantity'], string> = { 'per-operator': '每名操作员一件', one: '一件', any: '件数不限' }

const describePayment = ({ title, quantity }: PaymentRule) =>
  `“${title}”，${quantities[quantity]}，关区选“${office.branch}”，取货方式选“关区取货”`

function describeDoor(rule: ServiceRule): string {
  if (rule.door === 'mailbox') return `发送至邮箱 ${office.mailAddress}`
  if (rule.door === 'e-port') return '在 e.chinaport.gov.cn 申报并上传'
  return office.scansAlone && rule.cardsEnclosed.length === 0 ? '邮政 EMS 邮寄，或只发扫描件' : '只收邮政 EMS 邮寄；先发的扫描件作预审'
}

const deliveryTitles = { post: 'EMS 到付邮寄', window: '窗口领取' } as const

const holderTitles: Record<CardJobRule['holder'], string> = {
  legal: '法人卡',
  'each-operator': '每张操作员卡',
  named: '所填卡号的卡',
  none: '',
}
const jobTitles: Record<CardJobRule['kind'], string> = {
  make: '制作',
  rewrite: '改写',
  renew: '更新证书',
  unlock: '解锁',
  void: '作废',
  'hand-out-reader': '发放读卡器',
}
const describeJob = ({ kind, holder }: CardJobRule) => `${jobTitles[kind]}${holderTitles[holder]}`

/** Names of letters; a kind without one is shown by its code. */
const letterTitles: Readonly<Record<string, string>> = {
  acknowledgement: '收件回执',
  correction: '补正通知',
  agreements: '解除三方协议提示',
  originals: '寄送原件通知',
  'ready-for-pickup': '领卡通知',
  posted: '寄出通知',
}
