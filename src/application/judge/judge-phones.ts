/** Telephone numbers that cannot be called (guide, 各章2: 如实填报表格信息; 邮寄领卡). */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { isMobilePhone, isValidPhone, normalizePhone } from '../../guide/identifiers/phone.ts'
import { found, labelOf, titleOf, type Case } from './case.ts'
import { onFields, valuesOf } from './each-field.ts'
import { distance, isCovered, isPlain, isPrinted, isSure, isTorn, legibilityOf, textOf } from './evidence.ts'
import { expectedFields, requiredFields } from './required-fields.ts'

export const wrongPhone = onFields('phone', judgePhone)

const mobileFigures = 11

/** A figure is another, or one or two are lost. */
const isLeftOf = (text: string, other: string): boolean =>
  distance(other, text) === 1 || (other.length - text.length === 2 && distance(other, text) === 2)

function judgePhone(opened: Case, document: ReadDocument, name: string): Finding[] {
  const field = document.fields[name]
  const text = textOf(field)
  if (!field || text === null) return []
  const isNeeded = [...requiredFields(opened, document), ...expectedFields(opened, document)].includes(name)
  if (isTwoNumbers(text)) return []
  if (isValidPhone(normalizePhone(text))) {
    // Of six printed numbers that lacked a figure and that another paper has whole, five had been written so.
    const isMade = isNeeded && field.evidence?.includes('from-other-paper') && !isCovered(field)
    const message = `${titleOf(document)}的${labelOf(document.kind, name)}读得不全，请对照原件核对。`
    return isMade ? [found('invalid-phone', 'look', message, { document, field: name })] : []
  }
  const values = valuesOf(opened, 'phone').map(normalizePhone)
  const again = values.filter((other) => other === normalizePhone(text)).length > 1
  // One that another place has with a figure or two more lost them in the reading: a hand's figures are read as surely without them.
  const isOther = values.some((other) => isValidPhone(other) && isLeftOf(normalizePhone(text), other))
  const wrong = isSure(field) || again || (isPlainlyRead(field, document) && !isOther)
  const label = labelOf(document.kind, name)
  // What a seal tore, or whose number was read on at its end, was misread; where nothing hangs on it (法人电话) nobody need find out how.
  const isSealed = isTorn(field) || (field.evidence?.includes('under-seal') === true && isValidPhone(text.slice(0, mobileFigures)))
  const isOfUse = isNeeded && (requiredFields(opened, document).includes(name) || !isSealed)
  // Nobody is called or sent to by fax: it is noted only, like what may be misread and the service does not need.
  const severity = name.endsWith('fax') ? 'note' : wrong ? 'correct' : isOfUse ? 'look' : 'note'
  return [
    found('invalid-phone', severity, `${titleOf(document)}的${label}不是可用的电话号码，请${wrong ? '更正' : '对照原件核对'}。`, {
      document,
      field: name,
    }),
  ]
}

/** A mobile number before or behind another one or one with its area code: whoever calls tries both. */
const isTwoNumbers = (text: string): boolean =>
  [mobileFigures, text.length - mobileFigures].some((at) => {
    const both = [text.slice(0, at), text.slice(at)]
    return both.some(isMobilePhone) && both.every((one) => isMobilePhone(one) || (one.startsWith('0') && isValidPhone(one)))
  })

/**
 * Of eleven printed numbers that could not be called and were read so, all stood so on the paper; one with ink beside it did not. Of a hand's a figure
 * or two are lost as surely.
 */
const isPlainlyRead = (field: FieldValue, document: ReadDocument): boolean =>
  isPlain(field) &&
  legibilityOf(field) >= 0.97 &&
  field.evidence?.includes('ink-beside') !== true &&
  (field.source !== 'ocr' || isPrinted(document))
