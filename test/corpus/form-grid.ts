/** Rows of labelled values, laid out as the style says: ruled cells, labels above values, underlined blanks, no rules at all. */
import { codePen, labelText, writtenCode, writtenDate, writtenPhone, type FormStyle } from './form-style.ts'
import { strikeOut } from './strike-out.ts'
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
  left: number
  readonly right: number

  constructor(sheet: Sheet, style: FormStyle, top: number) {
    this.sheet = sheet
    this.style = style
    this.y = top
    this.left = style.margin
    this.right = sheet.width - style.margin
  }

  get ruled(): boolean {
    return this.style.layout !== 'open' && this.style.layout !== 'underlined' && this.style.layout !== 'columns'
  }

  get label(): Pen {
    return { face: this.style.labelFace, size: this.style.labelSize }
  }

  title(text: string, size = 16): void {
    const pen = { face: this.style.titleFace, size }
    let drawn = pen
    while (this.sheet.measure(text, drawn) > this.right - this.left + 20) drawn = { ...drawn, size: drawn.size * 0.96 }
    if (this.style.layout === 'merged') {
      const height = size * 2.1
      this.frame([this.left, this.y, this.right - this.left, height])
      this.sheet.fit(text, [this.left, this.y, this.right - this.left, height], drawn, { align: 'center' })
      this.y += height
      return
    }
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

  /** The rules around a cell, as whole as the style draws them. */
  frame([x, y, width, height]: Rect): void {
    const { sheet, style } = this
    const { context } = sheet
    if (style.ruling === 'solid') {
      sheet.frame([x, y, width, height], style.rule)
      return
    }
    if (style.ruling === 'grey') {
      sheet.frame([x, y, width, height], 0.45 * style.rule, '#999')
      return
    }
    if (style.ruling === 'dotted') context.setLineDash([1.2, 1.8])
    if (style.ruling === 'dashed') context.setLineDash([5, 2.5])
    const edges = [
      [x, y, x + width, y],
      [x, y + height, x + width, y + height],
      [x, y, x, y + height],
      [x + width, y, x + width, y + height],
    ] as const
    edges.forEach(([x1, y1, x2, y2], i) => {
      if (style.ruling === 'horizontal' && i > 1) return
      if (style.ruling === 'broken' && sheet.random.chance(0.16)) return
      sheet.line(x1, y1, x2, y2, style.rule)
    })
    context.setLineDash([])
  }

  /** Rows of a part of the form; a merged layout has a cell at their left that names the part. */
  group(label: string, rows: () => void): void {
    if (this.style.layout !== 'merged') {
      rows()
      return
    }
    const { left, y } = this
    const side = this.style.labelSize * 2.2
    this.left = left + side
    rows()
    this.left = left
    this.frame([left, y, side, this.y - y])
    this.sheet.fit(Array.from(label).join('\n'), [left, y, side, this.y - y], this.label, { align: 'center', padding: 1, leading: 1.15 })
  }

  /** Items with rows of their own, which a paired layout puts two into a row. */
  rows(items: readonly Item[], base?: number): void {
    const pairs = this.style.layout === 'paired' || this.style.layout === 'columns'
    if (pairs) for (let i = 0; i < items.length; i += 2) this.row(items.slice(i, i + 2), base)
    else for (const item of items) this.row([item], base)
  }

  #height(base: number): number {
    const { tallness, drift, layout } = this.style
    const tall = { stacked: 1.18, 'label-above': 1.18, headed: 1.32, landscape: 0.86, paired: 1.22, narrow: 1.14, merged: 1, columns: 1.2 }
    const factor = tall[layout as keyof typeof tall] ?? 1
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
    const labelWidth = Math.min(style.labelWidth * (style.layout === 'narrow' ? 1 : (item.labelShare ?? 1)), width * 0.5)
    const inline = labelText(style, item.label)
    switch (style.layout) {
      case 'stacked':
        this.frame([x, y, width, height])
        sheet.text(inline, x + 4, y + style.labelSize * 1.05, { ...this.label, size: style.labelSize * 0.86 })
        this.value(item, [x, y + style.labelSize * 1.15, width, height - style.labelSize * 1.15], 'left')
        break
      case 'headed': {
        const head = style.labelSize * 1.45
        this.frame([x, y, width, head])
        this.frame([x, y + head, width, height - head])
        sheet.fit(inline, [x, y, width, head], this.label, { align: style.valueAlign, padding: 4 })
        this.value(item, [x, y + head, width, height - head])
        break
      }
      case 'label-above':
        sheet.text(inline, x + 4, y + style.labelSize * 1.05, { ...this.label, size: style.labelSize * 0.9, color: '#333' })
        this.value(item, [x, y + style.labelSize * 1.15, width, height - style.labelSize * 1.15], 'left')
        sheet.line(x + 3, y + height - 1, x + width - 8, y + height - 1, 0.4, '#888')
        break
      case 'open':
      case 'columns':
      case 'underlined': {
        const end = sheet.text(`${inline}${style.colon}`, x + 2, y + height * 0.68, this.label)
        const rest = x + width - end - 8
        if (style.layout !== 'open') {
          if (style.layout === 'columns') sheet.context.setLineDash([1, 2])
          sheet.line(end, y + height * 0.68 + 3, end + rest, y + height * 0.68 + 3, 0.6)
          sheet.context.setLineDash([])
        }
        this.value(item, [end, y, rest, height], 'left')
        break
      }
      case 'three-line':
        sheet.line(x, y, x + width, y, style.rule)
        sheet.line(x, y + height, x + width, y + height, style.rule)
        sheet.fit(
          labelText(style, item.label, true),
          [x, y, labelWidth, height],
          { ...this.label, face: style.titleFace },
          { leading: 1.2 },
        )
        this.value(item, [x + labelWidth, y, width - labelWidth, height])
        break
      default:
        if (style.layout === 'banded') {
          sheet.context.fillStyle = '#eef0f3'
          sheet.context.fillRect(x, y, labelWidth, height)
        }
        this.frame([x, y, labelWidth, height])
        this.frame([x + labelWidth, y, width - labelWidth, height])
        sheet.fit(labelText(style, item.label, true), [x, y, labelWidth, height], this.label, { align: 'center', leading: 1.2, padding: 2 })
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
    if (style.comb && item.type === 'code' && rect[2] > item.value.length * pen.size * 0.75) {
      this.#comb(item.value, rect, pen, item.field)
      return
    }
    const reach = style.value.haste ? 2.8 : style.value.pressure === undefined ? 1 : 1.8
    const drift = style.value.wobble ? sheet.random.bell() * 1.2 * reach : 0
    // Over the rules of its cell, but nobody writes over the label above.
    const shift = style.layout === 'stacked' || style.layout === 'label-above' ? Math.max(-1.5, drift) : drift
    const struck = strikeOut(sheet, style, text, [rect[0], rect[1] + shift, rect[2], rect[3]], pen)
    const room: Rect = [rect[0] + struck, rect[1] + shift, rect[2] - struck, rect[3]]
    sheet.fit(text, room, pen, { align: struck > 0 ? 'left' : align, leading: 1.12, field: item.field })
  }

  /** One character in each of as many boxes as the code has. */
  #comb(code: string, [x, y, width, height]: Rect, pen: Pen, field: string): void {
    const { sheet } = this
    const letters = Array.from(code)
    const step = Math.min((width - 8) / letters.length, height * 0.9)
    const tall = Math.min(height - 5, step * 1.25)
    const top = y + (height - tall) / 2
    letters.forEach((letter, i) => {
      sheet.frame([x + 4 + i * step, top, step, tall], 0.5)
      const size = Math.min(pen.size, step * 1.1)
      sheet.text(letter, x + 4 + (i + 0.5) * step, top + tall / 2 + size * 0.36, { ...pen, size, spacing: 0 }, 'center')
    })
    sheet.mark(field, [x + 4, top, letters.length * step, tall])
  }

  /** A tall area with its label at the side (ruled) or above; `draw` fills what is left. */
  block(label: string, base: number, draw: (rect: Rect) => void, from = this.left, to = this.right): Rect {
    const { sheet, style } = this
    const height = style.layout === 'landscape' ? base : base * (1 + (style.tallness - 1) * 0.5)
    const y = this.y
    if (!this.ruled || style.layout === 'stacked' || style.layout === 'label-above' || style.layout === 'headed') {
      if (style.layout === 'stacked' || style.layout === 'headed') this.frame([from, y, to - from, height])
      sheet.text(label, from + 4, y + style.labelSize * 1.35, { face: style.titleFace, size: style.labelSize })
      draw([from + 10, y + style.labelSize * 1.5, to - from - 14, height - style.labelSize * 1.5])
    } else {
      const side = style.layout === 'guide' ? 58 : style.layout === 'merged' ? style.labelSize * 2.2 : Math.min(style.labelWidth, 84)
      if (style.layout === 'banded') {
        sheet.context.fillStyle = '#eef0f3'
        sheet.context.fillRect(from, y, side, height)
      }
      this.frame([from, y, side, height])
      this.frame([from + side, y, to - from - side, height])
      const upright = (style.layout === 'guide' || style.layout === 'merged') && height > 90
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
