/**
 * How a form is laid out, and how its values are put down: faces, ticks, ways of writing dates, phones and codes. Longer than
 * 400 lines: one seed chooses all of it, in one order.
 */
import { drawingSet } from './drawing-sets.ts'
import type { FaceName } from './faces.ts'
import type { Random } from './random.ts'
import type { Haste, Pen, Sheet } from './sheet.ts'

export const layoutNames = [
  'guide',
  'redrawn',
  'stacked',
  'open',
  'underlined',
  'landscape',
  'label-above',
  'banded',
  // Two labelled values a row; labels in a narrow column, wrapped; a cell at the left that spans the rows of its part.
  'paired',
  'narrow',
  'merged',
  // A ruled cell with the label over the value's cell; rules between rows only; two columns without cells.
  'headed',
  'three-line',
  'columns',
] as const
export type LayoutName = (typeof layoutNames)[number]
export type TickMark =
  | 'check'
  | 'filled'
  | 'printed-tick'
  | 'hand-tick'
  | 'cross'
  | 'tick-before'
  | 'tick-after'
  | 'ring'
  | 'slash'
  | 'sweeping'
  | 'blob'
  | 'ring-option'
/** Rules of cells: whole, dotted, dashed, with edges that are missing, or between rows only. */
export type Ruling = 'solid' | 'dotted' | 'dashed' | 'broken' | 'horizontal' | 'grey'

/** What a set of forms may be asked to have, whatever chance says: brackets or round buttons to tick, a second sheet, values struck out, a hasty hand, a box for each character of a code, services as one running paragraph, thin grey rules. */
export const formWays = [
  'brackets',
  'rounds',
  'two-sheets',
  'untitled-sheet',
  'corrected',
  'hasty',
  'comb',
  'running',
  'grey-rules',
] as const
export type FormWay = (typeof formWays)[number]

/** What an office's blank carries besides the form. */
export interface Furniture {
  readonly header: string | null
  readonly footer: string | null
  readonly barcode: string | null
  readonly logo: boolean
  readonly watermark: string | null
}

export interface FormStyle {
  readonly layout: LayoutName
  readonly labelFace: FaceName
  readonly titleFace: FaceName
  readonly labelSize: number
  readonly value: Pen
  /** How dark the rules are drawn, in points. */
  readonly rule: number
  readonly ruling: Ruling
  readonly margin: number
  /** Factor on all row heights. */
  readonly tallness: number
  /** Width of label cells in points. */
  readonly labelWidth: number
  /** Irregular row heights, as a form leaves a word processor. */
  readonly drift: number
  readonly tick: TickMark
  /** What a form prints to be ticked. */
  readonly choice: 'boxes' | 'brackets' | 'rounds'
  /** The services to tick follow one another in one paragraph, wherever its rows end. */
  readonly running: boolean
  /** The registration form runs over so many sheets; with its title on the second or without. */
  readonly sheets: 1 | 2
  readonly titledAgain: boolean
  readonly valueAlign: 'left' | 'center'
  readonly dates: 'template' | 'chinese' | 'dashed' | 'dotted'
  readonly phones: 'plain' | 'blanks' | 'dashes'
  readonly codes: 'plain' | 'spaced' | 'groups' | 'wide'
  /** A small box for each character of a code. */
  readonly comb: boolean
  readonly lowerX: boolean
  /** What stands after a label without a cell of its own. */
  readonly colon: string
  /** Blanks between the letters of short labels, as 联 系 电 话. */
  readonly spread: boolean
  readonly english: boolean
  /** Share of values that were begun wrong, struck out and written again. */
  readonly corrections: number
  readonly furniture: Furniture
}

export type Writing = 'typed' | 'hand'

const bare: Furniture = { header: null, footer: null, barcode: null, logo: false, watermark: null }

export function chooseStyle(
  random: Random,
  writing: Writing,
  {
    heldBack,
    harsh,
    layout,
    ways = [],
  }: { readonly heldBack: boolean; readonly harsh: boolean; readonly layout?: LayoutName | undefined; readonly ways?: readonly FormWay[] },
): FormStyle {
  const set = drawingSet(heldBack, harsh)
  const hand = writing === 'hand'
  const face = random.pick(hand ? set.hands : set.typed)
  const labelFace = random.pick(set.labels)
  const chosen = layout ?? random.pick(set.layouts)
  const ink = hand ? random.pick(['#1a2560', '#20242e', '#15151a', '#26357d']) : '#000'
  const more = random.fork('harsh')
  const wrapping = harsh && more.chance(0.2)
  const filling = random.fork('choosing')
  const hastes = random.fork('haste')
  const byChance = harsh && filling.chance(0.3) ? filling.pick(['brackets', 'rounds'] as const) : 'boxes'
  const choice = ways.find((way) => way === 'brackets' || way === 'rounds') ?? byChance
  const isSplit = (harsh && filling.chance(0.12)) || ways.includes('two-sheets') || ways.includes('untitled-sheet')
  const style: FormStyle = {
    layout: chosen,
    labelFace,
    titleFace: boldOf(labelFace),
    labelSize: random.between(10, 11.5),
    value: {
      face,
      size: (hand ? random.between(13, 16) : random.between(10.5, 12.5)) * (wrapping ? 1.16 : 1),
      color: harsh && hand && more.chance(0.25) ? more.pick(['#0d3fae', '#2f2f34', '#4a4a52', '#17386b']) : ink,
      wobble: hand ? random.between(0.6, 1.2) * (harsh ? more.between(0.8, 1.7) : 1) : 0,
      ...(hand && harsh ? { slant: more.bell() * 0.11, pressure: more.between(0, 0.4) } : {}),
      ...(hand && (ways.includes('hasty') || (harsh && hastes.chance(0.5))) ? { haste: chooseHaste(hastes, set.figures) } : {}),
    },
    rule: random.between(0.5, 1.1),
    ruling: more.pick(set.rulings),
    margin: random.between(48, 66),
    tallness: (chosen === 'redrawn' ? random.between(0.92, 1.12) : 1) * (wrapping ? 1.12 : 1),
    labelWidth: chosen === 'redrawn' ? random.between(84, 128) : chosen === 'narrow' ? more.between(46, 62) : 104,
    drift: chosen === 'redrawn' ? random.between(0.03, 0.14) : 0,
    tick: hand
      ? random.pick(set.ticks.filter((tick) => tick !== 'check' && tick !== 'filled' && tick !== 'printed-tick'))
      : random.pick(set.ticks),
    choice,
    running: ways.includes('running'),
    sheets: isSplit && chosen !== 'landscape' ? 2 : 1,
    titledAgain: filling.chance(0.7) && !ways.includes('untitled-sheet'),
    valueAlign: random.chance(0.6) ? 'left' : 'center',
    dates: random.pick(['template', 'template', 'chinese', 'dashed', 'dotted']),
    phones: random.pick(['plain', 'plain', 'plain', 'blanks', 'dashes']),
    codes: random.pick(
      hand
        ? ['plain', 'plain', 'spaced', 'groups']
        : ['plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'spaced', 'spaced', 'groups', 'groups', 'wide'],
    ),
    comb: (harsh && more.chance(0.14)) || ways.includes('comb'),
    lowerX: random.chance(0.3),
    colon: harsh ? more.pick(['：', '：', ':', '', ' :', '： ']) : '：',
    spread: harsh && more.chance(0.25),
    english: harsh && more.chance(0.12),
    corrections: ways.includes('corrected') ? 0.4 : harsh && (hand ? more.chance(0.3) : filling.chance(0.15)) ? 0.12 : 0,
    furniture: harsh ? chooseFurniture(more.fork('furniture')) : bare,
  }
  return ways.includes('grey-rules') ? { ...style, ruling: 'grey' } : style
}

function chooseHaste(random: Random, faces: readonly FaceName[]): Haste {
  return {
    figures: faces.length > 0 && random.chance(0.7) ? random.pick(faces) : null,
    sway: random.between(0.5, 1.3),
    crowding: random.chance(0.4) ? random.between(0.02, 0.08) : 0,
    nib: random.chance(0.5) ? 0 : random.between(0.01, 0.03),
  }
}

function boldOf(face: FaceName): FaceName {
  if (face === 'serif' || face === 'song' || face === 'serif-light') return 'serif-bold'
  if (face === 'kai' || face === 'kaiti') return 'kai-bold'
  return face === 'sans' || face === 'light' || face === 'zenhei' ? 'sans-bold' : face
}

function chooseFurniture(random: Random): Furniture {
  return {
    header: random.chance(0.25)
      ? random.pick(['表单编号：QR-XZ-07   版本：B/1', '内部存档联', '附件1', '行政部 · 关务组', '第二联  存根', 'FORM NO. CE-2026-A'])
      : null,
    footer: random.chance(0.3)
      ? random.pick([
          '第 1 页  共 1 页',
          '- 1 -',
          `打印时间：2026-11-${random.whole(10, 19)} ${random.whole(8, 17)}:${random.whole(10, 59)}`,
          '填表须知：请用黑色签字笔填写，字迹清楚',
          '此表可复印使用',
        ])
      : null,
    barcode: random.chance(0.1) ? `ZK${random.digits(10)}` : null,
    logo: random.chance(0.12),
    watermark: random.chance(0.1) ? random.pick(['内部资料', '仅供办理电子口岸业务使用', '关务部']) : null,
  }
}

/** The English of labels on bilingual forms. */
const english: Record<string, string> = {
  企业名称: 'Company',
  公司名称: 'Company',
  统一社会信用代码: 'USCC',
  经办人: 'Agent',
  联系人: 'Contact',
  联系电话: 'Tel.',
  持卡人姓名: 'Name',
  性别: 'Sex',
  证件类别: 'ID type',
  证件号码: 'ID No.',
  出生日期: 'Date of birth',
  '国籍（地区）': 'Nationality',
  职务: 'Position',
  用户地址: 'Address',
  收件地址: 'Address',
  收件人: 'Recipient',
}

/** A label as this office prints it. `cell` is a label in a cell of its own, which may take a second line. */
export function labelText(style: FormStyle, label: string, cell = false): string {
  const letters = Array.from(label.replaceAll('　', ''))
  const spread = style.spread && letters.length <= 4 ? letters.join(cell ? ' ' : '\u2009 ') : label
  const second = style.english ? english[letters.join('')] : undefined
  return second === undefined ? spread : `${spread}${cell ? '\n' : ' '}${second}`
}

export function writtenPhone(style: FormStyle, phone: string): string {
  if (/^1\d{10}$/.test(phone)) {
    const separator = style.phones === 'plain' ? '' : style.phones === 'blanks' ? ' ' : '-'
    return [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(separator)
  }
  // A landline is printed with its area code apart; its extension keeps the dash.
  return phone.startsWith('0592') && style.phones !== 'plain' ? `0592-${phone.slice(4)}` : phone
}

export function writtenCode(style: FormStyle, code: string): string {
  const text = style.lowerX && /^\d{17}X$/.test(code) ? code.replace('X', 'x') : code
  // Full-width digits and letters, as an input method left in the wrong mode types them.
  if (style.codes === 'wide') return text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
  return style.codes === 'groups' && text.length === 18 ? `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}` : text
}

export function writtenDate(style: FormStyle, date: string): string {
  if (date === '长期') return date
  const [year, month, day] = date.split('-') as [string, string, string]
  if (style.dates === 'dashed') return date
  if (style.dates === 'dotted') return `${year}.${month}.${day}`
  return style.lowerX ? `${year}年${Number(month)}月${Number(day)}日` : `${year}年${month}月${day}日`
}

/** The pen for codes, spread when the style says so. */
export function codePen(style: FormStyle): Pen {
  return style.codes === 'spaced' ? { ...style.value, spacing: style.value.size * 0.22 } : style.value
}

/** `2026 年 11 月 20 日` with the printed words in the label's face. Returns the end. `right` is the right edge when aligned right. */
export function drawDate(
  sheet: Sheet,
  style: FormStyle,
  date: string | null,
  x: number,
  y: number,
  field: string,
  align: 'left' | 'right' = 'left',
): number {
  const label: Pen = { face: style.labelFace, size: style.labelSize }
  if (sheet.widgets !== null) {
    const room = style.labelSize * 9
    const start = align === 'left' ? x : x - room
    sheet.widget(
      field,
      [start, y - style.labelSize * 1.1, room, style.labelSize * 1.5],
      date === null ? '' : writtenDate(style, date),
      style.labelSize,
    )
    return start + room
  }
  if (date !== null && style.dates !== 'template') {
    const text = writtenDate(style, date)
    const width = sheet.measure(text, style.value)
    const start = align === 'left' ? x : x - width
    const end = sheet.text(text, start, y, style.value)
    sheet.mark(field, [start, y - style.value.size, end - start, style.value.size * 1.25])
    return end
  }
  const parts = date === null ? ['', '', ''] : date.split('-').map((part) => (style.lowerX ? String(Number(part)) : part))
  const blanks = [style.labelSize * 3.4, style.labelSize * 2.2, style.labelSize * 2.2]
  const width = blanks.reduce((sum, blank) => sum + blank, 0) + style.labelSize * 3
  const start = align === 'left' ? x : x - width
  let at = start
  parts.forEach((part, i) => {
    if (part !== '') sheet.text(part, at + blanks[i]! / 2, y, style.value, 'center')
    at += blanks[i]!
    at = sheet.text('年月日'[i]!, at, y, label)
  })
  sheet.mark(field, [start, y - style.value.size, at - start, style.value.size * 1.3])
  return at
}
