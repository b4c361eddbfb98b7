/** The values of a form as one line of text: what the codes carry, packed by the drawing and unpacked by the reading. */
import { z } from 'zod'
import { documentFields } from '../papers.ts'
import type { FormKind } from './form-kinds.ts'

/** What stands in a field: a text, several of them (`services`, card numbers), nothing, or a text too long for a code. */
export type FormContent = string | readonly string[] | null | LongText
export interface LongText {
  /** The first 16 hexadecimal digits of the SHA-256 of the text without blanks and marks. */
  readonly hash: string
}
export type FormContents = Readonly<Record<string, FormContent>>

export const isLongText = (content: FormContent | undefined): content is LongText =>
  typeof content === 'object' && content !== null && 'hash' in content

/** In the order of the paper's fields; what is empty at the end is left out. */
export function writeRecord(kind: FormKind, contents: FormContents): string {
  const values = documentFields[kind].map(({ name }) => contents[name] ?? null)
  while (values.at(-1) === null) values.pop()
  return JSON.stringify(values)
}

const text = z.string().max(400)
const record = z
  .array(
    z.union([
      text.nullable(),
      z.array(text).max(20),
      z.strictObject({
        hash: z.string().regex(/^[0-9a-f]{16}$/u),
      }),
    ]),
  )
  .max(40)

/** Null when it is no record of such a form. */
export function readRecord(kind: FormKind, line: string): FormContents | null {
  const parsed = record.safeParse(parseJson(line))
  const fields = documentFields[kind]
  if (!parsed.success || parsed.data.length > fields.length) return null
  return Object.fromEntries(fields.map(({ name }, at) => [name, parsed.data[at] ?? null]))
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/**
 * Words that such records are made of, the most frequent last: both sides compress with it, a third smaller than without. It
 * never changes: a sheet printed with another one could not be read.
 */
export const recordWords =
  '董事长总经理副总经理执行董事负责人报关员关务专员关务经理单证员财务业务员操作员法定代表人' +
  '初中高中中专大专本科大学本科硕士研究生护照港澳居民来往内地通行证居民身份证中国' +
  '漳州市泉州市同安区翔安区海沧区集美区思明区湖里区福建省厦门市省市区县镇街道路里村大厦中心幢栋座楼层单元号之一室' +
  '物流供应链管理电子科技实业国际贸易进出口有限责任公司有限公司' +
  'deregister unlock renew replace-operator replace-legal change-operator change-enterprise add-operator window post enrol' +
  '13600591350203198350206197352138805921391590136059859135020619935020320013500592' +
  '",null,"男","女","2027-01-2026-12-2026-11-","91350200MA91350206MA2'
