/**
 * Sheets that zhika printed carry their values in a code. Where the paper says something else it was changed after printing,
 * which the guide allows nobody but the enterprise (如实填报表格信息, 加盖单位公章): a person must look.
 */
import type { FieldContent, FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { maskIdNumber } from '../../guide/identifiers/id-number.ts'
import { documentFields, documentTitles, serviceTitles, type FieldDefinition } from '../../guide/papers.ts'
import { found, labelOf, titleOf, type Case } from './case.ts'

export function changedValues({ documents }: Case): Finding[] {
  return documents.flatMap((document) => documentFields[document.kind].flatMap((definition) => judgeField(document, definition)))
}

/** A code was cut out of another form. */
export function strangeCodes({ documents }: Case): Finding[] {
  return documents.flatMap((document) => {
    if (!document.strangeCode) return []
    const message = `${titleOf(document)}上的二维码属于《${documentTitles[document.strangeCode]}》，二维码可能是后来粘贴的，请对照原件核对。`
    return [found('code-mismatch', 'look', message, { document })]
  })
}

function judgeField(document: ReadDocument, definition: FieldDefinition): Finding[] {
  const field = document.fields[definition.name]
  if (!field || field.printed === undefined || field.source === 'clerk') return []
  const at = { document, field: definition.name }
  const what = `${titleOf(document)}的${labelOf(document.kind, definition.name)}`
  const printed = told(field.printed, definition)
  if (field.evidence?.includes('print-unclear'))
    return [found('field-unreadable', 'look', `${what}在纸面上看不清，二维码所载为“${printed}”，请对照原件核对。`, at)]
  return [found('value-changed', 'look', `${what}${changeOf(field, printed, definition)}，打印后可能改过，请对照原件核对。`, at)]
}

function changeOf(field: FieldValue, printed: string, definition: FieldDefinition): string {
  if (field.value === null) return `在纸面上没有读到内容，二维码所载为“${printed}”`
  const onPaper = told(field.value, definition)
  return onPaper === printed ? `与二维码所载“${printed}”中间几位不同` : `在纸面上是“${onPaper}”，二维码所载为“${printed}”`
}

/** In words, with as much of a person's data as it takes to find the place. */
function told(content: FieldContent, { name, type }: FieldDefinition): string {
  if (content === null) return '空'
  if (Array.isArray(content))
    return content
      .map((each) => (typeof each === 'string' ? told(each, { name, type: type === 'list' ? 'card-number' : type, label: '' }) : each.name))
      .join('、')
  if (type === 'services') return serviceTitles[content as keyof typeof serviceTitles] ?? content
  if (type === 'delivery') return content === 'post' ? '邮寄领卡' : '窗口领卡'
  if (type === 'id-number') return maskIdNumber(content)
  if (type === 'phone' || type === 'card-number') return content.length < 8 ? content : `${content.slice(0, 3)}****${content.slice(-4)}`
  if (type === 'name' && name !== 'enterpriseName') return `${content.slice(0, 1)}${'*'.repeat(Math.max(1, content.length - 1))}`
  return type === 'text' && content.length > 9 ? `${content.slice(0, 9)}…` : content
}
