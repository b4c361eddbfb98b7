/** 营业执照: the A format, the G format of branches, and that of sole traders. */
import { label, stop, usccTexts, type FormDefinition } from './form.ts'

export const businessLicence: FormDefinition = {
  kind: 'business-licence',
  titles: ['营业执照', '企业法人营业执照', '个体工商户营业执照'],
  cues: [
    ['国家企业信用信息公示系统', 2],
    ['国家市场监督管理总局监制', 2],
    ['扫描二维码登录国家企业信用信息公示系统了解更多登记备案许可监管信息', 1],
    ['扫描市场主体身份码了解更多登记备案许可监管信息', 1],
    ['市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告', 1],
    ['副本', 0.7],
    ['正本', 0.7],
    ['编号', 0.2],
  ],
  labels: [
    label('enterpriseName', ['名称', '企业名称', '字号名称'], { weight: 0.7 }),
    label('uscc', usccTexts, { weight: 0.4 }),
    label('legalName', ['法定代表人', '经营者', '负责人', '投资人', '执行事务合伙人', '法定代表人负责人', '经营者姓名'], { weight: 1 }),
    // （自主申报、住所即可用于通信联络） is the end of an address in a free trade zone.
    label('address', ['住所', '经营场所', '营业场所', '主要经营场所', '住所经营场所', '企业住所'], {
      weight: 1,
      notBefore: /^(?:即|申报)/u,
    }),
    label('enterpriseType', ['类型', '组成形式', '主体类型', '企业类型', '公司类型'], { weight: 0.7 }),
    label('registeredCapital', ['注册资本', '出资额', '成员出资总额', '注册资金'], { weight: 1.2 }),
    label('establishedDate', ['成立日期', '注册日期', '成立时间', '立日期'], { weight: 1.2 }),
    label('businessTerm', ['营业期限', '合伙期限', '经营期限', '业期限'], { weight: 1.2 }),
    stop(['经营范围', '经营范围及方式', '业务范围'], { weight: 1.5, block: true, end: true }),
    stop(['登记机关', '发照机关'], { weight: 1.2, end: true }),
    stop(['副本', '正本', '副本编号'], { weight: 0 }),
    stop(['扫描二维码', '扫描市场主体', '国家企业信用信息公示系统'], { weight: 0 }),
  ],
  prose: [
    '扫描二维码登录"国家企业信用信息公示系统"了解更多登记、备案、许可、监管信息。',
    '扫描市场主体身份码了解更多登记、备案、许可、监管信息,体验更多应用服务。',
    '国家企业信用信息公示系统网址:http://www.gsxt.gov.cn',
    '市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告',
    '国家市场监督管理总局监制',
  ],
  ornament: /^[0Oo〇○°·.]{1,3}$/u,
}
