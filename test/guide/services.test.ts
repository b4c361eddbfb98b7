import { describe, expect, it } from 'vitest'
import { documentTitles, serviceCodes } from '../../src/guide/papers.ts'
import { partyTitles, services } from '../../src/guide/services.ts'

/** The table as a clerk would read it aloud from the guide. */
const read = (code: (typeof serviceCodes)[number]) => {
  const { chapter, papers, deadline, cardsEnclosed, payment } = services[code]
  const list = papers.map(({ kind, copies, of }) =>
    of ? `${partyTitles[of]}证件` : `${documentTitles[kind]}${copies > 1 ? `×${copies}` : ''}`,
  )
  return [chapter, list.join(' '), cardsEnclosed.join(' '), payment?.title ?? '', deadline.workingDays].join('|')
}

describe('the guide’s table of services', () => {
  it('says what each chapter says', () => {
    expect(serviceCodes.map((code) => `${code}|${read(code)}`)).toEqual([
      'enrol-online|一（一）|营业执照 授权委托书 法人证件 操作员证件 经办人证件|||3',
      'enrol|一（二）|营业执照 制卡业务受理登记表 电子口岸卡登记表 法人证件 操作员证件 经办人证件|||3',
      'change-enterprise|二|营业执照 制卡业务受理登记表 电子口岸卡登记表 业务变更申请表 法人证件 操作员证件 经办人证件|legal-card every-operator-card||3',
      'change-operator|三|制卡业务受理登记表 电子口岸卡登记表 操作员证件 经办人证件|legal-card operator-card||2',
      'add-operator|四|制卡业务受理登记表 电子口岸卡登记表 安全产品支付页面截图 操作员证件 经办人证件|legal-card|智能IC卡-操作员|2',
      'replace-legal|五|制卡业务受理登记表 安全产品支付页面截图 持卡人证件 经办人证件||智能IC卡-法人卡|2',
      'replace-operator|五|制卡业务受理登记表 安全产品支付页面截图 持卡人证件 经办人证件||智能IC卡-操作员|2',
      'renew|六|制卡业务受理登记表 持卡人证件 经办人证件|named-card||2',
      'unlock|七|制卡业务受理登记表 持卡人证件 经办人证件|named-card||2',
      'reader|八|授权委托书 安全产品支付页面截图||读卡器|2',
      'deregister|九|制卡业务受理登记表 企业注销申请表×2 法人证件 经办人证件|legal-card every-operator-card||2',
    ])
  })

  it('takes only reader collection by e-mail and paperless enrolment from the e-port', () => {
    expect(serviceCodes.filter((code) => services[code].door !== 'ems')).toEqual(['enrol-online', 'reader'])
    expect(serviceCodes.filter((code) => !services[code].onRegistrationForm)).toEqual(['enrol-online', 'reader'])
  })

  it('voids operators’ cards before the legal person’s, which is needed to end agreements', () => {
    expect(services.deregister.cardJobs.map(({ holder }) => holder)).toEqual(['each-operator', 'legal'])
  })
})
