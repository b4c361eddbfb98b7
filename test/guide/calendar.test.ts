import { describe, expect, it } from 'vitest'
import { addCalendarYears, addWorkingDays, calendarYears, countingDay, isWorkingDay } from '../../src/guide/calendar.ts'

describe('working days', () => {
  it.each([
    ['2026-02-12', '2026-02-13', '2026-02-14', '2026-02-24'],
    ['2026-02-13', '2026-02-14', '2026-02-24', '2026-02-25'],
    ['2026-09-18', '2026-09-20', '2026-09-21', '2026-09-22'],
    ['2026-09-24', '2026-09-28', '2026-09-29', '2026-09-30'],
    ['2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10'],
    ['2026-10-09', '2026-10-10', '2026-10-12', '2026-10-13'],
    ['2026-01-02', '2026-01-04', '2026-01-05', '2026-01-06'],
  ])('after %s come %s, %s and %s', (day, ...after) => {
    expect([1, 2, 3].map((count) => addWorkingDays(day, count))).toEqual(after)
  })

  it('are unknown in a year without a published notice', () => {
    expect(addWorkingDays('2026-12-30', 1)).toBe('2026-12-31')
    expect(addWorkingDays('2026-12-30', 2)).toBeNull()
    expect(isWorkingDay('2027-01-01')).toBeNull()
  })

  it('number 248 in 2025 and in 2026', () => {
    for (const year of ['2025', '2026']) {
      let worked = 0
      for (let day = Date.parse(`${year}-01-01T00:00:00Z`); new Date(day).getUTCFullYear() === Number(year); day += 86_400_000)
        if (isWorkingDay(new Date(day).toISOString().slice(0, 10)) === true) worked += 1
      expect([year, worked]).toEqual([year, 248])
    }
  })

  it.each([
    ['2026-11-20 16:59', '2026-11-20'],
    ['2026-11-20 17:00', '2026-11-20'],
    ['2026-11-20 17:01', '2026-11-23'],
    ['2026-11-21 09:00', '2026-11-23'],
    ['2026-11-20 07:00', '2026-11-20'],
    ['2026-12-31 18:00', null],
  ])('what happens at %s counts for %s', (time, day) => expect(countingDay(time)).toBe(day))

  it.each([
    [{ '2031': { off: [['01-01', '01-03']], worked: ['01-06'] } }, '不是周末'],
    [{ '2031': { off: [['01-03', '01-01']], worked: [] } }, '起日晚于止日'],
    [{ '2031': { off: [], worked: [] } }, '放假的日期'],
    [{ '2031': { off: [['02-30', '02-30']], worked: [] } }, '不是存在的日期'],
    [{ '31': { off: [['01-01', '01-01']], worked: [] } }, '年份'],
  ])('are not taken from a notice that cannot be one: %j', (notice, reason) => {
    expect(addCalendarYears(notice)).toContain(reason)
    expect(isWorkingDay('2031-01-02')).toBeNull()
  })

  it('of another year are known once its notice is read in', () => {
    expect(addCalendarYears({ '2032': { off: [['01-01', '01-02']], worked: ['01-03'] } })).toBeNull()
    expect(calendarYears()).toContain('2032')
    expect(['2032-01-02', '2032-01-03', '2032-01-05'].map(isWorkingDay)).toEqual([false, true, true])
  })
})
