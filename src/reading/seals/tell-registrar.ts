import type { PaperOnPage, SealOnPage, TextLine } from '../page.ts'

/** An enterprise's own name ends so; an authority's never does. */
const enterprise = /(?:公司|企业|厂|商行|店|合作社|事务所|经营部|合伙\)?)$/u
/** From the label to the middle of the registrar's seal, over the seal's width. */
const beside = 1.1

/**
 * The seals of a business licence with the registrar's told as another's: it is the one at 登记机关, whatever authority it names
 * (市场监督管理局, 行政审批局, 自由贸易试验区…管委会), unless its ring was read as the name of an enterprise. Boxes are fractions of a page of
 * that width and height in pixels.
 */
export function tellRegistrar(
  seals: readonly SealOnPage[],
  kind: PaperOnPage['kind'],
  { lines, width, height }: { readonly lines: readonly TextLine[]; readonly width: number; readonly height: number },
): SealOnPage[] {
  const label = kind === 'business-licence' ? lines.find(({ text }) => /登记机关/u.test(text.replace(/\s/gu, ''))) : undefined
  if (!label) return [...seals]
  const [x, y] = [label.box.x + label.box.width / 2, label.box.y + label.box.height / 2]
  const away = ({ box: [left, top, wide, high] }: SealOnPage) =>
    Math.hypot((left + wide / 2) * width - x, (top + high / 2) * height - y) / (wide * width)
  const [nearest] = seals
    .filter((seal) => seal.role !== 'special' && !enterprise.test(seal.text ?? '') && away(seal) < beside)
    .toSorted((one, other) => away(one) - away(other))
  return seals.map((seal) => (seal === nearest ? { ...seal, role: 'other' } : seal))
}
