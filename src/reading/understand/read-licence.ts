/** What a licence's own labels do not tell: a term without its label, and what is left of watermarks beside name, type and capital. */
import { valueOfLetters, type PaperInHand } from './read-fields.ts'
import { lengthOfRegion } from './values/regions.ts'
import { endsAsEnterprise, isTypeOfEnterprise } from './values/texts.ts'

const day = String.raw`(?:19|20|21)\d{2}年\d{1,2}月\d{1,2}日`
const open = '长期|永久|无固定期限|不约定期限'
const term = new RegExp(`自?${day}[至到-](?:${day}|${open})`, 'u')

/** A letter or two of words against misuse, or of the border, beside the type are no part of it: 工农民专业合作社, （自然人独资）F. */
function leaveOutBesideType({ values }: PaperInHand): void {
  const type = values.get('enterpriseType')
  const read = typeof type?.value === 'string' ? type.value : ''
  // Behind its last bracket nothing follows.
  const whole = read.replace(/(?<=[）)])[^（(）)]{1,2}$/u, '')
  const own = [0, 1, 2].map((length) => whole.slice(length)).find(isTypeOfEnterprise)
  if (type && own !== undefined && own !== read)
    values.set('enterpriseType', { ...type, value: own, evidence: [...type.evidence, 'mended'] })
}

const ofMisuse = /[再次复印无效仅供办理使用他业务]/u

/** Words against misuse that run into the name (再次复印无效) stand before the division that it begins with; one of them may be misread. */
function leaveOutMisuse({ values }: PaperInHand): void {
  const name = values.get('enterpriseName')
  const read = typeof name?.value === 'string' ? name.value : ''
  const length = [2, 3, 4, 5, 6].find((most) => {
    const [before, own] = [Array.from(read.slice(0, most)), read.slice(most)]
    const said = before.filter((letter) => ofMisuse.test(letter)).length
    return lengthOfRegion(own) > 0 && endsAsEnterprise(own) && said > most / 2
  })
  if (name && length) values.set('enterpriseName', { ...name, value: read.slice(length), evidence: [...name.evidence, 'mended'] })
}

/** No other sign like it stands in an amount: 贰佰万图整. Behind 整 it ends; the end of a label in two rows (成员出资总 / 额) stands below. */
function mendCapital({ values }: PaperInHand): void {
  const capital = values.get('registeredCapital')
  const read = typeof capital?.value === 'string' ? capital.value : ''
  const amount = read.replace(/(?<=[拾佰仟万亿])[图园圈圃国](?=整|$)/u, '圆').replace(/(?<=整)[出资总额本]{1,2}$/u, '')
  if (capital && amount !== read) values.set('registeredCapital', { ...capital, value: amount, evidence: [...capital.evidence, 'mended'] })
}

/** The term is kept as printed: 2015年03月12日至长期. Where its label was lost its form tells it. */
export function readLicence(paper: PaperInHand): void {
  leaveOutBesideType(paper)
  leaveOutMisuse(paper)
  mendCapital(paper)
  const labelled = paper.values.get('businessTerm')
  if (typeof labelled?.value === 'string') {
    const printed = term.exec(labelled.value) ?? new RegExp(open, 'u').exec(labelled.value)
    if (printed) paper.values.set('businessTerm', { ...labelled, value: printed[0], wellFormed: true })
    return
  }
  for (const span of [...paper.claims.free, ...[...paper.claims.byHit.values()].flat()]) {
    const printed = term.exec(span.text)
    if (!printed) continue
    const letters = span.letters.slice(printed.index, printed.index + printed[0].length)
    paper.values.set('businessTerm', valueOfLetters(letters, 'text', span.box, span.line.source))
    return
  }
}
