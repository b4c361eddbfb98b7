import { expect, it } from 'vitest'
import type { Span } from '../../../src/reading/understand/cut-spans.ts'
import { readItems } from '../../../src/reading/understand/read-items.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { WrittenPage } from './write-page.ts'

const spansOf = (page: WrittenPage): Span[] =>
  arrangeLines(page).map((line) => ({
    line,
    start: 0,
    end: line.letters.length,
    letters: line.letters,
    text: line.text,
    box: line.box,
    em: line.em,
  }))

it('the price is that right of the name, though it stands a little higher, above the quantity', () => {
  const page = new WrittenPage().line(480, 517, '读卡器').line(990, 513, '￥150.00').line(1077, 559, 'X2')
  expect(readItems(spansOf(page)).items).toEqual([{ name: '读卡器', quantity: 2, price: '150.00' }])
})

it('goods of which a seal hides a letter are what the shop sells, and other words beside a price are none', () => {
  const torn = new WrittenPage().line(284, 956, '读器').line(950, 962, '¥98.00').line(1039, 1063, 'X1')
  expect(readItems(spansOf(torn))).toMatchObject({ items: [{ name: '读卡器', quantity: 1, price: '98.00' }], isMended: true })
  const other = new WrittenPage().line(284, 956, '运费').line(950, 962, '¥98.00').line(1039, 1063, 'X1')
  expect(readItems(spansOf(other)).items).toEqual([])
})
