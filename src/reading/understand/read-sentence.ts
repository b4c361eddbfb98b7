/** 请将卡邮寄至____，收件人____，联系电话____。: where a parcel is sent to, told in a sentence with blanks, wherever its rows end. */
import type { FieldType } from '../../guide/papers.ts'
import { typeOfField, valueOfLetters, type PaperInHand } from './read-fields.ts'
import { bottom, join } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { lengthOfRegion } from './values/regions.ts'

/** What stands in each blank, by the words before it; an address is told by its form, for such words are in the undertakings too. */
const blanks: readonly (readonly [field: string, blank: RegExp])[] = [
  [
    'recipientAddress',
    /(?:寄|快?递)(?:\([^()]{1,8}\))?[送往]?[至到](?:(?:以下|下列)?(?:我司|我单位|本公司)?(?:收[件货])?地址)?:?([^,;。:]{6,70}?)(?=[,;。]|由?收[件货]人)/u,
  ],
  ['recipientName', /收[件货]人(?:姓名)?:?([\p{Script=Han}·]{2,6})(?=[,;。(])/u],
  ['recipientPhone', /(?:联系电话|电话|手机号?码?):?([\d()转-]{7,20})(?=[),;。]|$)/u],
]

/** In characters: the next row of a paragraph is no further below, and begins no further right than its first one. */
const [nextRow, indent, mostRows] = [1.1, 2, 3]

export function readSentence(paper: PaperInHand): void {
  const begin = paper.lines.find(({ text }) => /(?:寄|递)(?:\([^()]{1,8}\))?[送往]?[至到](?!以下我司地址,)/u.test(text))
  if (!begin) return
  const rows = paragraphOf(begin, paper.lines)
  const letters = rows.flatMap((line) => line.letters)
  const text = textOf(letters)
  const typeOf = typeOfField(paper.form)
  for (const [field, blank] of blanks) {
    const known = paper.values.get(field)
    if (known && known.value !== null && known.wellFormed) continue
    const found = blank.exec(text)
    const words = found?.[1]
    if (!found || words === undefined || (field === 'recipientAddress' && lengthOfRegion(words) === 0)) continue
    const start = Array.from(text.slice(0, found.index + found[0].indexOf(words))).length
    const own = letters.slice(start, start + Array.from(words).length)
    const value = valueOfLetters(own, typeOf(field) as FieldType, join(rows.map(({ box }) => box)), begin.source)
    if (value.value === null) continue
    const isTyped = rows.every(({ source }) => source === 'text-layer')
    paper.values.set(field, { ...value, parts: [], evidence: isTyped ? value.evidence : [...value.evidence, 'mended'] })
  }
}

function paragraphOf(begin: Line, lines: readonly Line[]): Line[] {
  const rows = [begin]
  while (rows.length < mostRows && !rows.at(-1)!.text.endsWith('。')) {
    const last = rows.at(-1)!
    const next = lines.find(
      ({ box }) =>
        box.y > last.box.y + 0.5 * last.em &&
        box.y - bottom(last.box) < nextRow * last.em &&
        Math.abs(box.x - begin.box.x) < (indent + 1) * last.em,
    )
    if (!next) break
    rows.push(next)
  }
  return rows
}
