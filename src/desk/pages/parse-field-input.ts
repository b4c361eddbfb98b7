/** What a clerk typed into a field becomes the canonical value of the contract. */
import type { FieldContent } from '../../flow.ts'
import { serviceCodes, type FieldDefinition } from '../../guide/papers.ts'
import { readWrittenDay } from '../../guide/identifiers/written-day.ts'
import { done, refuse, type Result } from '../../platform/result.ts'

const longest = 500

/** Canonical: dates `YYYY-MM-DD`, phones digits only (`-` before an extension), codes in capitals, no inner blanks in names. */
export function parseFieldInput(definition: FieldDefinition, typed: readonly string[]): Result<FieldContent> {
  const text = (typed[0] ?? '').normalize('NFKC').trim()
  if (typed.some((part) => part.length > longest)) return refuse('value-too-long', `“${definition.label}”请不超过 ${longest} 字`)
  switch (definition.type) {
    case 'services':
      return done(serviceCodes.filter((code) => typed.includes(code)))
    case 'list':
      return done(text === '' ? null : text.split(/[、,;\s]+/u).filter((part) => part !== ''))
    case 'items':
      return refuse('not-editable', `“${definition.label}”不能在这里修改`)
    default:
      return text === '' ? done(null) : parseText(definition, text)
  }
}

function parseText({ type, label }: FieldDefinition, text: string): Result<FieldContent> {
  const packed = text.replaceAll(/\s+/gu, '')
  switch (type) {
    case 'date':
    case 'date-or-forever': {
      if (type === 'date-or-forever' && packed === '长期') return done('长期')
      const date = readWrittenDay(packed)
      return date ? done(date) : refuse('invalid-date', `“${label}”须为真实的日期，例如 2026-11-20`)
    }
    case 'phone': {
      const phone = packed.replaceAll(/[()]/gu, '').replace(/^\+?86(?=1)/u, '')
      return /^[\d-]{5,20}$/u.test(phone) ? done(phone) : refuse('invalid-phone', `“${label}”只能有数字和分机号前的“-”`)
    }
    case 'uscc':
    case 'id-number':
    case 'card-number':
      return /^[0-9A-Za-z]+$/u.test(packed) ? done(packed.toUpperCase()) : refuse('invalid-code', `“${label}”只能有数字和字母`)
    case 'sex':
      return packed === '男' || packed === '女' ? done(packed) : refuse('invalid-sex', `“${label}”须为男或女`)
    case 'delivery':
      return packed === 'post' || packed === 'window' ? done(packed) : refuse('invalid-delivery', `“${label}”须为邮寄或窗口`)
    default:
      return done(packed)
  }
}
