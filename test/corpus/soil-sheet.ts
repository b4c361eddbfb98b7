/**
 * What happens to a sheet on desks: a ring of coffee, the stamp of a mail room, a note at the margin, a paper clip, a slip
 * stuck on it. Nothing that covers goes where something stands; only stains and stamps may touch print, and no value.
 */
import type { Canvas } from '@napi-rs/canvas'
import { fontFor } from './faces.ts'
import type { Random } from './random.ts'
import type { Rect, Sheet } from './sheet.ts'

export function soilSheet(sheet: Sheet, canvas: Canvas): void {
  const random = sheet.random.fork('soil')
  const free = (rect: Rect): boolean => isBlank(sheet, canvas, rect)
  if (random.chance(0.1)) coffeeRing(sheet, random)
  if (random.chance(0.16)) place(sheet, random, 92, 44, clearOfValues(sheet), (x, y) => receiptStamp(sheet, random, x, y))
  if (random.chance(0.16)) place(sheet, random, 96, 24, free, (x, y) => marginNote(sheet, random, x, y))
  if (random.chance(0.07)) place(sheet, random, 84, 64, free, (x, y) => stickyNote(sheet, random, x, y))
  if (random.chance(0.06)) paperClip(sheet, random)
  if (random.chance(0.02)) coverValue(sheet, random)
}

/** A slip stuck over a value by mistake: the truth tells that nobody can read it. */
function coverValue(sheet: Sheet, random: Random): void {
  const small = [...sheet.fields].filter(([, [, , width, height]]) => width > 20 && width < 76 && height < 24)
  if (small.length === 0) return
  const [, [x, y, width, height]] = random.pick(small)
  const slip: Rect = [x + width / 2 - 42, y + height / 2 - 32, 84, 64]
  stickyNote(sheet, random, slip[0], slip[1])
  for (const [field, rect] of sheet.fields) if (overlaps(rect, slip)) sheet.covered.add(field)
}

/** Tries places until one is fit. */
function place(
  sheet: Sheet,
  random: Random,
  width: number,
  height: number,
  isFit: (rect: Rect) => boolean,
  draw: (x: number, y: number) => void,
): void {
  for (let i = 0; i < 14; i++) {
    const x = random.between(12, sheet.width - width - 12)
    const y = random.between(14, sheet.height - height - 14)
    if (!isFit([x, y, width, height])) continue
    draw(x, y)
    return
  }
}

const overlaps = ([ax, ay, aw, ah]: Rect, [bx, by, bw, bh]: Rect): boolean => ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah

const clearOfValues =
  (sheet: Sheet) =>
  (rect: Rect): boolean =>
    ![...sheet.fields.values(), ...sheet.seals.map((seal) => seal.rect)].some((field) => overlaps(rect, field))

/** Asks the painted pixels, where the device leaves them to be asked. */
function isBlank(sheet: Sheet, canvas: Canvas, [x, y, width, height]: Rect): boolean {
  if (!clearOfValues(sheet)([x, y, width, height])) return false
  const { a, b, c, d, e, f } = sheet.context.getTransform()
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ].map(([px, py]) => [a * px! + c * py! + e, b * px! + d * py! + f] as const)
  const left = Math.max(0, Math.floor(Math.min(...corners.map(([px]) => px))))
  const top = Math.max(0, Math.floor(Math.min(...corners.map(([, py]) => py))))
  const right = Math.min(canvas.width, Math.ceil(Math.max(...corners.map(([px]) => px))))
  const bottom = Math.min(canvas.height, Math.ceil(Math.max(...corners.map(([, py]) => py))))
  if (right - left < 2 || bottom - top < 2) return false
  const { data } = sheet.context.getImageData(left, top, right - left, bottom - top)
  for (let i = 0; i < data.length; i += 4) if (data[i]! + data[i + 1]! + data[i + 2]! < 660) return false
  return true
}

function coffeeRing(sheet: Sheet, random: Random): void {
  const { context } = sheet
  const radius = random.between(90, 125)
  const [x, y] = [random.between(0, sheet.width), random.between(0, sheet.height)]
  context.save()
  context.globalCompositeOperation = 'multiply'
  for (let i = 0; i < 5; i++) {
    context.globalAlpha = random.between(0.1, 0.3)
    context.strokeStyle = random.pick(['#b08a5a', '#a67c4a', '#c4a273'])
    context.lineWidth = random.between(1, 5)
    const from = random.between(0, 6)
    context.beginPath()
    context.ellipse(x, y, radius + random.bell() * 2, radius + random.bell() * 3, 0, from, from + random.between(2, 6))
    context.stroke()
  }
  context.restore()
}

/** A mail room's stamp with its date: no seal of a company, and no date of a form. */
function receiptStamp(sheet: Sheet, random: Random, x: number, y: number): void {
  const { context } = sheet
  const ink = random.pick(['#c8283c', '#2b4fa8', '#2b4fa8', '#4b4b55'])
  const round = random.chance(0.35)
  const date = `2026.11.${random.whole(10, 20)}`
  context.save()
  context.globalCompositeOperation = 'multiply'
  context.globalAlpha = random.between(0.5, 0.85)
  context.translate(x + 46, y + 22)
  context.rotate(random.bell() * 0.12)
  context.strokeStyle = ink
  context.fillStyle = ink
  context.lineWidth = 1.4
  context.textAlign = 'center'
  if (round) {
    context.beginPath()
    context.arc(0, 0, 24, 0, 7)
    context.moveTo(-22, -6)
    context.lineTo(22, -6)
    context.moveTo(-22, 7)
    context.lineTo(22, 7)
    context.stroke()
  } else context.strokeRect(-44, -20, 88, 40)
  const put = (text: string, size: number, down: number): void => {
    context.font = fontFor('sans-bold', size, text)
    context.fillText(text, 0, down)
  }
  put(random.pick(['收件章', '已收', '收 讫', '收发室']), round ? 9 : 13, round ? -10 : -4)
  put(date, round ? 8 : 12, round ? 4 : 13)
  context.restore()
  if (ink === '#c8283c')
    sheet.seals.push({ rect: [x, y, 92, 44], color: 'red', shape: round ? 'round' : 'oval', text: null, role: 'other' })
}

/** What a colleague wrote beside the form. */
function marginNote(sheet: Sheet, random: Random, x: number, y: number): void {
  const note = random.pick(['已电话核实', '请加急，谢谢', '11/18 已初审', '原件已核', '缺一份？', '交小林处理', '存档'])
  const { context } = sheet
  context.save()
  context.translate(x, y + 15)
  context.rotate(random.bell() * 0.08)
  sheet.text(note, 0, 0, {
    face: random.pick(['hand-running', 'hand-brush']),
    size: 14,
    color: random.pick(['#c02a2a', '#1d3c8f', '#55555c']),
    wobble: 1,
  })
  context.restore()
}

function stickyNote(sheet: Sheet, random: Random, x: number, y: number): void {
  const { context } = sheet
  context.save()
  context.translate(x + 42, y + 32)
  context.rotate(random.bell() * 0.05)
  context.fillStyle = random.pick(['#f7e26b', '#f9c6d0', '#bfe6b5'])
  context.fillRect(-40, -30, 80, 60)
  sheet.text(random.pick(['加急', '联系人：小陈', '周五前办', '两份']), -34, -4, {
    face: 'hand-kai',
    size: 13,
    color: '#23305f',
    wobble: 1,
  })
  context.restore()
}

function paperClip(sheet: Sheet, random: Random): void {
  const { context } = sheet
  const x = random.between(60, sheet.width - 60)
  context.strokeStyle = '#8d9096'
  context.lineWidth = 1.6
  context.beginPath()
  context.roundRect(x, -6, 9, 34, 4.5)
  context.roundRect(x + 2.5, -6, 4, 26, 2)
  context.stroke()
}
