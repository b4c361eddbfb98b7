/** How a form is to be filled in, as a list below or behind it: 填表说明：1.联系电话请填写手机号码。 Its words are no labels and no values. */
import { bottom, right } from './geometry.ts'
import type { Line } from './letters.ts'

const heading = /^\(?(?:填[表写](?:说明|须知|要求|指南)|注意事项|温馨提示|(?:业务)?办理(?:须知|说明|指[引南])|备注说明|说明)\)?:?$/u
const ordinal = /^(?:\(?\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、|[①-⒛])\S/u
/** An item asks for something, or ends as a sentence; 1.企业名称：… below such a heading is a place to fill in. */
const asks = /请|须|应|填写|[不可]填|不得|不可|不予|不再|无效|务必|一致|一式|格式|包括|为准|[。；]$/u

/** What a page begins with goes on from the one before it. */
const goesOn = /^\(?(?:[2-9]|1\d)[.、)]\S/u

/** In characters: how far below the row before it an item begins at most, and a row of the same item; how far left or right of the others. */
const [nextItem, nextRow, aside] = [1.8, 1.1, 3]

/** 4.卡号印于卡片正面左下角 among items that ask: neither a colon nor room for a value is in it. */
const isSentence = ({ text, letters, em }: Line): boolean =>
  letters.length > 8 && !text.includes(':') && letters.slice(3).every(({ left }, at) => left - letters[at + 2]!.right < 0.6 * em)

/** The lines of such lists, their headings among them. */
export function findNotes(lines: readonly Line[]): ReadonlySet<number> {
  const notes = new Set<number>()
  const top = lines.toSorted((one, other) => one.box.y - other.box.y)[0]
  for (const head of lines.filter((line) => heading.test(line.text) || (line === top && goesOn.test(line.text) && asks.test(line.text)))) {
    const found = [head]
    const below = lines.filter(({ box }) => box.y > head.box.y + 0.5 * head.em).toSorted((one, other) => one.box.y - other.box.y)
    for (const line of below) {
      const last = found.at(-1)!
      const drop = (line.box.y - bottom(last.box)) / line.em
      const isItem =
        ordinal.test(line.text) && (asks.test(line.text) || isSentence(line)) && drop < (found.length === 1 ? 2 * nextItem : nextItem)
      const isRow = found.length > 1 && !ordinal.test(line.text) && drop < nextRow && right(line.box) < right(last.box) + aside * line.em
      // What stands right of the list is a stamp, or another column.
      if (found.length > 1 && line.box.x > found[1]!.box.x + aside * line.em) continue
      const isAside = found.length > 1 && line.box.x < found[1]!.box.x - aside * line.em
      // The first rows of an item that is wrapped may ask for nothing yet.
      const isLong = ordinal.test(line.text) && found.length > 1 && drop < nextItem && line.letters.length > 20
      if (isAside || (!isItem && !isRow && !isLong)) break
      found.push(line)
    }
    if ((found.length > 1 && found.some(({ text }) => asks.test(text))) || !heading.test(head.text))
      for (const { index } of found) notes.add(index)
  }
  return notes
}
