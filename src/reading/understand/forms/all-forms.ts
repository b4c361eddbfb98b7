/** Every kind of paper that zhika reads, and printed words of papers that are none of them. */
import type { DocumentKind } from '../../../guide/papers.ts'
import { authorizationLetter } from './authorization-letter.ts'
import { businessLicence } from './business-licence.ts'
import { cancellationRequest } from './cancellation-request.ts'
import { cardForm } from './card-form.ts'
import { changeRequest } from './change-request.ts'
import type { FormDefinition } from './form.ts'
import { identityDocument } from './identity-document.ts'
import { paymentProof } from './payment-proof.ts'
import { registrationForm } from './registration-form.ts'

export const allForms: readonly FormDefinition[] = [
  registrationForm,
  cardForm,
  changeRequest,
  cancellationRequest,
  authorizationLetter,
  businessLicence,
  identityDocument,
  paymentProof,
]

export const formOf = (kind: DocumentKind): FormDefinition | undefined => allForms.find((form) => form.kind === kind)

/** Titles of papers that come along in envelopes and are none of the kinds: each speaks against every kind. */
export const foreignTitles: readonly string[] = [
  '开户许可证',
  '基本存款账户信息',
  '银行回单',
  '电子回单',
  '业务回单',
  '网上银行',
  '转账凭证',
  '收款回单',
  '付款回单',
  '结算业务申请书',
  '增值税专用发票',
  '增值税普通发票',
  '电子发票',
  '完税证明',
  '纳税申报表',
  '税务登记证',
  '纳税人登记表',
  '税收缴款书',
  '完税凭证',
  '报关单',
  '报关委托书',
  '代理报关委托书',
  '报关单位备案',
  '海关进出口货物收发货人备案回执',
  '对外贸易经营者备案登记表',
  '装箱单',
  '提单',
  '劳动合同',
  '购销合同',
  '租赁合同',
  '情况说明',
  '说明函',
  '介绍信',
  '公函',
  '关于',
  '寄件清单',
  '材料清单',
  '此致',
  '敬礼',
  '尊敬的',
  '您好',
  '不动产权证书',
  '房屋租赁',
  '机动车驾驶证',
  '户口簿',
  '结婚证',
  '毕业证书',
  '社会保险',
  '参保证明',
  '通知书',
]
