/** What a value's certainty rests on, or what speaks against it, in a clerk's words. */
import { documentFields, documentTitles, serviceTitles, type DocumentKind, type ServiceCode } from './papers.ts'

/** For every code of evidence: its words, and whether it speaks for the value, against it, or only says where it is from. */
const words: Readonly<Record<string, readonly [words: string, speaks: 'for' | 'against' | 'from']>> = {
  'check-digit': ['校验码正确', 'for'],
  'organisation-code': ['机构代码校验正确', 'for'],
  format: ['格式正确', 'for'],
  barcode: ['来自二维码', 'from'],
  acroform: ['来自电子表单', 'from'],
  'text-layer': ['来自电子文本', 'from'],
  'machine-zone': ['来自机读区', 'from'],
  dictionary: ['见于词典', 'for'],
  title: ['证件名称清楚', 'for'],
  'date-exists': ['日期存在', 'for'],
  'term-holds': ['期限年数相符', 'for'],
  'clear-ticks': ['勾选清楚', 'for'],
  'ticked-row': ['由勾选所在行得知', 'from'],
  clear: ['字迹清楚', 'for'],
  'read-twice': ['两次读取一致', 'for'],
  'two-readers': ['两个识别器读取一致', 'for'],
  'second-reader': ['由第二识别器读出', 'from'],
  'through-seal': ['去除印色前后读取一致', 'for'],
  'spelled-by-seal': ['与印章文字一致', 'for'],
  counted: ['字数与笔迹相符', 'for'],
  'eleven-plain': ['十一位数字逐一清楚', 'for'],
  'by-hand': ['手写', 'from'],
  'known-word': ['手写可辨且见于词典', 'for'],
  region: ['行政区划存在', 'for'],
  'second-reading': ['重新读取过', 'from'],
  blank: ['纸面空白', 'for'],
  'no-ink': ['栏内没有墨迹', 'for'],
  'not-on-this-paper': ['本页没有此栏', 'for'],
  'from-id-number': ['由证件号码推得', 'from'],
  'by-birth-date': ['依出生日期补全', 'from'],
  'from-total': ['由总金额推得', 'from'],
  'from-other-paper': ['依其他材料补全', 'against'],
  'agrees-with-print': ['与纸面文字相符', 'for'],
  'print-unclear': ['纸面看不清', 'against'],
  'differs-from-code': ['与二维码所载不同', 'against'],
  mended: ['已按规律补正', 'against'],
  'against-print': ['补正的字与所读的字不同', 'against'],
  'under-seal': ['被印章遮盖', 'against'],
  faint: ['字迹不清', 'against'],
  gap: ['字间可能漏读', 'against'],
  'passed-over': ['字间漏读一字', 'against'],
  'odd-character': ['有人名或地址中少见的字', 'against'],
  'seal-differs': ['与印章文字差一字', 'against'],
  uncounted: ['数字未能逐个数清', 'against'],
  'struck-out': ['另有划去的字', 'against'],
  'ink-below': ['下方另有字迹', 'against'],
  'ink-beside': ['旁边另有字迹', 'against'],
  'cut-short': ['起止不完整', 'against'],
  'open-end': ['末尾之后可能还有字', 'against'],
  forever: ['“长期”二字清楚', 'for'],
  unlisted: ['不见于名录', 'against'],
  misplaced: ['像是别处的内容', 'against'],
  'in-every-row': ['所勾选的各项都写这个卡号', 'for'],
  'end-seen': ['末尾之后没有墨迹', 'for'],
}

/** `check-digit`, `agrees:business-licence.uscc` … in words; undefined for what means nothing to a clerk. */
export function evidenceWords(evidence: string): string | undefined {
  const [what = '', where = ''] = evidence.split(':')
  if (what === 'card-number-at') return `“${serviceTitles[where as ServiceCode] ?? where}”一行写有卡号`
  if (what !== 'agrees') return words[what]?.[0]
  const [kind = '', field] = where.split('.')
  // A field of the same paper is named without its paper; on the sheet for two cards with the holder's prefix.
  if (field === undefined || kind === 'legal' || kind === 'operator') return `与${labelOf(where)}相符`
  return `与${documentTitles[kind as DocumentKind] ?? '其他材料'}一致`
}

/** All that is known of a value in a few words: what counts most for a value in doubt is what speaks against it. */
export function evidenceSummary(evidence: readonly string[] | undefined, most = Number.POSITIVE_INFINITY): string[] {
  const rank = (one: string) => (one.startsWith('card-number-at:') ? 0 : { against: 0, for: 1, from: 2 }[words[one]?.[1] ?? 'for'])
  const told = (evidence ?? []).toSorted((one, other) => rank(one) - rank(other)).map(evidenceWords)
  return [...new Set(told.filter((one) => one !== undefined))].slice(0, most)
}

const labelOf = (name: string): string =>
  Object.values(documentFields)
    .flat()
    .find((field) => field.name === name)?.label ?? '同页另一项'
