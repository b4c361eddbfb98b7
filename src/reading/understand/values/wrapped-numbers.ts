/** Numbers of known lengths, which a narrow room wraps anywhere: the rows are one number when together they have that length. */
import type { FieldType } from '../../../guide/papers.ts'

const whole: Partial<Record<FieldType, RegExp>> = {
  'id-number': /^\d{17}[\dX]$/u,
  uscc: /^[0-9A-HJ-NPQRTUWXY]{18}$/u,
  phone: /^(?:1[3-9]\d{9}|0\d{9,11})$/u,
}
const begin: Partial<Record<FieldType, RegExp>> = {
  'id-number': /^\d{6,17}$/u,
  uscc: /^9[0-9A-HJ-NPQRTUWXY]{5,16}$/u,
  phone: /^(?:1[3-9]\d{2,8}|0\d{2,8})$/u,
}

/** Colons of labels, blanks and what groups the figures are no part of them. */
const figuresOf = (text: string): string => text.toUpperCase().replace(/^[:;]|[-\s()]/gu, '')

export const isWrappedNumber = (type: FieldType): boolean => whole[type] !== undefined
export const isWholeNumber = (text: string, type: FieldType): boolean => whole[type]?.test(figuresOf(text)) ?? false
/** What its rows lack may stand above the row of its label. */
export const isEndOfNumber = (text: string, type: FieldType): boolean => type === 'id-number' && /^\d{9,16}[\dX]$/u.test(figuresOf(text))
export const isBeginOfNumber = (text: string, type: FieldType): boolean => begin[type]?.test(figuresOf(text)) ?? false
