import { expect, it } from 'vitest'
import type { Status } from '../../src/application/record.ts'
import type { ServiceCode } from '../../src/guide/papers.ts'
import { deadline } from '../../src/desk/look/words.ts'

const shown = async (dueOn: string | null, status: Status, service: ServiceCode = 'renew') =>
  (await deadline({ dueOn, status, service }, '2026-12-30')).toString()

it('a deadline says whether it is today, over, unknown for want of a calendar, or the applicant’s', async () => {
  expect(await shown('2026-12-30', 'entered')).toContain('今天')
  expect(await shown('2026-12-29', 'accepted')).toContain('已逾期')
  expect(await shown('2027-01-04', 'accepted')).toContain('2027-01-04')
  // Accepted on 30 December: the second working day lies in a year without a notice.
  expect(await shown(null, 'accepted')).toContain('期限未知')
  expect(await shown(null, 'entered', 'deregister')).toContain('等企业确认')
  expect(await shown(null, 'accepted', 'deregister')).toContain('期限未知')
  expect(await shown(null, 'posted')).toContain('—')
})
