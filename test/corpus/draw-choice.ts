/** What is ticked on a form, and the marks that people make. */
import type { FormStyle } from './form-style.ts'
import type { Pen, Rect, Sheet } from './sheet.ts'

/**
 * A square, a pair of brackets or a round button to tick, and its label; returns the end. The mark is drawn as the style says,
 * drawn by hand with strokes that run over the square.
 */
export function drawChoice(
  sheet: Sheet,
  style: FormStyle,
  label: string,
  ticked: boolean,
  x: number,
  y: number,
  field?: string,
  pen: Pen = { face: style.labelFace, size: style.labelSize },
): number {
  const side = pen.size * 0.86
  const top = y - side * 0.93
  const left = x + 1
  const draw = ways[sheet.widgets === null ? style.choice : 'boxes']
  const end = draw(sheet, style, label, ticked, [left, top, side, y], pen)
  if (ticked && field !== undefined) sheet.mark(field, [left - 2, top - 2, end - left + 4, side + 6])
  return end
}

/** Draws an option with its mark; `place` is its square: left, top, side, and the baseline of its words. Returns the end. */
type DrawOption = (sheet: Sheet, style: FormStyle, label: string, ticked: boolean, place: Rect, pen: Pen) => number

/** □新用户入网. */
const drawBoxed: DrawOption = (sheet, style, label, ticked, [left, top, side, baseline], pen) => {
  sheet.frame([left, top, side, side], 0.7)
  const end = sheet.text(label, left + side + pen.size * 0.25, baseline, pen)
  if (sheet.widgets !== null) sheet.widgets.push({ name: label, rect: [left, top, side, side], value: ticked, size: side })
  else if (ticked) drawTick(sheet, style, [left, top, side, side], end)
  return end
}

/** （√）新用户入网. */
const drawBracketed: DrawOption = (sheet, style, label, ticked, [left, top, side, baseline], pen) => {
  const typed = ['（', '）'] as const
  const room = side * sheet.random.fork(`brackets ${style.labelFace}`).between(0.5, 1)
  const from = sheet.text(typed[0], left, baseline, pen)
  const start = sheet.text(typed[1], from + room - pen.size * 0.6, baseline, pen)
  const middle = (left + start) / 2
  if (ticked && style.value.wobble) drawTick(sheet, { ...style, tick: 'hand-tick' }, [middle - side / 2, top, side, side], start)
  else if (ticked) sheet.text('√', middle, baseline, { ...pen, face: 'serif', size: pen.size * 0.9 }, 'center')
  const end = sheet.text(label, start, baseline, pen)
  return end
}

/** ◉ 新用户入网. */
const drawRound: DrawOption = (sheet, style, label, ticked, [left, top, side, baseline], pen) => {
  const { context } = sheet
  const disc = (radius: number, isFilled: boolean): void => {
    context.beginPath()
    context.arc(left + side / 2, top + side / 2, radius, 0, 2 * Math.PI)
    context.lineWidth = 0.7
    context.strokeStyle = context.fillStyle = '#000'
    if (isFilled) context.fill()
    else context.stroke()
  }
  disc(side / 2, false)
  const end = sheet.text(label, left + side + pen.size * 0.25, baseline, pen)
  if (ticked && style.value.wobble) drawTick(sheet, { ...style, tick: 'hand-tick' }, [left, top, side, side], end)
  else if (ticked) disc(side * (style.tick === 'filled' ? 0.5 : 0.26), true)
  return end
}

const ways: Readonly<Record<FormStyle['choice'], DrawOption>> = { boxes: drawBoxed, brackets: drawBracketed, rounds: drawRound }

function drawTick(sheet: Sheet, style: FormStyle, [x, y, side]: Rect, end: number): void {
  const { context, random } = sheet
  const ink = style.value.wobble ? (style.value.color ?? '#000') : '#000'
  context.strokeStyle = ink
  context.lineCap = 'round'
  const stroke = (points: readonly (readonly [number, number])[], width: number): void => {
    context.lineWidth = width
    context.beginPath()
    const [first, second, third] = points
    context.moveTo(first![0], first![1])
    if (third === undefined) context.lineTo(second![0], second![1])
    else {
      context.lineTo(second![0], second![1])
      context.quadraticCurveTo((second![0] + third[0]) / 2 - side * 0.1, (second![1] + third[1]) / 2, third[0], third[1])
    }
    context.stroke()
  }
  const jitter = (): number => random.bell() * side * 0.07
  const handTick = (cx: number, cy: number, size: number): void =>
    stroke(
      [
        [cx - size * 0.5 + jitter(), cy - size * 0.05 + jitter()],
        [cx - size * 0.12 + jitter(), cy + size * 0.42 + jitter()],
        [cx + size * 0.75 + jitter(), cy - size * 0.75 + jitter()],
      ],
      random.between(0.9, 1.5),
    )
  const cx = x + side / 2
  const cy = y + side / 2
  switch (style.tick) {
    case 'check':
      stroke(
        [
          [x + side * 0.15, y + side * 0.5],
          [x + side * 0.42, y + side * 0.8],
          [x + side * 0.88, y + side * 0.15],
        ],
        1,
      )
      break
    case 'filled':
      context.fillStyle = '#000'
      context.fillRect(x, y, side, side)
      break
    case 'printed-tick':
      sheet.text('√', cx, y + side * 0.95, { face: 'serif', size: side * 1.25 }, 'center')
      break
    case 'hand-tick':
      handTick(cx, cy, side * random.between(1, 1.7))
      break
    case 'cross':
      stroke(
        [
          [x - side * 0.1 + jitter(), y + jitter()],
          [x + side * 1.1 + jitter(), y + side + jitter()],
        ],
        1.1,
      )
      stroke(
        [
          [x + side * 1.1 + jitter(), y - side * 0.05 + jitter()],
          [x - side * 0.05 + jitter(), y + side + jitter()],
        ],
        1.1,
      )
      break
    case 'tick-before':
      handTick(x - side * 0.25, cy, side * 1.2)
      break
    case 'tick-after':
      handTick(end + side * 0.6, cy, side * 1.2)
      break
    case 'slash':
      stroke(
        [
          [x + side * 0.02 + jitter(), y + side * 1.12 + jitter()],
          [x + side * 1.02 + jitter(), y - side * 0.15 + jitter()],
        ],
        1.2,
      )
      break
    case 'sweeping':
      stroke(
        [
          [x + side * 0.1 + jitter(), y + side * 0.45 + jitter()],
          [x + side * 0.4 + jitter(), y + side * 0.95 + jitter()],
          [x + side * random.between(1.7, 2.6), y - side * random.between(0.6, 1)],
        ],
        random.between(0.8, 1.3),
      )
      break
    case 'blob':
      context.fillStyle = ink
      context.beginPath()
      context.ellipse(cx + jitter(), cy + jitter(), side * random.between(0.24, 0.34), side * random.between(0.22, 0.3), 0.4, 0, 7)
      context.fill()
      break
    case 'ring-option':
      handTick(cx, cy, side * 1.1)
      context.lineWidth = 1
      context.beginPath()
      context.ellipse((x + end) / 2, cy, (end - x) / 2 + side * 0.5, side * 0.95, 0.01, 0.3, 6.5)
      context.stroke()
      break
    case 'ring':
      handTick(cx, cy, side)
      context.lineWidth = 1
      context.beginPath()
      context.ellipse(cx, cy, side * 0.95, side * 0.85, 0.2, 0.3, 6.4)
      context.stroke()
      break
  }
  context.lineCap = 'butt'
}
