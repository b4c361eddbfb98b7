/** How a kind of paper is told and read, as data: what is printed on it, and which field each label names. */
import type { DocumentKind } from '../../../guide/papers.ts'

export interface LabelDefinition {
  /** The label as printed, without blanks and punctuation, and its variants. */
  readonly texts: readonly string[]
  /** The fields that it may name; none when it only ends another value. Several are told apart by what stands before. */
  readonly fields: readonly string[]
  /** How strongly it speaks for this kind of paper; 1 is usual, 0 for labels that any paper may carry. */
  readonly weight?: number
  /** Its value is free text that runs on, over labels inside it too, down to the next label that is an `end`. */
  readonly block?: true
  /** Ends the free text of a block. */
  readonly end?: true
  /** What stands behind it on its row, or below it where it heads a part, is written by the card office. */
  readonly office?: true
  /** It is another word when this stands right after it: 关区 in 关区取货. */
  readonly notBefore?: RegExp
}

/** Whose fields 姓名, 电话 and 地址 are below or beside one of the headings; one that is left out is no field. */
export interface PersonPart {
  readonly heads: readonly string[]
  readonly name?: string
  readonly phone?: string
  readonly address?: string
}

export interface FormDefinition {
  readonly kind: DocumentKind
  readonly titles: readonly string[]
  /** Other printed words that speak for this kind, or against it when negative. */
  readonly cues: readonly (readonly [text: string, weight: number])[]
  /** Whole lines that speak for this kind by their form. */
  readonly patterns?: readonly (readonly [line: RegExp, weight: number])[]
  readonly labels: readonly LabelDefinition[]
  /** For a field of a label shared by several fields: the labels that stand before it on the paper. */
  readonly after?: Readonly<Record<string, readonly string[]>>
  /** Headings of blocks that repeat the same labels; a label below (or beside) names the field with this prefix. */
  readonly sections?: readonly { readonly prefix: string; readonly headings: readonly string[] }[]
  /** Parts of one person each, whose labels may say 姓名, 电话 and 地址 alone. */
  readonly persons?: readonly PersonPart[]
  /** Printed sentences that are never a value. */
  readonly prose: readonly string[]
  /** Words of such sentences, however an office words them; a long line with three of them is no value. */
  readonly proseWords?: readonly string[]
  /** Whole lines that the pattern of its border is read as. */
  readonly ornament?: RegExp
}

/** A label of one field, or of several told apart by context. */
export const label = (
  fields: string | readonly string[],
  texts: readonly string[],
  more: Partial<LabelDefinition> = {},
): LabelDefinition => ({
  texts,
  fields: typeof fields === 'string' ? [fields] : fields,
  ...more,
})

/** Printed words that only end the value before them. */
export const stop = (texts: readonly string[], more: Partial<LabelDefinition> = {}): LabelDefinition => ({ texts, fields: [], ...more })

/** 注 before a note; before a name's other letters it is a surname misread (汪). */
export const noteStop = stop(['注'], { weight: 0, notBefore: /^\p{Script=Han}{1,3}$/u })

/** The day on which the card office did its part, or from which the form is used. */
export const officeDates = stop(
  ['受理日期', '受理时间', '审核日期', '审批日期', '制卡日期', '生效日期', '修订日期', '版本日期', '发布日期', '实施日期'],
  { weight: 0, office: true },
)

/** What the card office fills in itself, and when. */
export const officeStops: readonly LabelDefinition[] = [
  stop(['受理人', '受理意见', '受理情况', '受理人签字', '制卡中心受理', '审核人', '制卡中心审核', '审批人', '复核人', '制卡人'], {
    office: true,
  }),
  officeDates,
  stop(['以下由制卡中心填写', '以下由受理单位填写', '以下由中心填写', '制卡中心填写'], { weight: 0, office: true }),
]

/** What heads the part of whom a parcel is posted to. */
export const recipientHeads = ['收件人', '收件人信息', '收件信息', '邮寄信息', '收货人', '邮寄地址信息', '收件']

/** What heads the part of the legal person. */
export const legalHeads = ['法定代表人', '法定代表人信息', '法人', '法人代表', '法人信息', '负责人']

/** What change and cancellation requests call the enterprise's name. */
export const enterpriseTexts = ['公司名称', '公司名称全称', '企业名称', '企业名称全称', '单位名称', '单位名称全称', '企业全称']

/** The credit code's label in all its spellings; the guide's own registration form swaps two words (附件1). */
export const usccTexts = [
  '统一社会信用代码',
  '社会统一信用代码',
  '统一信用代码',
  '社会信用代码',
  '统一社会信用代码证号',
  '统一社会信用代码注册号',
  '统一社会信用代码18位',
  '信用代码',
]

/** The undertakings that the guide prints on two of its forms (附件1, 附件5). */
export const undertakings = [
  '一、我司承诺在办理该业务时提供和录入的所有资料和表格均具备真实性、有效性,我司均予以承认。',
  '二、我司授权贵单位在办理完成后将电子口岸卡通过EMS快递至以下我司地址,因快递业务产生的相关费用和收件责任由我司自行承担。我司对办理邮寄的流程及注意事项已详细阅读,并将严格遵照执行。',
  '二、我司授权贵单位在办理完成后将电子口岸安全产品通过EMS快递至以下我司地址',
  '三、我司将妥善保管电子口岸卡及企业服务帐户信息,及时修改初始密码,做好操作员授权及管理。',
  '承诺书',
]

/** Words of undertakings and notes about posting. */
export const undertakingWords = [
  '我司',
  '本公司',
  '我单位',
  '贵单位',
  '贵中心',
  '承诺',
  '授权',
  '委托',
  '真实',
  '有效',
  '承担',
  '责任',
  '费用',
  '快递',
  'EMS',
  '寄',
  '流程',
  '注意事项',
  '妥善',
  '保管',
  '密码',
  '账户',
  '帐户',
  '修改',
  '更改',
  '资料',
  '表格',
  '办理',
  '业务',
  '查询',
  '网址',
  '打印',
  '通知单',
  '盖章',
  '执行',
  '管理',
]
