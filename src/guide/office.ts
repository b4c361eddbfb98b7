/** The office (制卡中心) whose guide this is. Another branch (分中心) is another value of this shape. */

export interface Office {
  readonly name: string
  /** What the applicant must choose as 关区 when paying. */
  readonly branch: string
  readonly address: string
  readonly counter: string
  /** Whom an envelope is addressed to. */
  readonly recipient: string
  readonly phone: string
  readonly mailAddress: string
  /** Office hours in the office's time, `HH:mm`. */
  readonly hours: readonly { readonly from: string; readonly to: string }[]
  /** Before the day and the serial: `XM20261121-0004`. */
  readonly numberPrefix: string
  /** Where an applicant can look up the state of an application. */
  readonly lookup: string
}

/** Guide 十; the postal address of every chapter's 办理流程; the mail address of guide 八. */
export const office: Office = {
  name: '中国电子口岸数据中心厦门分中心',
  branch: '厦门分中心',
  address: '厦门市湖里区象兴一路11号象屿保税区海关大楼7楼',
  counter: '厦门市湖里区象兴一路11号象屿保税区海关大楼7楼服务大厅一号柜台',
  recipient: '服务大厅',
  phone: '0592-5653395',
  mailAddress: 'xmport@189.cn',
  hours: [
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '17:00' },
  ],
  numberPrefix: 'XM',
  lookup: 'https://icapprove.xmeport.cn/',
}
