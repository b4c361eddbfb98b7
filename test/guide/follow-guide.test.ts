import { afterEach, describe, expect, it } from 'vitest'
import { judge } from '../../src/application/judge/judge.ts'
import { assemble } from '../../src/application/assemble/assemble.ts'
import { describeGuide, describeOffice } from '../../src/guide/describe-guide.ts'
import { followGuide } from '../../src/guide/follow-guide.ts'
import { office } from '../../src/guide/office.ts'
import { serviceCodes } from '../../src/guide/papers.ts'
import { services } from '../../src/guide/services.ts'
import xiamen from '../../src/guide/xiamen.json' with { type: 'json' }
import { cleanSets } from '../fixtures/build-papers.ts'

afterEach(() => void followGuide(xiamen))

type Changing = { office: Record<string, unknown>; services: Record<string, Record<string, unknown>> }

/** The default guide with something else in it. */
function changed(change: (guide: Changing) => void): unknown {
  const guide = structuredClone(xiamen) as unknown as Changing
  change(guide)
  return guide
}

describe('another office’s guide', () => {
  it('is followed by office, table and rules alike', () => {
    const other = changed((guide) => {
      Object.assign(guide.office, { name: '中国电子口岸数据中心示例分中心', branch: '示例分中心', numberPrefix: 'SL' })
      guide.services['renew'] = { ...guide.services['renew'], papers: [{ kind: 'registration-form', section: '三1' }] }
    })
    expect(followGuide(other)).toEqual({ ok: true })
    expect([office.numberPrefix, services.renew.papers.length]).toEqual(['SL', 1])
    const [renewal] = assemble(cleanSets.renew())
    const findings = renewal ? judge(renewal, { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }).findings : []
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['document-unneeded', 'note'],
      ['document-unneeded', 'note'],
    ])
    const [purchase] = assemble(cleanSets['replace-operator']())
    const told = purchase ? judge(purchase, { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }).findings : []
    expect(told.map(({ message }) => message).join()).toContain('应选“示例分中心”')
  })

  it.each([
    ['services.unlock', '', (guide: Changing) => void delete guide.services['unlock']],
    ['services.renew.door', 'ems', (guide: Changing) => Object.assign(guide.services['renew']!, { door: 'pigeon' })],
    ['office.hours.0.from', 'HH:mm', (guide: Changing) => Object.assign(guide.office, { hours: [{ from: '8.30', to: '12:00' }] })],
    ['services.reader.colour', '不是可用的项目', (guide: Changing) => Object.assign(guide.services['reader']!, { colour: 'red' })],
    [
      'services.reader.papers.0',
      '是谁的',
      (guide: Changing) => Object.assign(guide.services['reader']!, { papers: [{ kind: 'identity-document', section: '八' }] }),
    ],
  ])('that is wrong at %s is not followed, and the place is told', (place, message, spoil) => {
    const followed = followGuide(changed(spoil))
    expect(followed).toMatchObject({ ok: false, place })
    expect(followed.ok ? '' : followed.message).toContain(message)
    expect(office.numberPrefix).toBe('XM')
  })
})

describe('the guide in Chinese', () => {
  it('tells everything of every service with its section, and no code', () => {
    const described = describeGuide()
    expect(described.map(({ code }) => code)).toEqual(serviceCodes)
    for (const { rows } of described)
      for (const { heading, lines } of rows) {
        expect(lines.length, heading).toBeGreaterThan(0)
        for (const { text, section } of lines) {
          expect(text.replaceAll(/EMS|IC|e\.chinaport\.gov\.cn|xmport@189\.cn/gu, '')).not.toMatch(/[a-z]/iu)
          expect(section).toMatch(/^[一二三四五六七八九]/u)
        }
      }
    expect(described.find(({ code }) => code === 'deregister')?.rows[0]?.lines.map(({ text }) => text)).toEqual([
      '1. 制卡业务受理登记表',
      '2. 企业注销申请表，一式两份',
      '3. 法人身份证件复印件（正反面）',
      '4. 经办人身份证件复印件（正反面）',
    ])
    expect(describeOffice().find(({ heading }) => heading === '办理时间')?.text).toBe('08:30～12:00，13:30～17:00')
  })
})
