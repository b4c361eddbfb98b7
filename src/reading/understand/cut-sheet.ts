/**
 * Copies of two papers on one sheet of paper, a licence above a card say: each piece of the sheet is understood by itself.
 * Only where both are beyond doubt; everywhere else one sheet is one paper.
 */
import type { PageContent, Rectangle } from '../page.ts'
import type { FindText, Hit } from './find-labels.ts'
import { bottom, join, middleY } from './text/geometry.ts'
import type { Line } from './text/letters.ts'

const cardWords = ['姓名', '性别', '民族', '出生', '住址', '公民身份号码', '签发机关', '有效期限', '居民身份证', '中华人民共和国']

/** The pieces from top to bottom, with the whole width of the sheet; null when it carries one paper. */
export function cutSheet(content: PageContent, lines: readonly Line[], find: FindText): PageContent[] | null {
  const title = plain(find('营业执照')).find((hit) => hit.standing >= 0.5)
  if (!title || plain(find('登记机关')).length + plain(find('统一社会信用代码')).length === 0) return null
  const number = plain(find('公民身份号码'))[0]
  const back = plain(find('签发机关'))[0]
  if (!number && !(back && plain(find('有效期限')).length > 0)) return null
  const anchors = [number, back].flatMap((hit) => (hit ? [hit.box] : []))
  const card = extentOf(
    anchors,
    lines,
    cardWords.flatMap((word) => plain(find(word))),
  )
  const isBelow = middleY(card) > middleY(title.box)
  const edge = isBelow
    ? Math.max(0, ...lines.filter(({ box }) => bottom(box) <= card.y).map(({ box }) => bottom(box)))
    : Math.min(content.height, ...lines.filter(({ box }) => box.y >= bottom(card)).map(({ box }) => box.y))
  const cut = isBelow ? (edge + card.y) / 2 : (bottom(card) + edge) / 2
  // A licence that tells its legal person's card in its own text is one paper.
  if (Math.abs(cut - middleY(title.box)) < 2 * title.box.height) return null
  return [pieceOf(content, (y) => y < cut), pieceOf(content, (y) => y >= cut)]
}

const plain = (hits: readonly Hit[]): Hit[] => hits.filter((hit) => hit.cost <= 0.2 * hit.text.length && hit.standing >= 0.5)

/** Everything that cards say within the height of a card around its number or its issuer. */
function extentOf(anchors: readonly Rectangle[], lines: readonly Line[], hits: readonly Hit[]): Rectangle {
  const around = join(anchors)
  // The label of the number is a quarter of the card's width, the height 63 % of it (GB/T 14916, ID-1).
  const height = 2.8 * Math.max(...anchors.map(({ width }) => width))
  const own = hits.filter(({ box }) => box.y > around.y - height && bottom(box) < bottom(around) + 0.4 * height).map(({ box }) => box)
  const extent = join([...anchors, ...own])
  // Whole lines: values stand a little higher than their labels.
  const touching = lines.filter(({ box }) => middleY(box) >= extent.y && middleY(box) <= bottom(extent)).map(({ box }) => box)
  return join([extent, ...touching])
}

function pieceOf(content: PageContent, isInside: (y: number) => boolean): PageContent {
  const inside = <Item extends { readonly box: Rectangle }>(items: readonly Item[]): Item[] =>
    items.filter(({ box }) => isInside(middleY(box)))
  return {
    ...content,
    lines: inside(content.lines),
    cells: inside(content.cells),
    checkBoxes: inside(content.checkBoxes),
    seals: inside(content.seals),
    barcodes: inside(content.barcodes),
    formValues: inside(content.formValues),
  }
}
