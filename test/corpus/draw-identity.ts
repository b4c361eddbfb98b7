/** Copies of identity cards: both sides on one sheet, or a sheet for each. The pictures are made of plain shapes. */
import type { FaceName } from './faces.ts'
import type { FormStyle } from './form-style.ts'
import type { Person } from './invent-parties.ts'
import { a4, type Paper, type Side } from './paper.ts'
import type { Pen, Sheet } from './sheet.ts'
import { star } from './draw-seal.ts'

type PressSeal = (sheet: Sheet, x: number, y: number) => void

export const card = { width: 85.6 * (72 / 25.4), height: 54 * (72 / 25.4) } as const
export const frontFields = ['name', 'sex', 'ethnicity', 'birthDate', 'address', 'idNumber']
export const backFields = ['issuer', 'validFrom', 'validTo']

export interface IdentityLayout {
  readonly sheets: 'one' | 'two' | 'front-only'
  readonly zoom: number
  readonly note: string | null
  readonly sideBySide: boolean
}

/** One paper, or two when front and back are copied on two sheets. */
export function identityCopies(person: Person, role: string, layout: IdentityLayout, style: FormStyle, seal: PressSeal): Paper[] {
  const front = {
    idType: '居民身份证',
    name: person.name,
    sex: person.sex,
    ethnicity: person.ethnicity,
    birthDate: person.birthDate,
    address: person.idAddress,
    idNumber: person.idNumber,
  }
  const back = { idType: '居民身份证', issuer: person.issuer, validFrom: person.idFrom, validTo: person.idTo }
  const paper = (values: Paper['values'], sides: Side[], part: string): Paper => ({
    kind: 'identity-document',
    role: `${role}身份证${part}`,
    values,
    sides,
  })
  const wide = layout.sideBySide && layout.sheets === 'one'
  const size = wide ? { width: a4.height, height: a4.width } : a4
  const side = (faces: readonly ('front' | 'back')[]): Side => ({
    width: size.width,
    height: size.height,
    screen: false,
    fields: faces.flatMap((face) => (face === 'front' ? frontFields : backFields)),
    draw: (sheet) => {
      const zoom = wide ? Math.min(layout.zoom, 1.45) : layout.zoom
      const w = card.width * zoom
      const h = card.height * zoom
      faces.forEach((face, i) => {
        const x = wide ? sheet.width * (i === 0 ? 0.27 : 0.73) - w / 2 : (sheet.width - w) / 2 + sheet.random.bell() * 14
        const y = wide ? 110 + sheet.random.bell() * 8 : 92 + i * (h + 56) + sheet.random.bell() * 10
        sheet.context.save()
        sheet.context.translate(x + w / 2, y + h / 2)
        const turn = sheet.random.bell() * 0.012
        sheet.context.rotate(turn)
        sheet.context.scale(zoom, zoom)
        sheet.context.translate(-card.width / 2, -card.height / 2)
        const before = new Map(sheet.fields)
        if (face === 'front') drawFront(sheet, person)
        else drawBack(sheet, person)
        sheet.context.restore()
        for (const [field, [fx, fy, fw, fh]] of Array.from(sheet.fields))
          if (!before.has(field)) sheet.fields.set(field, [x + fx * zoom, y + fy * zoom, fw * zoom, fh * zoom])
      })
      const below = wide ? 110 + h + 60 : 92 + faces.length * (h + 56) + 10
      if (layout.note !== null)
        sheet.text(
          layout.note,
          sheet.width / 2,
          Math.min(below, sheet.height - 60),
          { ...style.value, size: style.value.size * 1.1 },
          'center',
        )
      const overCard = sheet.random.chance(0.4)
      seal(
        sheet,
        sheet.width / 2 + sheet.random.between(-70, 120),
        overCard ? 92 + h * sheet.random.between(0.75, 1.1) : Math.min(below + 70, sheet.height - 80),
      )
    },
  })
  if (layout.sheets === 'one') return [paper({ ...front, ...back }, [side(['front', 'back'])], '')]
  if (layout.sheets === 'front-only') return [paper(front, [side(['front'])], '正面')]
  return [paper(front, [side(['front'])], '正面'), paper(back, [side(['back'])], '反面')]
}

const labelInk = '#2d6a9f'

/** Cards of different years and offices are printed in faces of their own. */
const printOf = (sheet: Sheet): FaceName => sheet.random.fork('print').pick(['sans', 'sans', 'zenhei', 'sans-bold', 'light'])

export function cardGround(sheet: Sheet, tint: string, waves: string): void {
  const { context } = sheet
  const round = 8.5
  context.beginPath()
  context.roundRect(0, 0, card.width, card.height, round)
  context.save()
  context.clip()
  context.fillStyle = tint
  context.fillRect(0, 0, card.width, card.height)
  context.strokeStyle = waves
  context.lineWidth = 0.28
  for (let i = 0; i < 26; i++) {
    context.beginPath()
    for (let x = 0; x <= card.width; x += 5) {
      const y = i * 6.4 + Math.sin(x / 17 + i * 0.7) * 5 + Math.sin(x / 41) * 6 - 6
      if (x === 0) context.moveTo(x, y)
      else context.lineTo(x, y)
    }
    context.stroke()
  }
  context.restore()
  context.beginPath()
  context.roundRect(0, 0, card.width, card.height, round)
  context.strokeStyle = '#9aa'
  context.lineWidth = 0.5
  context.stroke()
}

export function drawFront(sheet: Sheet, person: Person): void {
  cardGround(sheet, '#eef5f8', '#b9d7e4')
  const label: Pen = { face: 'sans', size: 7, color: labelInk }
  const value: Pen = { face: printOf(sheet), size: 8.4 }
  const put = (field: string, text: string, x: number, y: number, pen = value): void => {
    const end = sheet.text(text, x, y, pen)
    sheet.mark(field, [x, y - pen.size, end - x, pen.size * 1.25])
  }
  sheet.text('姓 名', 15, 24, label)
  put('name', person.name, 42, 24.4, { ...value, size: 9.6 })
  sheet.text('性 别', 15, 41, label)
  put('sex', person.sex, 42, 41.2)
  sheet.text('民 族', 71, 41, label)
  put('ethnicity', person.ethnicity, 97, 41.2)
  sheet.text('出 生', 15, 58, label)
  const [year, month, day] = person.birthDate.split('-').map(Number) as [number, number, number]
  let at = 42
  for (const [number, unit] of [
    [year, '年'],
    [month, '月'],
    [day, '日'],
  ] as const) {
    const end = sheet.text(String(number), at + (unit === '年' ? 0 : 3), 58.2, { ...value, size: 8 })
    at = sheet.text(unit, end + 2.5, 58, label) + 1
  }
  sheet.mark('birthDate', [42, 50, at - 42, 10])
  sheet.text('住 址', 15, 76, label)
  sheet.wrap(person.idAddress, 103, value).forEach((line, i) => put('address', line, 42, 76.4 + i * 11))
  sheet.text('公民身份号码', 15, 138, label)
  put('idNumber', person.idNumber, 78, 138.4, { ...value, size: 10.6, spacing: 1.5 })
  portrait(sheet, person.sex)
}

/** A head and shoulders of plain shapes. */
export function portrait(sheet: Sheet, sex: '男' | '女'): void {
  const { context } = sheet
  context.fillStyle = '#d9e6ee'
  context.fillRect(155, 20, 70, 92)
  const skin = sheet.random.pick(['#d9a985', '#e0b698', '#c99a78'])
  context.fillStyle = sheet.random.pick(['#2b3440', '#39424f', '#5a2f35', '#27324e'])
  context.beginPath()
  context.ellipse(190, 116, 32, 30, 0, Math.PI, 0)
  context.lineTo(222, 112)
  context.lineTo(158, 112)
  context.fill()
  context.fillStyle = '#1e1a19'
  context.beginPath()
  context.ellipse(190, 54, 18.5, sex === '男' ? 20 : 27, 0, 0, 7)
  context.fill()
  context.fillStyle = skin
  context.beginPath()
  context.ellipse(190, 60, 15.5, 19, 0, 0, 7)
  context.fill()
  context.fillRect(184, 76, 12, 12)
  context.fillStyle = '#2a211e'
  for (const x of [184, 196]) context.fillRect(x - 3, 57, 5, 1.6)
  context.fillRect(186.5, 70, 7, 1.2)
}

export function drawBack(sheet: Sheet, person: Person): void {
  cardGround(sheet, '#f1f3ef', '#e3c3bd')
  emblem(sheet, 36, 40, 21)
  sheet.text('中华人民共和国', 152, 34, { face: 'serif-bold', size: 13.5, spacing: 3.4 }, 'center')
  sheet.text('居 民 身 份 证', 152, 66, { face: 'serif-bold', size: 21, spacing: 1 }, 'center')
  const label: Pen = { face: 'sans', size: 7.6, color: '#222' }
  const value: Pen = { face: printOf(sheet), size: 8.6 }
  sheet.text('签发机关', 70, 116, label)
  let end = sheet.text(person.issuer, 108, 116.2, value)
  sheet.mark('issuer', [108, 107, end - 108, 11])
  sheet.text('有效期限', 70, 136, label)
  const from = person.idFrom.replaceAll('-', '.')
  const middle = sheet.text(from, 108, 136.2, value)
  sheet.mark('validFrom', [108, 127, middle - 108, 11])
  const dash = sheet.text('-', middle + 0.6, 136.2, value) + 0.6
  end = sheet.text(person.idTo.replaceAll('-', '.'), dash, 136.2, value)
  sheet.mark('validTo', [dash, 127, end - dash, 11])
}

/** A red and gold roundel in place of the state emblem. */
export function emblem(sheet: Sheet, x: number, y: number, radius: number): void {
  const { context } = sheet
  context.fillStyle = '#c9302c'
  context.beginPath()
  context.arc(x, y, radius, 0, 7)
  context.fill()
  context.strokeStyle = '#e7b94c'
  context.lineWidth = radius * 0.16
  context.beginPath()
  context.arc(x, y, radius * 0.86, 0, 7)
  context.stroke()
  context.fillStyle = '#f0c95a'
  star(context, radius * 0.26, y - radius * 0.32, x)
  for (const [dx, dy] of [
    [-0.42, -0.02],
    [-0.2, 0.14],
    [0.2, 0.14],
    [0.42, -0.02],
  ] as const)
    star(context, radius * 0.1, y + dy * radius, x + dx * radius)
  context.fillRect(x - radius * 0.42, y + radius * 0.34, radius * 0.84, radius * 0.1)
  context.fillRect(x - radius * 0.3, y + radius * 0.22, radius * 0.6, radius * 0.12)
}
