/**
 * Copies of two papers on one sheet of paper, a licence above a card say: each piece of the sheet is understood by itself.
 * Only where both are beyond doubt; everywhere else one sheet is one paper.
 */
import type { PageContent, Rectangle } from '../page.ts'
import { openFinder, type FindText, type Hit } from './find-labels.ts'
import { splitFaces, type Face } from './split-faces.ts'
import { bottom, contains, join, middleY } from './text/geometry.ts'
import type { Line } from './text/letters.ts'
import { readMachineZone } from './values/machine-zone.ts'

/** What stands on cards and on no licence. */
const cardTitles = ['居民身份证', '公民身份号码', '通行证', '永久居留身份证', '居民居住证', '签发机关', '护照', 'PASSPORT']
const cardWords = ['姓名', '性别', '民族', '出生', '有效期限', '证件号码', 'PassportNo', 'Surname', 'Dateofbirth']
const licenceWords = ['营业执照', '统一社会信用代码', '登记机关', '经营范围', '注册资本', '法定代表人', '成立日期', '注册日期', '营业期限']

/** The pieces from top to bottom, with the whole width of the sheet; null when it carries one paper. */
export function cutSheet(content: PageContent, lines: readonly Line[], find: FindText): PageContent[] | null {
  const words = licenceWords.flatMap((word) => plain(find(word)).slice(0, 1))
  if (words.length < 2 || !cardTitles.some((word) => seen(find(word)))) return null
  const licence = join(words.map(({ box }) => box))
  const faces = splitFaces(lines, content.unread)
  const cards = faces.filter((face) => isCard(face) && !words.some(({ box }) => holds(face.bounds, box)))
  if (cards.length === 0) return null
  const card = join(cards.map(({ bounds }) => bounds))
  const isBelow = middleY(card) > middleY(licence)
  // What stands beside the cards is theirs; what stands between them and the licence is the licence's.
  const others = faces.filter((face) => !cards.includes(face)).map(({ bounds }) => bounds)
  const edge = isBelow
    ? Math.max(0, ...others.filter((box) => middleY(box) < card.y).map(bottom))
    : Math.min(content.height, ...others.filter((box) => middleY(box) > bottom(card)).map(({ y }) => y))
  const cut = isBelow ? (Math.min(edge, card.y) + card.y) / 2 : (bottom(card) + Math.max(edge, bottom(card))) / 2
  // A licence that tells its legal person's card in its own text is one paper.
  if (cut > licence.y && cut < bottom(licence)) return null
  return [pieceOf(content, (box) => middleY(box) < cut), pieceOf(content, (box) => middleY(box) >= cut)]
}

const plain = (hits: readonly Hit[]): Hit[] => hits.filter((hit) => hit.cost <= 0.2 * hit.text.length && hit.standing >= 0.5)

/** Titles may stand amid a line: 外国人 before 永久居留身份证. */
const seen = (hits: readonly Hit[]): boolean => hits.some((hit) => hit.cost <= 0.2 * hit.text.length)

const holds = (outer: Rectangle, inner: Rectangle): boolean => middleY(inner) > outer.y && middleY(inner) < bottom(outer)

function isCard({ lines }: Face): boolean {
  const find = openFinder(lines)
  const isPlain = (word: string): boolean => plain(find(word)).length > 0
  const titles = cardTitles.filter((word) => seen(find(word))).length
  if (readMachineZone(lines.map(({ text }) => text)) !== null) return true
  return titles > 0 && titles + cardWords.filter(isPlain).length >= 2 && !licenceWords.some(isPlain)
}

/** What lies on each of the sheets of a page. */
export const partSheets = (content: PageContent, sheets: readonly Rectangle[]): PageContent[] =>
  sheets.map((sheet) => ({ ...pieceOf(content, (box) => contains(sheet, box)), sheets: undefined }))

/** What of a page has its middle there. */
export function pieceOf(content: PageContent, isInside: (box: Rectangle) => boolean): PageContent {
  const inside = <Item extends { readonly box: Rectangle }>(items: readonly Item[]): Item[] => items.filter(({ box }) => isInside(box))
  return {
    ...content,
    lines: inside(content.lines),
    unread: content.unread.filter(isInside),
    cells: inside(content.cells),
    checkBoxes: inside(content.checkBoxes),
    seals: inside(content.seals),
    barcodes: inside(content.barcodes),
    formValues: inside(content.formValues),
  }
}
