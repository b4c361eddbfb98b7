/** 企业注销申请表, the guide's 附件4: signed by the enterprise, then checked by the card office with a date of its own. */
import { enterpriseTexts, type FormDefinition, label, legalHeads, noteStop, officeDates, stop, usccTexts } from './form.ts'

export const cancellationRequest: FormDefinition = {
  kind: 'cancellation-request',
  titles: ['企业注销申请表', '电子口岸企业注销申请表', '注销申请表'],
  cues: [
    ['申请表需一式两份', 1.5],
    ['制卡中心审核', 1.5],
  ],
  labels: [
    label('enterpriseName', enterpriseTexts, { weight: 0.3 }),
    label('uscc', usccTexts, { weight: 0.3 }),
    label('handlerName', ['经办人', '经办人姓名', '经办人员', '联系人', '办理人'], { weight: 0.4 }),
    label('handlerPhone', ['联系电话', '经办人电话', '联系方式', '电话', '经办人联系电话', '手机号码'], { weight: 0.2 }),
    label('legalCardNumber', ['电子口岸法人卡号', '电子口岸法人卡卡号', '法人卡号', '法人卡卡号', '电子口岸法人卡'], { weight: 2.5 }),
    label('operatorCardNumbers', ['电子口岸操作员卡号', '电子口岸操作员卡卡号', '操作员卡号', '操作员卡卡号', '电子口岸操作员卡'], {
      weight: 2.5,
    }),
    label('applicationDate', ['办理日期', '申请日期', '申办日期', '签章日期', '日期'], { weight: 0.5 }),
    stop(['公司签章', '公司盖章', '企业签章', '单位签章', '申请单位签章', '企业盖章'], { weight: 0.5 }),
    stop(['制卡中心审核', '制卡中心意见', '审核意见', '审核人'], { weight: 1.5 }),
    officeDates,
    stop(['备注'], { weight: 0 }),
    noteStop,
  ],
  persons: [
    { heads: ['经办人', '经办人信息', '业务经办人', '办理人', '联系人', '联系人信息'], name: 'handlerName', phone: 'handlerPhone' },
    { heads: legalHeads },
  ],
  prose: ['注:《中国电子口岸企业注销申请表》需一式两份'],
}
