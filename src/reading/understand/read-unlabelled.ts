/** Names, types and capitals of enterprises, and addresses, whose label could not be read: their form tells what they are, if one alone stands there. */
import { documentFields } from '../../guide/papers.ts'
import type { Span } from './cut-spans.ts'
import { typeOfField, valueOfSpans, type PaperInHand } from './read-fields.ts'
import { columnOverlap, contains, middleY, right, rowOverlap } from './text/geometry.ts'
import { lengthOfRegion } from './values/regions.ts'
import { endsAsEnterprise, isTypeOfEnterprise } from './values/texts.ts'

/** The offices that forms are addressed to, and licences issued by, end as enterprises do. */
const office = /口岸|海关|管理局|监制|公示/u

const forms: readonly (readonly [fields: RegExp, is: (text: string) => boolean])[] = [
  [/^enterpriseName$/u, (text) => /^[\p{Script=Han}()（）·]{6,}$/u.test(text) && endsAsEnterprise(text) && !office.test(text)],
  [
    /(?:^|\.)address$/u,
    (text) =>
      text.length >= 8 &&
      /[路街道巷村镇乡里].*(?:[号室楼层元栋幢座区]|[东西南北]侧|之[一二三四五\d]+)$/u.test(text) &&
      lengthOfRegion(text) > 0,
  ],
  [/^enterpriseType$/u, (text) => isTypeOfEnterprise(text)],
  [/^registeredCapital$/u, (text) => isAmountOfCapital(text)],
]

/** 壹仟万元整, 500万元人民币, 人民币伍拾万圆整. */
const amount = /^(?:人民币)?(?:[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}|\d[\d,.]*[万亿]?)(?:元|圆|美元|港元|欧元|人民币元)(?:整|人民币)?$/u

/** What of its label stands before such a value. */
const endsOfLabels: readonly (readonly [fields: RegExp, end: RegExp])[] = [
  [/(?:^|\.)address$/u, /^[所址](?=\p{Script=Han})/u],
  [/^enterpriseName$/u, /^(?:[业司位]?名)?称(?=\p{Script=Han})/u],
  [/^enterpriseType$/u, /^[型式](?=\p{Script=Han})/u],
  [/^registeredCapital$/u, /^(?:册?资?本|[资总]?额|资?金)(?=.)/u],
]

export const isAmountOfCapital = (text: string): boolean => amount.test(text)

/** 所厦门市…, 司名称厦门…, 额壹佰万元整: the first characters of 住所, 公司名称 or 出资额, set far from the others, were misread or lost. */
export function withoutEndOfLabel(span: Span, name: string): Span {
  const length = endsOfLabels.find(([fields]) => fields.test(name))?.[1].exec(span.text)?.[0].length ?? 0
  if (length === 0 || span.letters.length <= length) return span
  const letters = span.letters.slice(length)
  const x = letters[0]!.left
  const box = { ...span.box, x, width: Math.max(1, right(span.box) - x) }
  return { ...span, start: span.start + length, letters, text: span.text.slice(length), box }
}

/** A person looks at what is told so: another label may be lost as well. */
export function readUnlabelled(paper: PaperInHand): void {
  if (paper.form.kind === 'identity-document' || paper.form.kind === 'payment-proof') return
  const { content, hits, values } = paper
  const loose = spansOfNoValue(paper)
  for (const { name } of documentFields[paper.form.kind]) {
    const is = forms.find(([fields]) => fields.test(name))?.[1]
    if (!is || values.has(name) || hits.some((hit) => hit.field === name)) continue
    const [own, another] = loose
      .map((span) => withoutEndOfLabel(span, name))
      .filter((span) => is(span.text) && !content.seals.some(({ box }) => contains(box, span.box)) && isOfSection(span, name, paper))
    if (!own || another) continue
    const value = valueOfSpans([own], 'text')
    values.set(name, { ...value, evidence: [...value.evidence, 'mended'] })
  }
}

const ofFigures = /^(?:uscc|phone|id-number|card-number)$/u

/** What no label claims, what one without a field does, and what a word of a list left over (关务专员, and the address below it). */
function spansOfNoValue({ claims, values, form }: PaperInHand): Span[] {
  const typeOf = typeOfField(form)
  // Of a name that stands close above a code nothing is read into the code.
  const isOther = (field: string, { text }: Span): boolean => ofFigures.test(typeOf(field)) && /^[\p{Script=Han}()（）·]+$/u.test(text)
  const isRead = (field: string, span: Span): boolean =>
    !isOther(field, span) &&
    (values.get(field)?.parts ?? []).some(({ box }) => rowOverlap(box, span.box) > 0.5 && columnOverlap(box, span.box) > 0)
  return [
    ...claims.free,
    ...[...claims.byHit].flatMap(([{ field, label }, own]) =>
      field !== null ? own.filter((span) => values.get(field)?.value && !isRead(field, span)) : label.block ? [] : own,
    ),
  ]
}

/** Of a form that asks of two persons alike, the labels around it tell whose it is. */
function isOfSection({ box }: Span, field: string, { hits }: PaperInHand): boolean {
  const [prefix, part] = field.split('.')
  if (part === undefined) return true
  const near = hits
    .filter((hit) => hit.field?.includes('.'))
    .toSorted((one, other) => Math.abs(middleY(one.box) - middleY(box)) - Math.abs(middleY(other.box) - middleY(box)))
  return near.slice(0, 3).every((hit) => hit.field!.startsWith(`${prefix!}.`))
}
