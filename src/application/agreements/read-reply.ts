/**
 * What a reply in plain words says of three-party agreements (三方协议), system by system. Only what is said beyond doubt
 * counts: every clause must be a statement that is known here, a courtesy or a signature; one clause that is neither, and
 * nothing is confirmed. A clerk reads the rest. Pure.
 */
import type { AgreementRule } from '../../guide/services.ts'
import { newTextOf } from './new-text.ts'

export interface ReadReply {
  /** Codes of the systems that are said to have no agreement in force. */
  readonly confirmed: readonly string[]
  /** Codes of the systems in which one is said to be left. */
  readonly open: readonly string[]
  /** Nothing is left for a clerk to read: every clause was understood and nothing is left in force. */
  readonly clear: boolean
  /** Whether it speaks of agreements at all. */
  readonly mentions: boolean
}

type Systems = readonly Pick<AgreementRule, 'system' | 'words'>[]

/** Longer replies are stories, not confirmations. In characters. */
const longestReply = 1200

export function readReply(text: string, systems: Systems): ReadReply {
  const own = newTextOf(text)
  const mentions = /协议|解约|解除|签约/u.test(own) || systems.some(({ words }) => words.some((word) => own.includes(word)))
  const nothing = { confirmed: [], open: [], clear: false, mentions }
  if (own.length > longestReply) return nothing
  const told = new Map<string, 'ended' | 'open'>()
  /** Systems that were named and wait for what is said of them in the next clause. */
  let pending: string[] = []
  const clauses = clausesOf(own)
  for (const [index, { clause, isLine }] of clauses.entries()) {
    const { said, named } = readClause(clause, systems)
    if (said === 'nothing' && named.length === 0) {
      if (isCourtesy(clause, isLine && index >= clauses.length - 4)) continue
      return nothing
    }
    if (said === 'nothing') {
      pending = [...pending, ...named]
      continue
    }
    const about = [...pending, ...named]
    pending = []
    // 均已解除 without a subject is about all, but only where no system is singled out elsewhere.
    const all =
      about.length === 0 && /均|都|全/u.test(clause) && clauses.every((other) => readClause(other.clause, systems).named.length === 0)
    if (about.length === 0 && !all) return nothing
    for (const system of all ? systems.map((one) => one.system) : about) {
      const says = said === 'open' ? 'open' : 'ended'
      if (told.get(system) !== undefined && told.get(system) !== says) return nothing
      told.set(system, says)
    }
  }
  if (pending.length > 0) return nothing
  const of = (what: 'ended' | 'open') => systems.map(({ system }) => system).filter((system) => told.get(system) === what)
  const open = of('open')
  return { confirmed: of('ended'), open, clear: told.size > 0 && open.length === 0, mentions }
}

/** Sentences and their parts; the numbers of a list begin parts of their own. `isLine`: it stands on a line by itself. */
function clausesOf(text: string): { clause: string; isLine: boolean }[] {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\ufeff]/gu, '')
    .split('\n')
    .flatMap((line) => {
      const parts = line
        .replaceAll(/(^|[\s;,。、])[(]?(?:\d{1,2}|[一二三①②③])[.、):]\s*(?=\D)/gu, '$1;')
        .split(/[。;,!]/u)
        .map((clause) => clause.replaceAll(/[\s"'“”‘’《》【】[\]*·•]/gu, '').replace(/^[-—:、.]+|[:、.~]+$/gu, ''))
        .filter((clause) => clause !== '')
      return parts.map((clause) => ({ clause, isLine: parts.length === 1 }))
    })
}

interface ReadClause {
  readonly said: 'ended' | 'open' | 'nothing'
  readonly named: readonly string[]
}

const allSystems =
  /(?:上述|以上|这|该|贵中心(?:所列|列明)的?)?(?:[三3]个|[三3]|各个?|所有|全部)(?:业务)?系统|(?:上述|以上|这)(?:[三3][个项者]|系统)|[三3]者/gu
/** Stands for the name of a system while the words around it are read. */
const mark = '§'
/** `在单一窗口金融服务系统中`: the name with what belongs to it. */
const marked = /(?:在|于)?(?:中国|国际贸易|单一窗口|标准版|[(（])*§(?:系统|平台|服务|[)）])*(?:中|内|里面?|上)?/gu
/** Words that change nothing of a statement, wherever they stand in it. */
const fillers =
  /^(?:尊敬的)?(?:您好|你好|老师好?|贵中心):?|(?:现)?(?:回复|答复|说明|告知|确认|声明|反馈|情况)如下|兹|特此(?:确认|声明|告知|说明|回复)|(?:现|已经?|并|经)(?:确认|核实|查询|核查|检查|自查|查看|登录查询|登录查看)(?:过了?|了|完毕|无误)?|^(?:经|确认|经核实|经查)|我(?:司|公司|单位|企业|们公司)|本(?:公司|单位|企业)|目前|现在|当前|截至?(?:目前|今日|今天|当前)|的|均|都|也|皆|全部|全|以及|[、与和及跟同/():]/gu

const anyAgreement = '(?:三方)?(?:扣款|扣税|代扣|支付|缴税|划缴)?(?:协议书?|签约(?:关系|信息|记录)?|合同)'
const none = new RegExp(
  `^已?(?:经)?(?:没有|没|无|不存在|并无|并未发现|不再有|查无|未发现|未查到|未见|没查到|没发现)(?:任何)?(?:已|正|仍)?(?:生效|有效|存续|在用|签约|签订|签署|履行|存在|未到期)?(?:状态)?${anyAgreement}(?:了|存在|情况)?$`,
  'u',
)
const never = /^(?:从来?)?(?:未|没有|没|未曾|从未)(?:签(?:订|署|约|过)?|开通|办理)过?(?:任何)?(?:三方)?(?:协议|签约)?(?:业务)?$/u
const ended = new RegExp(
  `^(?:${anyAgreement})?(?:已经?(?:使?用法人卡)?(?:成功)?(?:完成)?(?:${anyAgreement})?(?:解除|解约|终止|注销|撤销)(?:完成|完毕|成功|完|了)?|(?:解除|解约|终止|撤销)(?:完成|完毕|成功|完)了?)(?:${anyAgreement})?$`,
  'u',
)
/** Enough only directly after the name of a system. */
const bare =
  /^(?:§(?:系统|平台|服务)*(?:以及|[、和与及/])?)+(?:中|内|里)?(?:目前|现在)?(?:均|都|也)?:?已?(?:经)?(?:无|没有|没有了|不存在)$/u
const left = new RegExp(
  `^(?:(?:${anyAgreement})?(?:还|尚|仍|暂)?(?:没有|没|未)(?:有)?(?:办理|完成)?(?:解除|解约|终止|撤销)(?:完|完成|成功)?|(?:还|尚|仍)(?:有|存在)(?:[一二两三四五六七八九十\\d]+[个份项])?(?:生效|有效)?${anyAgreement}(?:没有?解除|未解除|未解约)?)$`,
  'u',
)

function readClause(clause: string, systems: Systems): ReadClause {
  const named: string[] = []
  const take = (system: string) => void (named.includes(system) || named.push(system))
  let text = clause
  for (const { system, words } of systems)
    for (const word of words.toSorted((one, other) => other.length - one.length))
      if (text.includes(word)) {
        text = text.replaceAll(word, mark)
        take(system)
      }
  text = text
    .replaceAll(allSystems, () => {
      for (const { system } of systems) take(system)
      return mark
    })
    // 没有未解除的协议: nothing is left that was not ended.
    .replaceAll(/(没有|无|不存在)(?:任何)?(?:尚?未|没有?)(?:解除|解约|终止)的?(?=.*协议)/gu, '$1生效')
  const rest = text.replaceAll(marked, '').replaceAll(fillers, '')
  if (left.test(rest)) return { said: 'open', named }
  if (none.test(rest) || never.test(rest) || ended.test(rest)) return { said: 'ended', named }
  if (bare.test(text.replaceAll(/单一窗口|国际贸易/gu, ''))) return { said: 'ended', named }
  if (rest === '' || new RegExp(`^${anyAgreement}$`, 'u').test(rest)) return { said: 'nothing', named }
  // Something is said of a system that is not understood: 'nothing' without a name spoils the reply.
  return { said: 'nothing', named: [] }
}

/** What may stand beside a statement without saying anything of it. */
const courtesies: readonly RegExp[] = [
  /^(?:尊敬的)?(?:[\p{Script=Han}]{0,12}(?:中心|老师|领导|工作人员|客服|同志))?(?:您|你|大家)?好?(?:啊|呀)?[:]?$/u,
  /^(?:好的?|收到|已收到|知悉|已知悉|明白)$/u,
  /^(?:非常|十分)?(?:谢谢|感谢|多谢|辛苦|麻烦)(?:了|您|你|您了|贵中心|配合|帮助|支持|办理)*$/u,
  /^(?:请|烦请|可以|麻烦)?(?:您|贵中心|予以|帮忙|为我司|继续|尽快|协助)*(?:办理|安排|受理|处理|查收|知悉)(?:企业)?(?:注销|作废)?(?:手续|业务|申请)?(?:了|为盼|即可|谢谢)?$/u,
  /^(?:请|烦请|可以|麻烦)(?:您|贵中心|为我司|继续|尽快|协助)*(?:帮忙)?注销(?:了|吧|谢谢)?$/u,
  /^(?:特此|专此)(?:回复|函复|确认|告知|说明|声明)$|^(?:现)?(?:回复|答复|说明|确认|情况|反馈)如下$|^以上$|^如下$|^经?(?:我司|本公司|我公司)?(?:自查|核实|查询|核查|检查)(?:后|过)?$/u,
  /^(?:此致|敬礼|顺祝.{0,6}|祝(?:好|商祺|工作顺利|工作愉快|顺利|您?生活愉快))$/u,
  /^(?:发自|来自|sentfrom|getoutlook).{0,40}$/iu,
  /^(?:关于)?(?:受理)?(?:编号|单号)?:?[A-Z]{2,4}\d{8}-\d{4,}(?:的)?(?:回复|确认|企业注销(?:申请)?)?$/u,
  /^(?:20)?\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d{1,2}:\d{2})?$/u,
  /^[\d+()-]{7,20}$/u,
  /^[\w.+-]+@[\w.-]+$/u,
  /^[^协解签约系]{2,40}(?:公司|厂|商行|合作社|事务所|经营部)(?:\(盖章\))?$/u,
  /^(?:经办人|联系人|联系电话|电话|手机|法人|法定代表人|地址|公司|公司名称|企业名称|单位名称|统一社会信用代码|信用代码|邮箱|日期|tel|mobile|phone|qq|微信)[:：]?[^协解约系未没还]{1,50}$/iu,
]

/** A name of two to four characters ends a letter; none that could say that something is left. */
const name = /^(?![^]*[对吗吧呢么嘛好是非假错误疑问说不还差没未不除但等再待另剩只仅部分暂先个其余都均可有无是否])[\p{Script=Han}]{2,4}$/u

function isCourtesy(clause: string, nearEnd: boolean): boolean {
  return courtesies.some((courtesy) => courtesy.test(clause)) || (nearEnd && name.test(clause))
}
