/** What may be ticked on the registration form (附件1): the guide's order and wording, and how other offices word it. */
import type { ServiceCode } from '../../../guide/papers.ts'

export interface TickOption<Value extends string> {
  readonly value: Value
  readonly texts: readonly string[]
}

export const serviceOptions: readonly TickOption<ServiceCode>[] = [
  { value: 'enrol', texts: ['新用户入网', '新企业入网', '新入网企业', '新入网', '非无纸化入网'] },
  { value: 'change-enterprise', texts: ['企业基本信息变更', '企业信息变更', '基本信息变更', '变更企业基本信息', '变更企业信息'] },
  { value: 'change-operator', texts: ['企业操作员卡变更', '操作员卡变更', '变更操作员卡', '变更电子口岸操作员卡', '变更企业操作员卡'] },
  { value: 'add-operator', texts: ['增办操作员卡', '新增操作员卡', '新增电子口岸操作员卡', '增加操作员卡', '操作员卡增办'] },
  { value: 'replace-legal', texts: ['补办法人卡', '补法人卡', '法人卡补办', '法人卡补卡'] },
  { value: 'replace-operator', texts: ['补办操作员卡', '补操作员卡', '操作员卡补办', '操作员卡补卡'] },
  { value: 'renew', texts: ['电子口岸卡证书更新', '卡证书更新', '证书更新', '更新证书'] },
  { value: 'unlock', texts: ['电子口岸卡解锁', '口岸卡解锁', '卡解锁', '解锁'] },
  { value: 'reader', texts: ['自购读卡器领取', '读卡器领取'] },
  { value: 'deregister', texts: ['企业注销', '电子口岸注销', '注销企业'] },
]

/** 补卡 □法人卡 □操作员卡: the word at the head of the row tells which service a shared option is. */
export const optionHeads: readonly { readonly head: 'replace' | 'add' | 'void'; readonly texts: readonly string[] }[] = [
  { head: 'replace', texts: ['补卡', '补办'] },
  { head: 'add', texts: ['增办', '新增'] },
  { head: 'void', texts: ['注销'] },
]

export const sharedOptions: readonly { readonly card: 'legal' | 'operator'; readonly texts: readonly string[] }[] = [
  { card: 'legal', texts: ['法人卡'] },
  { card: 'operator', texts: ['操作员卡'] },
]

export const serviceOfShared: Readonly<Record<string, ServiceCode>> = {
  'replace:legal': 'replace-legal',
  'replace:operator': 'replace-operator',
  'add:operator': 'add-operator',
}

export const deliveryOptions: readonly TickOption<'window' | 'post'>[] = [
  { value: 'window', texts: ['窗口领卡', '窗口领取', '现场领卡', '自取', '窗口自取', '现场领取', '柜台领取', '窗口领'] },
  { value: 'post', texts: ['邮寄领卡', '邮寄领取', 'EMS邮寄', '快递领卡', '邮寄到付', '邮寄领'] },
]

/** Words that are a way by themselves only beside a box. */
export const deliveryWords: readonly TickOption<'window' | 'post'>[] = [
  { value: 'window', texts: ['窗口', '现场', '柜台', '自提', '自领'] },
  { value: 'post', texts: ['邮寄', '快递', 'EMS'] },
]

/** What stands before the number of the card that an option is about. */
export const cardNumberLabels: readonly string[] = ['卡号', '电子口岸卡号', '电子口岸卡卡号', 'IC卡号', '原卡号', '卡号码']
