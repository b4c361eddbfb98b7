/** Papers that nobody asked for: an explanation, a price list, a delivery slip. They are of kind `unknown`. */
import type { FormStyle } from './form-style.ts'
import { chineseDate, type Enterprise } from './invent-parties.ts'
import { a4, type Paper } from './paper.ts'
import type { Random } from './random.ts'
import type { Sheet } from './sheet.ts'

export function strayPaper(enterprise: Enterprise, random: Random, date: string, style: FormStyle, seal: (sheet: Sheet) => void): Paper {
  const pen = { face: style.labelFace, size: 13 }
  const explanation = (sheet: Sheet): void => {
    sheet.text('情况说明', sheet.width / 2, 110, { face: style.titleFace, size: 22 }, 'center')
    const text = `中国电子口岸数据中心厦门分中心：\n　　我司${enterprise.name}因经办人员变动，原登记的联系方式已经停用，后续事宜请联系新的经办人。由此给贵中心带来的不便，敬请谅解。\n　　特此说明。`
    sheet.fit(text, [80, 150, sheet.width - 160, 200], pen, { vertical: 'top', leading: 1.9 })
    sheet.text(enterprise.name, sheet.width - 90, 580, pen, 'right')
    sheet.text(chineseDate(date), sheet.width - 90, 606, pen, 'right')
    seal(sheet)
  }
  const prices = (sheet: Sheet): void => {
    sheet.text('报　价　单', sheet.width / 2, 90, { face: style.titleFace, size: 20 }, 'center')
    const columns = [70, 250, 330, 410, 525]
    for (let row = 0; row < 9; row++) {
      const y = 120 + row * 30
      const cells =
        row === 0
          ? ['品名', '数量', '单价', '金额']
          : [
              random.pick(['不锈钢螺栓', '纸箱', '木托盘', '缠绕膜', '打包带', '标签纸']),
              String(random.whole(1, 90)),
              `${random.whole(2, 80)}.00`,
              `${random.whole(100, 4000)}.00`,
            ]
      cells.forEach((cell, i) => {
        sheet.frame([columns[i]!, y, columns[i + 1]! - columns[i]!, 30], 0.7)
        sheet.text(cell, columns[i]! + 6, y + 20, { ...pen, size: 11 })
      })
    }
  }
  const slip = (sheet: Sheet): void => {
    sheet.frame([70, 80, 320, 430], 1.2)
    sheet.text('EMS 特快专递', 90, 120, { face: 'sans-bold', size: 20 })
    sheet.text(`11${random.digits(11)}`, 90, 160, { face: 'sans', size: 16 })
    sheet.text('收件人：服务大厅  0592-5653395', 90, 210, pen)
    sheet.fit('厦门市湖里区象兴一路11号象屿保税区海关大楼7楼', [90, 220, 280, 60], pen, { padding: 0 })
    sheet.text(`寄件人：${enterprise.name.slice(0, 12)}`, 90, 320, pen)
  }
  return {
    kind: 'unknown',
    role: '其他',
    values: {},
    sides: [{ ...a4, screen: false, fields: [], draw: random.pick([explanation, explanation, prices, slip]) }],
  }
}
