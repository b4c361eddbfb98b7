/** What is known to be read wrongly in the values of a field, whatever paper they stand on: its words, its addresses, signs that end it. */
import { persons } from './claim-values.ts'
import { mendDistrict, withoutMarkInRegion } from './values/regions.ts'
import { dictionaryOf, isPersonName } from './values/texts.ts'
import type { ReadValue } from './values/value.ts'

export const mendValue = (field: string, value: ReadValue): ReadValue =>
  withoutStop(field, mendFamily(field, mendDot(field, mendAddress(field, mendByDictionary(field, value)))))

/** A telephone behind a house, of a sentence that names both; a house has no number as long. */
const phoneBehind = /(?<=[室号楼层元栋幢座])[，,；;、]?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/u

/** What is left, behind the edge of its cell, of （前台收）（请详细到门牌号）. */
const endOfHint = /(?<=[）)])号$/u

/** A sentence that goes on behind a value, or ends with it, parts it by a sign that free text alone keeps. */
function withoutStop(field: string, value: ReadValue): ReadValue {
  if (typeof value.value !== 'string' || freeText.test(field)) return value
  const alone = /address/iu.test(field) ? value.value.replace(phoneBehind, '').replace(endOfHint, '') : value.value
  const text = alone.replace(/[。；，、]+$/u, '')
  return text === value.value ? value : { ...value, value: text }
}

/** Fields of whole sentences. */
export const freeText = /^(?:changes|remarks)$/u

/** The letters of houses and floors are capitals; a district that its prefecture lacks is a misread one. */
export function mendAddress(field: string, value: ReadValue): ReadValue {
  if (!/address/iu.test(field) || typeof value.value !== 'string' || value.source !== 'ocr') return value
  const text = value.value
    .replace(/(?<![a-z])[a-z](?=[区座栋幢单])/gu, (letter) => letter.toUpperCase())
    .replace(/(?<=[号楼栋座])[Il|](?=[层楼号])/gu, '1')
    .replace(/(?<=[层楼][A-Z\d]{1,3})\[?[冈区风凤网]$/u, '区')
    .replace(/单[开无兀]$/u, '单元')
    // A fax leaves two strokes of 门, and of 日 its sides and its middle: 观日路, 日东一路.
    .replace(/(?<=厦)[1Il|]{2}(?=市)/u, '门')
    .replace(/(?<=\p{Script=Han})H(?=[东西南北中光新月]?[一二三四五六]?[路街里巷])/u, '日')
  const unmarked = withoutMarkInRegion(text) ?? text
  const mended = mendDistrict(unmarked) ?? unmarked
  return mended === value.value ? value : { ...value, value: mended, evidence: [...value.evidence, 'mended'] }
}

/** The dot inside a person's name of six characters or more (阿依古丽·买买提) is often read as another small sign; 一 stands in no such name. */
function mendDot(field: string, value: ReadValue): ReadValue {
  if (!persons.test(field) || typeof value.value !== 'string' || value.source !== 'ocr') return value
  const [, given = '', own = ''] = /^(\p{Script=Han}{2,12})[一.,、-](\p{Script=Han}{2,12})$/u.exec(value.value) ?? []
  if (given.length + own.length < 6 || !isPersonName(`${given}·${own}`)) return value
  return { ...value, value: `${given}·${own}`, wellFormed: true, evidence: [...value.evidence, 'mended'] }
}

/** The family 丁 is read as the letter it looks like. */
function mendFamily(field: string, value: ReadValue): ReadValue {
  if (!persons.test(field) || typeof value.value !== 'string' || value.source !== 'ocr') return value
  return /^T\p{Script=Han}{1,2}$/u.test(value.value)
    ? { ...value, value: `丁${value.value.slice(1)}`, evidence: [...value.evidence, 'mended'] }
    : value
}

/** Words that stand by themselves: what is read with them is ink beside them. */
const strays = /(?:^|\.)(?:nationality|ethnicity)$/u

/** Where a field has its words: a doubtful reading one character from exactly one of them is that word; figures are none. */
function mendByDictionary(field: string, value: ReadValue): ReadValue {
  const known = dictionaryOf(field)
  if (!known || typeof value.value !== 'string' || known.has(value.value) || value.source !== 'ocr') return value
  // The end of a label that wrapped, or was misread: （地区）中国, 地ix)：中国.
  const rest = (/^.{0,4}[）)][：:]?(?=.{2})/u.exec(value.value) ?? /^[（(]?地?区?[）)]?(?=.{2})/u.exec(value.value))?.[0] ?? ''
  const own = value.value.slice(rest.length)
  if (rest !== '' && field.endsWith('nationality') && known.has(own))
    return { ...value, value: own, evidence: [...value.evidence, 'mended'] }
  const read = Array.from(value.value)
  if (!/[\p{Script=Han}A-Za-z]/u.test(value.value)) return { ...value, value: null, evidence: [] }
  const near = [...known].filter((word) => {
    const wanted = Array.from(word)
    return wanted.length === read.length && wanted.filter((character, at) => character !== read[at]).length === 1
  })
  // 土家 with its second character misread is not 土 with a stroke beside it.
  if (read.length >= 2 && near.length === 1 && value.least < 0.97)
    return { ...value, value: near[0]!, evidence: [...value.evidence, 'mended'] }
  // A stroke of a seal or a rule beside the word.
  const [within, another] = [...known].filter(
    (word) => own.includes(word) && own.length - word.length <= 1 && word.length * 2 >= own.length,
  )
  return within && !another && strays.test(field) ? { ...value, value: within, evidence: [...value.evidence, 'mended'] } : value
}
