/** 授权委托书, the guide's 附件5. */
import { type FormDefinition, label, legalHeads, recipientHeads, stop, undertakings, undertakingWords } from './form.ts'

export const authorizationLetter: FormDefinition = {
  kind: 'authorization-letter',
  titles: ['授权委托书', '邮寄授权委托书', '邮寄领卡授权委托书'],
  cues: [
    ['此委托书需如实填写完整并加盖单位公章生效', 2.5],
    ['我司授权贵单位在办理完成后将电子口岸安全产品', 1.5],
    ['电子口岸安全产品通过EMS快递', 1],
  ],
  labels: [
    label('recipientAddress', ['收件地址', '收货地址', '邮寄地址', '快递地址', '收件人地址', '寄送地址', '收件详细地址', '详细收件地址'], {
      weight: 0.7,
    }),
    label('recipientName', ['收件人', '收件人姓名', '收货人', '收件联系人'], { weight: 0.5 }),
    label('recipientPhone', ['联系电话', '收件人电话', '收件电话', '收件人联系电话', '联系方式', '电话', '手机号码'], { weight: 0.2 }),
    label('enterpriseName', ['公司名称盖章', '公司名称', '企业名称盖章', '企业名称', '单位名称盖章', '单位名称', '公司盖章', '委托单位'], {
      weight: 0.4,
    }),
    label('legalName', ['法人姓名', '法定代表人姓名', '法定代表人', '法人代表', '法人签字', '法人代表姓名', '法人'], { weight: 1 }),
    label(
      'legalPhone',
      // 法定代表人电: a last character that was lost leaves more than the words of the name.
      [
        '法人电话手机',
        '法人电话',
        '法人电',
        '法人手机',
        '法定代表人电话',
        '法定代表人电',
        '法人联系电话',
        '法人手机号',
        '法人手机号码',
        '法定代表人手机',
      ],
      { weight: 1.5 },
    ),
    label('signedDate', ['签署日期', '签章日期', '日期', '签订日期', '委托日期', '签字日期', '授权日期'], { weight: 0.5 }),
    stop(['此委托书需如实填写完整'], { weight: 0 }),
  ],
  persons: [
    { heads: recipientHeads, name: 'recipientName', phone: 'recipientPhone', address: 'recipientAddress' },
    { heads: legalHeads, name: 'legalName', phone: 'legalPhone' },
  ],
  proseWords: undertakingWords,
  prose: [...undertakings, '此委托书需如实填写完整并加盖单位公章生效', '中国电子口岸数据中心厦门分中心:'],
}
