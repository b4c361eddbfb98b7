import { expect, it } from 'vitest'
import { deadline } from '../../src/desk/look/words.ts'

const shown = (
  dueOn: string | null,
  status: Parameters<typeof deadline>[0]['status'],
  service: Parameters<typeof deadline>[0]['service'] = 'renew',
) => String(deadline({ dueOn, status, service }, '2026-12-30'))

it('a deadline says whether it is today, over, unknown for want of a calendar, or the applicant’s', () => {
  expect(shown('2026-12-30', 'entered')).toContain('今天')
  expect(shown('2026-12-29', 'accepted')).toContain('已逾期')
  expect(shown('2027-01-04', 'accepted')).toContain('2027-01-04')
  // Accepted on 30 December: the second working day lies in a year without a notice.
  expect(shown(null, 'accepted')).toContain('期限未知')
  expect(shown(null, 'entered', 'deregister')).toContain('等企业确认')
  expect(shown(null, 'accepted', 'deregister')).toContain('期限未知')
  expect(shown(null, 'posted')).toContain('—')
})
