/** 制卡业务受理登记表, the guide's 附件1. */
import {
  type FormDefinition,
  label,
  legalHeads,
  noteStop,
  officeStops,
  recipientHeads,
  stop,
  undertakings,
  undertakingWords,
  usccTexts,
} from './form.ts'
import { cardNumberLabels, deliveryOptions, optionHeads, serviceOptions, sharedOptions } from './tick-options.ts'

export const registrationForm: FormDefinition = {
  kind: 'registration-form',
  titles: ['制卡业务受理登记表', '业务受理登记表', '制卡业务登记表', '制卡业务受理单'],
  cues: [
    ['新用户入网', 2],
    ['企业基本信息变更', 1.5],
    ['企业操作员卡变更', 1.5],
    ['电子口岸卡证书更新', 1.5],
    ['电子口岸卡解锁', 1.5],
    ['窗口领卡', 2],
    ['邮寄领卡', 2],
    ['打印领卡通知单', 1],
    ['增办', 0.5],
    ['补卡', 0.5],
  ],
  labels: [
    label('applicationDate', ['申办日期', '申请日期', '申办时间', '申请时间', '填表日期', '填报日期', '填写日期', '办理日期']),
    label(
      'enterpriseName',
      ['企业名称', '企业名称全称', '单位名称', '单位名称全称', '公司名称', '公司名称全称', '企业全称', '申请单位名称', '申办单位'],
      { weight: 0.5 },
    ),
    label('uscc', usccTexts, { weight: 0.5 }),
    label('handlerName', ['经办人', '经办人姓名', '经办人员', '办理人', '业务经办人'], { weight: 0.5 }),
    label('handlerPhone', ['经办人联系电话', '经办人电话', '经办人手机', '经办人手机号', '经办人手机号码'], { weight: 0.5 }),
    label('recipientPhone', ['收件人联系电话', '收件人电话', '收件电话', '收件人手机', '收件联系电话', '收件人手机号'], { weight: 0.5 }),
    label(['handlerPhone', 'recipientPhone'], ['联系电话', '联系方式', '电话', '手机号码', '手机号', '联系手机'], { weight: 0.2 }),
    label('recipientAddress', ['收件地址', '收货地址', '邮寄地址', '快递地址', '收件人地址', '寄送地址', '收件详细地址', '详细收件地址'], {
      weight: 0.5,
    }),
    label('recipientName', ['收件人', '收件人姓名', '收货人', '收件联系人'], { weight: 0.5 }),
    label('cardNumber', cardNumberLabels, { weight: 0.5 }),
    stop(['业务类别', '业务类型', '办理业务', '办理事项', '申办业务', '业务种类'], { weight: 1.5 }),
    stop(['领卡方式', '取卡方式', '领取方式'], { weight: 1.5 }),
    stop([...serviceOptions.flatMap((option) => option.texts), ...deliveryOptions.flatMap((option) => option.texts)], { weight: 0 }),
    stop([...optionHeads.flatMap((head) => head.texts), ...sharedOptions.flatMap((option) => option.texts)], { weight: 0 }),
    stop(['企业盖章', '单位盖章', '企业公章', '申请单位盖章', '企业签章', '申办企业盖章', '申办单位盖章', '申请企业盖章', '申办企业']),
    ...officeStops,
    stop(['承诺书', '企业承诺'], { weight: 0.5 }),
    stop(['备注'], { weight: 0 }),
    noteStop,
  ],
  after: {
    handlerPhone: ['handlerName'],
    recipientPhone: ['recipientName', 'recipientAddress'],
  },
  persons: [
    { heads: ['经办人', '经办人信息', '业务经办人', '办理人', '联系人', '联系人信息'], name: 'handlerName', phone: 'handlerPhone' },
    { heads: recipientHeads, name: 'recipientName', phone: 'recipientPhone', address: 'recipientAddress' },
    { heads: legalHeads },
  ],
  proseWords: undertakingWords,
  prose: [...undertakings, '查询网址https://icapprove.xmeport.cn/,打印领卡通知单,加盖企业公章'],
}
