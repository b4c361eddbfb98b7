import type { PaperOnPage, TextLine } from '../page.ts'
import { endsAsEnterprise } from '../understand/values/texts.ts'

/** Names that a page can speak of without being long: its own enterprise, a former name, the other side of an agreement. */
const mostNames = 6
/** The fields that hold an enterprise's name. */
const nameFields = ['enterpriseName', 'invoiceTitle']
/** How an enterprise's name reads in running text. */
const nameLike =
  /[\p{Script=Han}()（）]{3,40}?(?:有限责任公司|股份有限公司|有限公司|分公司|公司|合作社|事务所|经营部|商行|商店|工作室|厂|企业)(?:[\p{Script=Han}]{2,8}分公司)?/gu
/** Words that stand before a name in the same line. */
const before = /^.*(?:[:：]|名称|单位|委托|兹有|抬头|为|由|是)/u

/** The enterprise names in the fields of papers; where one was cut short, a seal tells more than such a field. */
export const namesIn = (papers: readonly Pick<PaperOnPage, 'fields'>[]): string[] =>
  papers
    .flatMap(({ fields }) => nameFields.map((field) => fields[field]?.value))
    .filter((value) => typeof value === 'string')
    .filter(endsAsEnterprise)

/** The enterprise names that a page speaks of: those in its fields, then whatever else reads like one. */
export function gatherNames(lines: readonly TextLine[], inFields: readonly string[]): string[] {
  const names = new Set(inFields)
  for (const { text } of lines)
    for (const [found] of text.matchAll(nameLike)) {
      const name = found.replace(before, '')
      if (name.length >= 6) names.add(name)
    }
  return [...names].slice(0, mostNames)
}
