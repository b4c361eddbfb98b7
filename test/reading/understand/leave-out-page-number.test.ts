import { expect, it } from 'vitest'
import { leaveOutPageNumber } from '../../../src/reading/understand/text/leave-out-page-number.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { WrittenPage } from './write-page.ts'

it('leaves out the number of the page at its foot or head, and nothing else that looks like one', () => {
  const page = new WrittenPage()
    .line(560, 40, '第1页')
    .line(200, 800, '第1页，共1页')
    .line(200, 900, '见第2页附件')
    .line(560, 1700, '第 1 页，共 1 页')
  expect(leaveOutPageNumber(arrangeLines(page), page.height).map(({ text, index }) => [index, text])).toEqual([
    [0, '第1页,共1页'],
    [1, '见第2页附件'],
  ])
})
