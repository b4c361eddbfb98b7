/** What the bench counts: whether a value stands in a page's text, how trust compares with truth, the columns of the bar. */
import { fold, type JudgedValue } from '../test/corpus/score-reading.ts'
import type { TruthDocument } from '../test/corpus/truth.ts'

/** Fields that a page's text need not spell as the truth does: ticks, and dates in any manner of writing. */
const unspelled = new Set(['services', 'deliveryMethod', 'idType', 'sex', 'items', 'nationality'])

/** Letters and digits only: rules, blanks and line ends that an engine puts between them do not count. */
export const spell = (text: string): string =>
  fold(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The values of a document that a page's text can spell, as texts. */
export function textValues(document: TruthDocument): string[] {
  return Object.entries(document.fields)
    .filter(([name, { legible }]) => !unspelled.has(name) && legible !== false)
    .flatMap(([, { value }]) =>
      Array.isArray(value) ? value.filter((item) => typeof item === 'string') : typeof value === 'string' ? [value] : [],
    )
    .filter((value) => !/^\d{4}-\d\d-\d\d/.test(value) && spell(value).length > 1)
}

export function countFound(values: readonly string[], text: string): number {
  const spelled = spell(text)
  return values.filter((value) => spelled.includes(spell(value))).length
}

/** The columns. A truth's device may carry ` hand`. */
export function columnOf(device: string): string {
  const hand = device.endsWith(' hand')
  const name = device.replace(' hand', '')
  if (name.startsWith('phone')) return hand ? 'hand, phone' : 'phone'
  if (name.startsWith('fax') || name.startsWith('bilevel')) return hand ? 'hand, fax' : 'fax'
  if (name.startsWith('scan') || (hand && name.startsWith('gray'))) return hand ? 'hand, scan' : 'scan'
  return name.startsWith('gray') ? 'grey' : 'digital'
}

export function typeOf(field: string): string {
  const name = field.slice(field.lastIndexOf('.') + 1)
  if (/uscc|idNumber|taxpayerId|CardNumber|cardNumber|orderNumber/.test(name)) return 'code'
  if (/[pP]hone|fax/.test(name)) return 'phone'
  if (/[dD]ate|valid|Time|Term/.test(name)) return 'date'
  if (/[aA]ddress/.test(name)) return 'address'
  if (/[nN]ame|invoiceTitle|issuer/.test(name)) return 'name'
  if (/services|deliveryMethod/.test(name)) return 'tick'
  return /items|total/.test(name) ? 'purchase' : 'word'
}

export interface TrustRow {
  readonly group: string
  readonly values: number
  /** Mean of what was claimed, and share that was right. */
  readonly claimed: number
  readonly measured: number
  readonly wrong: number
}

/** Rows of claimed against measured, by any grouping; `undefined` leaves a value out. */
export function tableTrust(values: readonly JudgedValue[], groupOf: (value: JudgedValue) => string | undefined): TrustRow[] {
  const groups = Map.groupBy(values, groupOf)
  return [...groups]
    .filter((entry): entry is [string, JudgedValue[]] => entry[0] !== undefined)
    .map(([group, members]) => ({
      group,
      values: members.length,
      claimed: members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length,
      measured: members.filter(({ right }) => right).length / members.length,
      wrong: members.filter(({ right }) => !right).length,
    }))
    .toSorted((one, other) => one.group.localeCompare(other.group))
}

/** What was claimed of a value: few shares are, so that each is a row. */
export const claimOf = (confidence: number): string => confidence.toFixed(4)
