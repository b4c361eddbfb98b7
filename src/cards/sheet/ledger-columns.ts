/** The columns of the ledger as a sheet: what is exported can be imported again. */
import {
  cardKindTitles,
  cardMediumTitles,
  cardStatusTitles,
  type CardKind,
  type CardMedium,
  type CardStatus,
} from '../../guide/card-life.ts'
import type { SheetColumn } from '../../platform/sheets/write-workbook.ts'

export const ledgerKeys = [
  'number',
  'kind',
  'medium',
  'enterpriseName',
  'uscc',
  'holderName',
  'holderIdType',
  'holderIdNumber',
  'status',
  'issuedOn',
  'validFrom',
  'validUntil',
] as const
export type LedgerKey = (typeof ledgerKeys)[number]

interface LedgerColumn extends SheetColumn {
  /** Other headings that such a column has elsewhere. */
  readonly also: readonly string[]
  readonly required: boolean
  /** How to fill it in, for the template. */
  readonly advice: string
}

export const ledgerColumns: Readonly<Record<LedgerKey, LedgerColumn>> = {
  number: {
    title: '卡号',
    width: 20,
    also: ['IC卡号', '电子口岸卡号'],
    required: true,
    advice: '4 至 32 位数字、大写字母或连字符。本列须为“文本”格式，否则 Excel 会改动长数字。',
  },
  kind: {
    title: '卡类型',
    width: 10,
    also: ['卡种', '卡类别'],
    required: true,
    advice: '法人卡或操作员卡。',
    choices: Object.values(cardKindTitles),
  },
  medium: {
    title: '介质',
    width: 8,
    also: ['卡介质'],
    required: false,
    advice: 'IC卡或 Ikey，可不填。',
    choices: Object.values(cardMediumTitles),
  },
  enterpriseName: { title: '企业名称', width: 32, also: ['单位名称'], required: true, advice: '与营业执照一致。' },
  uscc: {
    title: '统一社会信用代码',
    width: 22,
    also: ['信用代码', '社会信用代码'],
    required: true,
    advice: '18 位，末位为校验位。本列须为“文本”格式。',
  },
  holderName: { title: '持卡人', width: 12, also: ['持卡人姓名', '姓名'], required: true, advice: '与身份证件一致。' },
  holderIdType: { title: '证件类型', width: 14, also: ['证件类别'], required: false, advice: '如居民身份证、护照，可不填。' },
  holderIdNumber: {
    title: '证件号码',
    width: 22,
    also: ['身份证号', '身份证号码', '证件号'],
    required: false,
    advice: '完整号码，不要遮盖；可不填。本列须为“文本”格式。',
  },
  status: {
    title: '状态',
    width: 10,
    also: ['卡状态'],
    required: true,
    advice: '有效、已挂失、已冻结、已锁定、已过期或已作废。',
    choices: Object.values(cardStatusTitles),
  },
  issuedOn: { title: '发卡日期', width: 12, kind: 'date', also: ['制卡日期'], required: false, advice: '日期，如 2026-11-20，可不填。' },
  validFrom: { title: '证书起始日期', width: 14, kind: 'date', also: ['有效期起'], required: false, advice: '日期，可不填。' },
  validUntil: {
    title: '证书有效期至',
    width: 14,
    kind: 'date',
    also: ['有效期至', '证书到期日'],
    required: false,
    advice: '证书可用的最后一天，可不填；状态为“已过期”时必填。',
  },
}

/** How each thing may be called, the first as it is exported. */
export const kindWords: Readonly<Record<CardKind, readonly string[]>> = { legal: ['法人卡', '法人'], operator: ['操作员卡', '操作员'] }
export const mediumWords: Readonly<Record<CardMedium, readonly string[]>> = {
  'ic-card': ['IC卡', 'IC'],
  'usb-key': ['Ikey', 'Ikey卡', 'Key'],
}
export const statusWords: Readonly<Record<CardStatus, readonly string[]>> = {
  valid: ['有效', '正常'],
  lost: ['已挂失', '挂失'],
  frozen: ['已冻结', '冻结'],
  locked: ['已锁定', '锁定', '已锁', '锁卡'],
  expired: ['已过期', '过期'],
  void: ['已作废', '作废', '已注销', '注销'],
}

/** The one that is called so, letters in either case. */
export function calledSo<Key extends string>(words: Readonly<Record<Key, readonly string[]>>, text: string): Key | undefined {
  return (Object.keys(words) as Key[]).find((key) => words[key].some((word) => word.toUpperCase() === text.toUpperCase()))
}
