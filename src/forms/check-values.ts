/** Values given to fill a form with: canonical when they can be right, one Chinese sentence for each that cannot. */
import type { FormKind } from '../guide/forms/form-kinds.ts'
import { formSheets } from '../guide/forms/form-sheet.ts'
import type { FormContent, FormContents } from '../guide/forms/value-record.ts'
import { isCalendarDay, isValidIdNumber, normalizeIdNumber, readIdNumber } from '../guide/identifiers/id-number.ts'
import { isValidPhone, normalizePhone } from '../guide/identifiers/phone.ts'
import { isValidUscc, normalizeUscc } from '../guide/identifiers/uscc.ts'
import { documentFields, documentTitles, type FieldDefinition } from '../guide/papers.ts'

export interface CheckedValues {
  readonly contents: FormContents
  /** `《电子口岸卡登记表》的“法人卡证件号码”…，请…。` */
  readonly faults: readonly string[]
}

const longest = 400

/** `given` is what a JSON file said: nothing of it is trusted. Absent, null and empty mean: left blank. */
export function checkValues(kind: FormKind, given: Readonly<Record<string, unknown>>, today: string): CheckedValues {
  const title = `《${documentTitles[kind]}》`
  const fields = documentFields[kind]
  const contents: Record<string, FormContent> = {}
  const faults: string[] = []
  for (const name of Object.keys(given))
    if (!fields.some((field) => field.name === name)) faults.push(`${title}没有“${name}”这一项，请删去或改正名称。`)
  for (const field of fields) {
    const checked = checkOne(field, kind, given[field.name], given)
    if ('fault' in checked) faults.push(`${title}的“${field.label}”${checked.fault}。`)
    else contents[field.name] = checked.content
  }
  return { contents, faults: [...faults, ...contradictions(title, contents, today)] }
}

type Checked = { readonly content: FormContent } | { readonly fault: string }

function checkOne({ name, type }: FieldDefinition, kind: FormKind, value: unknown, given: Readonly<Record<string, unknown>>): Checked {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return { content: null }
  if (type === 'services' || type === 'list') return checkList(name, type, kind, value)
  if (typeof value !== 'string') return { fault: '应为文字，请加上引号' }
  const text = value.normalize('NFC').trim()
  if (text.length > longest) return { fault: `超过 ${longest} 个字，请缩短` }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/u.test(text)) return { fault: '含有不能打印的字符，请删去' }
  switch (type) {
    case 'uscc': {
      const code = normalizeUscc(text)
      return isValidUscc(code) ? { content: code } : { fault: '不是正确的统一社会信用代码（18 位，末位为校验位），请核对' }
    }
    case 'id-number': {
      const number = normalizeIdNumber(text)
      if (isValidIdNumber(number)) return { content: number }
      // Papers of other countries have numbers of their own.
      const idType = given[name.replace('idNumber', 'idType')]
      const isForeign = typeof idType === 'string' && !/身份证|居住证/u.test(idType) && /^[0-9A-Z]{5,20}$/u.test(number)
      return isForeign ? { content: number } : { fault: '不是正确的证件号码（位数、出生日期或校验位不符），请核对' }
    }
    case 'phone': {
      const phone = normalizePhone(text)
      return isValidPhone(phone) ? { content: phone } : { fault: '不是可用的电话号码，请填写手机号，或带区号的固定电话' }
    }
    case 'date':
      return isCalendarDay(text) ? { content: text } : { fault: '不是存在的日期，请按 2026-11-20 的格式填写' }
    case 'sex':
      return text === '男' || text === '女' ? { content: text } : { fault: '只能填“男”或“女”' }
    case 'delivery':
      return text === 'post' || text === 'window' ? { content: text } : { fault: '只能填 post（邮寄领卡）或 window（窗口领卡）' }
    case 'card-number':
      return isCardNumber(plainNumber(text)) ? { content: plainNumber(text) } : { fault: wrongCard }
    default:
      return { content: text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '') }
  }
}

const plainNumber = (text: string): string => text.replace(/[\s-]/gu, '').toUpperCase()
const isCardNumber = (number: string): boolean => /^[0-9A-Z]{4,24}$/u.test(number)
const wrongCard = '不是卡号（4 到 24 位数字或字母），请核对'

function checkList(name: string, type: 'services' | 'list', kind: FormKind, value: unknown): Checked {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return { fault: '应为文字的列表，如 ["renew"]' }
  if (value.length > 8) return { fault: '超过 8 个，请另填一份' }
  if (type === 'list') {
    const numbers = value.map(plainNumber)
    return numbers.every(isCardNumber) ? { content: numbers } : { fault: wrongCard }
  }
  const offered = formSheets[kind].items.flatMap((item) =>
    'tick' in item && item.tick.startsWith(`${name}.`) ? [item.tick.split('.')[1]!] : [],
  )
  const strange = value.find((each) => !offered.includes(each))
  return strange === undefined ? { content: [...new Set(value)] } : { fault: `没有“${strange}”这种业务，可用的有 ${offered.join('、')}` }
}

/** What a form says twice must agree. */
function contradictions(title: string, contents: FormContents, today: string): string[] {
  return ['legal.', 'operator.'].flatMap((prefix) => {
    const number = contents[`${prefix}idNumber`]
    if (typeof number !== 'string') return []
    const facts = readIdNumber(number, today)
    if ('fault' in facts) return []
    const who = prefix === 'legal.' ? '法人卡' : '操作员卡'
    const birth = contents[`${prefix}birthDate`]
    const sex = contents[`${prefix}sex`]
    return [
      ...(facts.birthDate && typeof birth === 'string' && birth !== facts.birthDate
        ? [`${title}的“${who}出生日期”与证件号码不符，请核对。`]
        : []),
      ...(facts.sex && typeof sex === 'string' && sex !== facts.sex ? [`${title}的“${who}性别”与证件号码不符，请核对。`] : []),
    ]
  })
}
