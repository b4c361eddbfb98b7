/** Rows of labelled values, laid out as the style says: ruled cells, labels above values, underlined blanks, no rules at all. */
import { codePen, writtenCode, writtenDate, writtenPhone, type FormStyle } from './form-style.ts'
import type { Pen, Rect, Sheet } from './sheet.ts'

export interface Item {
  readonly label: string
  /** Null is an empty cell. */
  readonly value: string | null
  readonly field: string
  readonly type?: 'text' | 'date' | 'phone' | 'code'
  /** Part of the row's width, relative to the others. */
  readonly share?: number
  /** Width of the label cell as factor of the style's. */
  readonly labelShare?: number
}

export class FormGrid {
  readonly sheet: Sheet
  readonly style: FormStyle
  y: number
  readonly left: number
  readonly right: number

  constructor(sheet: Sheet, style: FormStyle, top: number) {
    this.sheet = sheet
    this.style = style
    this.y = top
    this.left = style.margin
    this.right = sheet.width - style.margin
  }

  get ruled(): boolean {
    return this.style.layout !== 'open' && this.style.layout !== 'underlined'
  }

  get label(): Pen {
    return { face: this.style.labelFace, size: this.style.labelSize }
  }

  title(text: string, size = 16): void {
    const pen = { face: this.style.titleFace, size }
    let drawn = pen
    while (this.sheet.measure(text, drawn) > this.right - this.left + 20) drawn = { ...drawn, size: drawn.size * 0.96 }
    this.sheet.text(text, this.sheet.width / 2, this.y + size, drawn, 'center')
    this.y += size * 1.9
  }

  heading(text: string): void {
    if (this.style.layout === 'banded') {
      this.sheet.context.fillStyle = '#e4e6ea'
      this.sheet.context.fillRect(this.left, this.y, this.right - this.left, this.style.labelSize * 2)
    }
    const pen = { face: this.style.titleFace, size: this.style.labelSize * 1.12 }
    if (this.style.layout === 'guide') this.sheet.text(text, this.sheet.width / 2, this.y + this.style.labelSize * 1.4, pen, 'center')
    else this.sheet.text(text, this.left + 4, this.y + this.style.labelSize * 1.4, pen)
    this.y += this.style.labelSize * 2.1
  }

  #height(base: number): number {
    const { tallness, drift, layout } = this.style
    const factor = layout === 'stacked' || layout === 'label-above' ? 1.18 : layout === 'landscape' ? 0.86 : 1
    return base * tallness * factor * (1 + this.sheet.random.between(-0.2, 1) * drift)
  }

  row(items: readonly Item[], base = 27): void {
    const height = this.#height(base)
    const total = items.reduce((sum, item) => sum + (item.share ?? 1), 0)
    let x = this.left
    for (const item of items) {
      const width = ((item.share ?? 1) / total) * (this.right - this.left)
      this.#cell(item, [x, this.y, width, height])
      x += width
    }
    this.y += height
  }

  #cell(item: Item, [x, y, width, height]: Rect): void {
    const { sheet, style } = this
    const labelWidth = Math.min(style.labelWidth * (item.labelShare ?? 1), width * 0.5)
    switch (style.layout) {
      case 'stacked':
        sheet.frame([x, y, width, height], style.rule)
        sheet.text(item.label, x + 4, y + style.labelSize * 1.05, { ...this.label, size: style.labelSize * 0.86 })
        this.value(item, [x, y + style.labelSize * 1.15, width, height - style.labelSize * 1.15], 'left')
        break
      case 'label-above':
        sheet.text(item.label, x + 4, y + style.labelSize * 1.05, { ...this.label, size: style.labelSize * 0.9, color: '#333' })
        this.value(item, [x, y + style.labelSize * 1.15, width, height - style.labelSize * 1.15], 'left')
        sheet.line(x + 3, y + height - 1, x + width - 8, y + height - 1, 0.4, '#888')
        break
      case 'open':
      case 'underlined': {
        const end = sheet.text(`${item.label}：`, x + 2, y + height * 0.68, this.label)
        const rest = x + width - end - 8
        if (style.layout === 'underlined') sheet.line(end, y + height * 0.68 + 3, end + rest, y + height * 0.68 + 3, 0.6)
        this.value(item, [end, y, rest, height], 'left')
        break
      }
      default:
        if (style.layout === 'banded') {
          sheet.context.fillStyle = '#eef0f3'
          sheet.context.fillRect(x, y, labelWidth, height)
        }
        sheet.frame([x, y, labelWidth, height], style.rule)
        sheet.frame([x + labelWidth, y, width - labelWidth, height], style.rule)
        sheet.fit(item.label, [x, y, labelWidth, height], this.label, { align: 'center', leading: 1.2, padding: 2 })
        this.value(item, [x + labelWidth, y, width - labelWidth, height])
    }
  }

  /** Writes a value into a rectangle, or marks where the empty value would stand. */
  value(item: Item, rect: Rect, align = this.style.valueAlign): void {
    const { sheet, style } = this
    if (item.value === null) {
      if (sheet.widgets === null) sheet.mark(item.field, rect)
      else sheet.widget(item.field, rect, '', style.value.size)
      return
    }
    const text =
      item.type === 'date'
        ? writtenDate(style, item.value)
        : item.type === 'phone'
          ? writtenPhone(style, item.value)
          : item.type === 'code'
            ? writtenCode(style, item.value)
            : item.value
    const pen = item.type === 'code' ? codePen(style) : style.value
    const shift = style.value.wobble ? sheet.random.bell() * 1.2 : 0
    sheet.fit(text, [rect[0], rect[1] + shift, rect[2], rect[3]], pen, { align, leading: 1.12, field: item.field })
  }

  /** A tall area with its label at the side (ruled) or above; `draw` fills what is left. */
  block(label: string, base: number, draw: (rect: Rect) => void, from = this.left, to = this.right): Rect {
    const { sheet, style } = this
    const height = style.layout === 'landscape' ? base : base * (1 + (style.tallness - 1) * 0.5)
    const y = this.y
    if (!this.ruled || style.layout === 'stacked' || style.layout === 'label-above') {
      if (style.layout === 'stacked') sheet.frame([from, y, to - from, height], style.rule)
      sheet.text(label, from + 4, y + style.labelSize * 1.35, { face: style.titleFace, size: style.labelSize })
      draw([from + 10, y + style.labelSize * 1.5, to - from - 14, height - style.labelSize * 1.5])
    } else {
      const side = style.layout === 'guide' ? 58 : Math.min(style.labelWidth, 84)
      if (style.layout === 'banded') {
        sheet.context.fillStyle = '#eef0f3'
        sheet.context.fillRect(from, y, side, height)
      }
      sheet.frame([from, y, side, height], style.rule)
      sheet.frame([from + side, y, to - from - side, height], style.rule)
      const upright = style.layout === 'guide' && height > 90
      sheet.fit(upright ? Array.from(label).join('\n') : label, [from, y, side, height], this.label, { align: 'center' })
      draw([from + side, y, to - from - side, height])
    }
    this.y += height
    return [from, y, to - from, height]
  }

  note(text: string, size = 9): void {
    const rect = this.sheet.fit(
      text,
      [this.left, this.y + 4, this.right - this.left, 60],
      { face: this.style.labelFace, size },
      { vertical: 'top', padding: 0 },
    )
    this.y += rect[3] + 8
  }
}
