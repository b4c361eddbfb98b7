/** Tells printed sentences of a form from what was filled in: by how many of a line's pairs of letters the form prints. */
import { normaliseCharacter } from './letters.ts'

const meaning = /[\p{L}\p{N}]/u

function pairsOf(text: string): string[] {
  const letters = Array.from(text)
    .map(normaliseCharacter)
    .filter((character) => meaning.test(character))
  return letters.slice(1).map((character, at) => letters[at]! + character)
}

/** Notes that people stamp or type on copies. */
const copyNotes = ['此复印件与原件一致,仅用于办理电子口岸制卡业务,再次复印无效,他用无效', '此件与原件相符,仅供办理电子口岸业务使用']

/** How to fill in a form, whom to call about it, and when it was printed: such a line says so at its begin. */
const note =
  /^[*※]?(?:(?:注|注意|注意事项|温馨提示|特别提示|填[表写]说明|填[表写]须知|填表要求):.{6,}|(?:技术支持|业务咨询|咨询|服务|客服|监督|投诉)(?:热线|电话):?[\d-]{7,}|打印(?:时间|日期):|承诺书?$|序号$|勾选$|\(?(?:贴?[一二]寸)?照片(?:粘贴处)?\)?$|贴照片处$|(?:此?复印件)?与原件(?:核对)?(?:无误|一致|相符)$)/u

export const isNote = (text: string): boolean => note.test(text)

/**
 * A test for lines that are printed prose; short lines never are, since values are short. An office words its undertakings
 * anew, so a long line with several of the `words` of such sentences is prose too.
 */
export function openProse(sentences: readonly string[], words: readonly string[]): (text: string) => boolean {
  const printed = new Set([...sentences, ...copyNotes].flatMap(pairsOf))
  return (text) => {
    if (isNote(text)) return true
    const pairs = pairsOf(text)
    if (pairs.length < 7) return false
    if (pairs.filter((pair) => printed.has(pair)).length >= 0.5 * pairs.length) return true
    return pairs.length >= 12 && words.filter((word) => text.includes(word)).length >= 3
  }
}
