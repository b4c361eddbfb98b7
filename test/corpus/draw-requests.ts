/** 业务变更申请表 (annex 3), 企业注销申请表 (annex 4) and 授权委托书 (annex 5). */
import { codePen, drawDate, labelText, writtenPhone, type FormStyle } from './form-style.ts'
import { FormGrid, type Item } from './form-grid.ts'
import { a4, type Paper } from './paper.ts'
import type { Pen, Sheet } from './sheet.ts'

type PressSeal = (sheet: Sheet, x: number, y: number) => void
type Values<K extends string> = Readonly<Record<K, string | null>>

const sizeOf = (style: FormStyle): { width: number; height: number } =>
  style.layout === 'landscape' ? { width: a4.height, height: a4.width } : { width: a4.width, height: a4.height }

function nameAndCode(values: Values<'enterpriseName' | 'uscc'>, style: FormStyle): Item[] {
  const labelShare = style.layout === 'paired' ? 0.7 : 1
  return [
    { label: '公司名称', value: values.enterpriseName, field: 'enterpriseName', labelShare },
    { label: '统一社会信用代码', value: values.uscc, field: 'uscc', type: 'code', labelShare },
  ]
}

export function changeRequest(
  values: Values<'enterpriseName' | 'uscc' | 'contactName' | 'contactPhone' | 'changes' | 'remarks' | 'signedDate'>,
  style: FormStyle,
  seal: PressSeal,
): Paper {
  const draw = (sheet: Sheet): void => {
    const landscape = style.layout === 'landscape'
    const grid = new FormGrid(sheet, style, landscape ? 40 : sheet.random.between(56, 84))
    grid.title('中国电子口岸数据中心厦门分中心业务变更申请表')
    grid.y += 6
    grid.rows(nameAndCode(values, style), 32)
    grid.row(
      [
        { label: '联系人', value: values.contactName, field: 'contactName', labelShare: 0.9 },
        { label: '联系电话', value: values.contactPhone, field: 'contactPhone', type: 'phone', labelShare: 0.75 },
      ],
      32,
    )
    const top = grid.y
    const height = landscape ? 190 : 260
    if (grid.ruled && style.layout !== 'label-above') grid.frame([grid.left, top, grid.right - grid.left, height])
    sheet.text('变更内容：', grid.left + 6, top + style.labelSize * 1.8, grid.label)
    const room = [grid.left + 22, top + style.labelSize * 2.3, grid.right - grid.left - 44, height - 118] as const
    if (values.changes === null) sheet.mark('changes', room)
    else sheet.fit(values.changes, room, style.value, { vertical: 'top', leading: 1.55, field: 'changes' })
    const signed = grid.left + (grid.right - grid.left) * 0.5
    sheet.text('申请单位签章：', signed, top + height - 66, grid.label)
    drawDate(sheet, style, values.signedDate, grid.right - 14, top + height - 20, 'signedDate', 'right')
    seal(sheet, signed + sheet.random.between(80, 130), top + height - sheet.random.between(48, 64))
    grid.y = top + height
    const remarksHeight = landscape ? 48 : 76
    if (grid.ruled && style.layout !== 'label-above') grid.frame([grid.left, grid.y, grid.right - grid.left, remarksHeight])
    const end = sheet.text('备注：', grid.left + 6, grid.y + style.labelSize * 1.8, grid.label)
    const remarksRoom = [end + 4, grid.y + style.labelSize * 0.5, grid.right - end - 12, remarksHeight - 14] as const
    if (values.remarks === null) sheet.mark('remarks', remarksRoom)
    else sheet.fit(values.remarks, remarksRoom, style.value, { vertical: 'top', leading: 1.3, field: 'remarks' })
    grid.y += remarksHeight + 4
    grid.note(
      '注：递交申请两个工作日后，请登录 http://icapprove.xmeport.cn/，凭组织机构代码或统一社会信用代码查看变更进度；状态显示“领卡”时打印《领卡通知书》，到厦门市湖里区象兴一路11号象屿保税区海关大楼7楼服务大厅窗口领取。',
    )
  }
  return {
    kind: 'change-request',
    role: '变更申请表',
    values,
    sides: [{ ...sizeOf(style), screen: false, fields: Object.keys(values), draw }],
  }
}

export interface CancellationValues {
  readonly enterpriseName: string | null
  readonly uscc: string | null
  readonly handlerName: string | null
  readonly handlerPhone: string | null
  readonly legalCardNumber: string | null
  readonly operatorCardNumbers: readonly string[] | null
  readonly applicationDate: string | null
}

export function cancellationRequest(values: CancellationValues, style: FormStyle, seal: PressSeal): Paper {
  const draw = (sheet: Sheet): void => {
    const landscape = style.layout === 'landscape'
    const grid = new FormGrid(sheet, style, landscape ? 40 : sheet.random.between(56, 84))
    grid.title('中国电子口岸数据中心厦门分中心企业注销申请表')
    grid.y += 6
    grid.rows(nameAndCode(values, style), 36)
    if (style.layout === 'redrawn' || landscape)
      grid.row([
        { label: '经办人', value: values.handlerName, field: 'handlerName' },
        { label: '联系电话', value: values.handlerPhone, field: 'handlerPhone', type: 'phone' },
      ])
    else {
      grid.row([{ label: '经办人', value: values.handlerName, field: 'handlerName' }], 36)
      grid.row([{ label: '联系电话', value: values.handlerPhone, field: 'handlerPhone', type: 'phone' }], 36)
    }
    grid.row([{ label: '电子口岸法人卡号', value: values.legalCardNumber, field: 'legalCardNumber' }], 36)
    const numbers = values.operatorCardNumbers
    grid.row(
      [
        {
          label: '电子口岸操作员卡号',
          value: numbers === null ? null : numbers.join(sheet.random.pick(['、', '\n'])),
          field: 'operatorCardNumbers',
        },
      ],
      44,
    )
    const part = (label: string, date: string | null, field: string, own: boolean): void => {
      const height = landscape ? 84 : 128
      const top = grid.y
      if (grid.ruled && style.layout !== 'label-above') grid.frame([grid.left, top, grid.right - grid.left, height])
      const from = grid.left + (grid.right - grid.left) * 0.46
      sheet.text(label, from, top + height * 0.36, grid.label)
      const end = sheet.text('办理日期：', from, top + height * 0.8, grid.label)
      if (own) drawDate(sheet, style, date, end + 2, top + height * 0.8, field)
      else sheet.text('年　　月　　日', end + 30, top + height * 0.8, grid.label)
      if (own) seal(sheet, from + sheet.random.between(76, 130), top + height * sheet.random.between(0.42, 0.6))
      grid.y += height
    }
    part('公司签章：', values.applicationDate, 'applicationDate', true)
    part('制卡中心审核：', null, '', false)
    grid.note('注：本表一式两份')
  }
  return {
    kind: 'cancellation-request',
    role: '注销申请表',
    values: { ...values },
    sides: [{ ...sizeOf(style), screen: false, fields: Object.keys(values), draw }],
  }
}

const letterSentences = [
  '一、我司承诺，办理本业务时提交、录入的各项资料及表格真实有效，由此产生的责任由我司承担。',
  '二、我司委托贵单位在业务办结后，以EMS把电子口岸安全产品寄到下列地址，快递所生费用及收件责任归我司。邮寄的流程和注意事项我司已经阅读，将照此执行。',
  '三、我司会保管好电子口岸卡和企业服务账户信息，即时更改初始密码，做好操作员的授权和管理。',
]

export function authorizationLetter(
  values: Values<'recipientAddress' | 'recipientName' | 'recipientPhone' | 'enterpriseName' | 'legalName' | 'legalPhone' | 'signedDate'>,
  style: FormStyle,
  seal: PressSeal,
): Paper {
  const draw = (sheet: Sheet): void => {
    const size = style.labelSize * (style.layout === 'landscape' ? 1.12 : 1.25)
    const pen: Pen = { face: style.labelFace, size }
    const margin = style.margin + (style.layout === 'redrawn' ? 6 : 22)
    const width = sheet.width - margin * 2
    let y = style.layout === 'landscape' ? 44 : sheet.random.between(58, 84)
    if (style.layout !== 'open') sheet.text('附件 5', margin - 10, y, { ...pen, size: size * 0.9 })
    y += size * 2.6
    sheet.text(
      '授权委托书',
      sheet.width / 2,
      y,
      { face: style.titleFace, size: size * 1.7, spacing: style.layout === 'guide' ? 4 : 0 },
      'center',
    )
    y += size * 2.6
    sheet.text('中国电子口岸数据中心厦门分中心：', margin, y, pen)
    y += size * 0.6
    const leading = style.layout === 'landscape' ? 1.45 : 1.75
    for (const line of letterSentences.flatMap((sentence) => sheet.wrap(`　　${sentence}`, width, pen))) {
      y += size * leading
      sheet.text(line, margin, y, pen)
    }
    y += size * 1.2
    const hand: FormStyle = { ...style, labelSize: size }
    const blank = (label: string, value: string | null, field: string, left: number, room: number): void => {
      y += size * (style.layout === 'landscape' ? 1.7 : 2.1)
      const start = sheet.text(`${labelText(style, label)}${style.colon}`, left, y, pen)
      const underlined = style.layout === 'guide' || style.layout === 'underlined' || style.layout === 'banded'
      if (underlined) sheet.line(start, y + 3, left + room, y + 3, 0.6)
      const shown = value !== null && field.endsWith('Phone') ? writtenPhone(style, value) : value
      if (shown === null && sheet.widgets !== null) sheet.widget(field, [start, y - size * 1.2, left + room - start, size * 1.6], '', size)
      else if (shown === null) sheet.mark(field, [start, y - size * 1.2, left + room - start, size * 1.6])
      else
        sheet.fit(
          shown,
          [start, y - size * 1.3, Math.max(60, left + room - start), size * 1.9],
          field.endsWith('Phone') ? style.value : { ...codePen(style), spacing: 0 },
          { leading: 1.1, field },
        )
    }
    blank('收件地址', values.recipientAddress, 'recipientAddress', margin + size * 2, width - size * 2)
    blank('收件人', values.recipientName, 'recipientName', margin + size * 2, width * 0.6)
    blank('联系电话', values.recipientPhone, 'recipientPhone', margin + size * 2, width * 0.6)
    y += size * 1.2
    const from = style.layout === 'open' ? margin + size * 2 : margin + width * (style.layout === 'landscape' ? 0.45 : 0.24)
    const room = sheet.width - margin - from
    const sealTop = y + size * 2
    blank('公司名称（盖章）', values.enterpriseName, 'enterpriseName', from, room)
    blank('法人姓名', values.legalName, 'legalName', from, room)
    blank('法人电话（手机）', values.legalPhone, 'legalPhone', from, room)
    y += size * (style.layout === 'landscape' ? 1.7 : 2.1)
    const end = sheet.text('签署日期：', from, y, pen)
    drawDate(sheet, hand, values.signedDate, end, y, 'signedDate')
    y += size * 2
    sheet.text(
      '（本委托书须如实、完整填写，加盖公章后生效）',
      sheet.width / 2,
      Math.min(y, sheet.height - 30),
      { ...pen, size: size * 0.9 },
      'center',
    )
    seal(sheet, from + room * sheet.random.between(0.42, 0.7), sealTop + size * sheet.random.between(0.6, 3.4))
  }
  return {
    kind: 'authorization-letter',
    role: '授权委托书',
    values,
    sides: [{ ...sizeOf(style), screen: false, fields: Object.keys(values), draw }],
  }
}
