/** 业务变更申请表, the guide's 附件3. */
import { enterpriseTexts, type FormDefinition, label, legalHeads, officeDates, stop, usccTexts } from './form.ts'

export const changeRequest: FormDefinition = {
  kind: 'change-request',
  titles: ['业务变更申请表', '企业变更申请表', '信息变更申请表', '变更申请表'],
  cues: [
    ['查询变更申请审批进度', 2],
    ['待申请状态为领卡后打印领卡通知书', 1],
  ],
  labels: [
    label('enterpriseName', enterpriseTexts, { weight: 0.3 }),
    label('uscc', usccTexts, { weight: 0.3 }),
    label('contactName', ['联系人', '联系人姓名', '经办人', '企业联系人'], { weight: 0.5 }),
    label('contactPhone', ['联系电话', '联系人电话', '联系方式', '电话', '联系人联系电话', '手机号码', '联系人手机'], { weight: 0.2 }),
    label('changes', ['变更内容', '变更事项', '变更项目', '申请变更内容', '变更情况', '变更明细', '变更内容说明'], {
      weight: 2.5,
      block: true,
      end: true,
    }),
    label('remarks', ['备注', '备注说明'], { weight: 0.2, block: true, end: true }),
    label('signedDate', ['签章日期', '申请日期', '填表日期', '签署日期', '日期', '盖章日期', '申请时间'], { weight: 0.1, end: true }),
    stop(['申请单位签章', '申请单位盖章', '单位签章', '申请单位公章', '公司签章', '企业签章', '申请单位', '企业盖章'], {
      weight: 0.5,
      end: true,
    }),
    officeDates,
    stop(['注请在递交', '注请任递父', '审核意见', '受理意见', '制卡中心审核'], { weight: 0, end: true }),
  ],
  persons: [
    { heads: ['经办人', '经办人信息', '业务经办人', '办理人', '联系人', '联系人信息'], name: 'contactName', phone: 'contactPhone' },
    { heads: legalHeads },
  ],
  prose: [
    '本表由电脑填写,右侧二维码所载与表内文字相同,供制卡中心核对读取。打印后如有改动,请重新填写打印,不要在纸上涂改。',
    '请用黑色签字笔填写,字迹写在格内;变更内容请写明变更前和变更后。本表须加盖企业公章。',
    '注:请在递交申请二个工作日后访问http://icapprove.xmeport.cn/,输入企业组织机构代码或统一社会信用代码查询变更申请审批进度,待申请状态为"领卡"后打印《领卡通知书》,到厦门市湖里区象兴一路11号象屿保税区海关大楼7楼服务大厅窗口领卡。',
  ],
}
