/** 电子口岸卡登记表, the guide's 附件2: the same labels twice, for the legal person's card and for an operator's. */
import { type FormDefinition, label, officeDates, stop } from './form.ts'

/** The label names `legal.…` or `operator.…` by the section it stands in. */
const both = (field: string): readonly string[] => [`legal.${field}`, `operator.${field}`]

export const cardForm: FormDefinition = {
  kind: 'card-form',
  titles: ['电子口岸卡登记表', '口岸卡登记表', '电子口岸IC卡登记表'],
  cues: [
    ['持卡人在同一家企业内不可重复办理电子口岸卡', 1.5],
    ['如申请多张操作员卡', 1],
  ],
  labels: [
    label(both('holderName'), ['持卡人姓名', '姓名', '持卡人', '持卡人名称']),
    label(both('sex'), ['性别'], { weight: 0.3 }),
    label(both('education'), ['学历', '文化程度', '最高学历']),
    label(both('idType'), ['证件类别', '证件类型', '证件种类', '身份证件类别', '身份证件类型', '证件名称']),
    label(both('idNumber'), ['证件号码', '证件号', '身份证号码', '身份证号', '身份证件号码', '公民身份号码'], { weight: 0.7 }),
    label(both('birthDate'), ['出生日期', '生日期', '出生期', '出生年月日', '出生年月', '出生时间'], { weight: 0.7 }),
    label(both('nationality'), ['国籍地区', '籍地区', '籍(地)', '国籍', '国家地区', '国别地区', '国籍或地区'], { weight: 0.7 }),
    label(both('position'), ['职务', '职位', '岗位', '职务职位']),
    label(both('address'), ['用户地址', '联系地址', '通讯地址', '住址', '家庭住址', '地址', '通信地址'], { weight: 0.5 }),
    label(both('phone'), ['联系电话', '电话', '手机号码', '手机号', '手机', '联系方式'], { weight: 0.2 }),
    label(both('fax'), ['传真', '传真号码', '传真电话']),
    label('signedDate', ['签章日期', '申请日期', '填表日期', '签署日期', '日期', '盖章日期'], { weight: 0.1, end: true }),
    stop(['申请单位签章', '申请单位盖章', '单位签章', '申请单位公章', '企业签章', '申请单位'], { end: true }),
    stop(['法人卡持卡人基本信息', '法人卡持卡人信息', '法人卡信息', '法人持卡人基本信息'], { weight: 3, end: true }),
    stop(['操作员卡持卡人基本信息', '操作员卡持卡人信息', '操作员卡信息', '操作员持卡人基本信息'], { weight: 3, end: true }),
    officeDates,
    stop(['备注'], { weight: 0, end: true }),
  ],
  sections: [
    {
      prefix: 'legal',
      headings: [
        '法人卡持卡人基本信息',
        '法人卡持卡人信息',
        '法人卡信息',
        '法人持卡人基本信息',
        '法人卡持卡人',
        '法人卡',
        '法定代表人信息',
      ],
    },
    {
      prefix: 'operator',
      headings: [
        '操作员卡持卡人基本信息',
        '操作员卡持卡人信息',
        '操作员卡信息',
        '操作员持卡人基本信息',
        '操作员卡持卡人',
        '操作员卡',
        '操作员信息',
      ],
    },
  ],
  prose: ['备注:持卡人在同一家企业内不可重复办理电子口岸卡。如申请多张操作员卡,则须按照企业指定的操作员人数每人填写一份。'],
}
