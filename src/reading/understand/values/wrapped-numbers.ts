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
const figuresOf = (text: string, grouping = /[-\s()]/gu): string => text.toUpperCase().replace(/^[:;]/u, '').replace(grouping, '')

export const isWrappedNumber = (type: FieldType): boolean => whole[type] !== undefined
const withExtension = /^0\d{2,3}-?\d{7,8}-\d{1,6}$/u
/** 0592-3847591- goes on with its extension. */
const isOpen = (text: string, type: FieldType): boolean => type === 'phone' && /\d-$/u.test(text)
export const isWholeNumber = (text: string, type: FieldType): boolean =>
  !isOpen(text, type) &&
  ((whole[type]?.test(figuresOf(text)) ?? false) || (type === 'phone' && withExtension.test(figuresOf(text, /[\s()]/gu))))
/** What its rows lack may stand above the row of its label. */
export const isEndOfNumber = (text: string, type: FieldType): boolean => type === 'id-number' && /^\d{9,16}[\dX]$/u.test(figuresOf(text))
export const isBeginOfNumber = (text: string, type: FieldType): boolean => begin[type]?.test(figuresOf(text)) ?? false
