/** The forms that zhika draws, filled in for invented people and printed: a side to be copied by a device. */
import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { FormKind } from '../../src/guide/forms/form-kinds.ts'
import { formSheets } from '../../src/guide/forms/form-sheet.ts'
import type { FormContents } from '../../src/guide/forms/value-record.ts'
import { pdfium } from '../fixtures/render-print.ts'
import { designSeal, pressSeal, wearSeal } from './draw-seal.ts'
import { inventCardNumber, inventLandline, inventMobile } from './invent-identifiers.ts'
import { inventEnterprise, inventPerson, type Enterprise } from './invent-parties.ts'
import { a4, type Side } from './paper.ts'
import type { Random } from './random.ts'
import type { Sheet } from './sheet.ts'

const today = '2026-11-20'
const services = [
  'enrol',
  'change-enterprise',
  'replace-legal',
  'replace-operator',
  'add-operator',
  'deregister',
  'change-operator',
  'renew',
  'unlock',
]
const withCard = ['change-enterprise', 'deregister', 'change-operator', 'renew', 'unlock']

export function inventForm(kind: FormKind, random: Random): { contents: FormContents; enterprise: Enterprise } {
  const enterprise = inventEnterprise(random, today)
  const [handler, legal, operator] = [inventPerson(random, today), inventPerson(random, today), inventPerson(random, today)]
  const own = { enterpriseName: enterprise.name, uscc: enterprise.uscc }
  const day = `2026-11-${String(random.whole(1, 20)).padStart(2, '0')}`
  const holder = (prefix: string, person: typeof legal, position: string): Record<string, string | null> => ({
    [`${prefix}.holderName`]: person.name,
    [`${prefix}.sex`]: person.sex,
    [`${prefix}.education`]: person.education,
    [`${prefix}.idType`]: '居民身份证',
    [`${prefix}.idNumber`]: person.idNumber,
    [`${prefix}.birthDate`]: person.birthDate,
    [`${prefix}.nationality`]: '中国',
    [`${prefix}.position`]: position,
    [`${prefix}.address`]: person.idAddress,
    [`${prefix}.phone`]: person.mobile,
    [`${prefix}.fax`]: random.chance(0.5) ? inventLandline(random).replaceAll('-', '') : null,
  })
  switch (kind) {
    case 'registration-form': {
      const service = random.pick(services)
      const posted = random.chance(0.7)
      return {
        enterprise,
        contents: {
          applicationDate: day,
          ...own,
          handlerName: handler.name,
          handlerPhone: handler.mobile,
          services: [service],
          cardNumber: withCard.includes(service) ? inventCardNumber(random) : null,
          deliveryMethod: posted ? 'post' : 'window',
          recipientAddress: posted ? enterprise.address : null,
          recipientName: posted ? handler.name : null,
          recipientPhone: posted ? handler.mobile : null,
        },
      }
    }
    case 'card-form':
      return {
        enterprise,
        contents: {
          ...holder('legal', legal, '总经理'),
          ...holder('operator', operator, random.pick(['报关员', '关务专员', '单证员'])),
          signedDate: day,
        },
      }
    case 'change-request':
      return {
        enterprise,
        contents: {
          ...own,
          contactName: handler.name,
          contactPhone: handler.mobile,
          changes: `法定代表人由${legal.name}变更为${operator.name}；住所变更为${enterprise.address}。`,
          remarks: random.chance(0.5) ? '营业执照已于本月换发。' : null,
          signedDate: day,
        },
      }
    case 'cancellation-request':
      return {
        enterprise,
        contents: {
          ...own,
          handlerName: handler.name,
          handlerPhone: handler.mobile,
          legalCardNumber: inventCardNumber(random),
          operatorCardNumbers: Array.from({ length: random.whole(1, 3) }, () => inventCardNumber(random)),
          applicationDate: day,
        },
      }
    case 'authorization-letter':
      return {
        enterprise,
        contents: {
          recipientAddress: enterprise.address,
          recipientName: handler.name,
          recipientPhone: handler.mobile,
          enterpriseName: enterprise.name,
          legalName: legal.name,
          legalPhone: inventMobile(random),
          signedDate: day,
        },
      }
  }
}

/** Where the enterprise presses its seal, in millimetres: the middle of the room for it. */
const sealPlaces: Record<FormKind, readonly [number, number]> = {
  'registration-form': [70, 236],
  'card-form': [110, 215],
  'change-request': [105, 175],
  'cancellation-request': [110, 165],
  'authorization-letter': [120, 186],
}

export const millimetre = 72 / 25.4

/** The sheet as a printer prints it, stamped; `over` adds what a hand does to it afterwards, in points. */
export async function printedSide(pdf: Uint8Array, over: (sheet: Sheet) => void = () => undefined): Promise<Side> {
  const library = await pdfium
  const document = await library.loadDocument(Buffer.from(pdf))
  const { data, width, height } = await document.getPage(0).render({ scale: 300 / 72, render: 'bitmap', renderFormFields: true })
  document.destroy()
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0)
  return {
    width: a4.width,
    height: a4.height,
    screen: false,
    fields: [],
    draw: (sheet) => {
      sheet.context.drawImage(canvas, 0, 0, a4.width, a4.height)
      over(sheet)
    },
  }
}

/** Presses the enterprise's seal where the form has room for it. */
export function stamp(kind: FormKind, enterprise: Enterprise, random: Random): (sheet: Sheet) => void {
  const design = designSeal(random, enterprise.name, enterprise.sealNumber)
  const wear = wearSeal(random)
  const [x, y] = sealPlaces[kind]
  return (sheet) => void pressSeal(sheet, design, wear, (x + random.between(-5, 5)) * millimetre, (y + random.between(-4, 4)) * millimetre)
}

/** A hand fills in a blank form: every value in its cell, dates between the printed words, ticks with two strokes. */
export function writtenByHand(kind: FormKind, contents: FormContents, random: Random): (sheet: Sheet) => void {
  const face = random.pick(['hand-kai', 'hand-brush', 'hand-running'] as const)
  const color = random.pick(['#1a2560', '#20242e', '#15151a'])
  const pen = { face, size: random.between(12.5, 14.5), color, wobble: random.between(0.6, 1.1) }
  return (sheet) => {
    for (const item of formSheets[kind].items) {
      if ('field' in item) {
        const content = contents[item.field]
        const [x, y, width, height] = item.at.map((value) => value * millimetre) as [number, number, number, number]
        if (item.date && typeof content === 'string')
          for (const [part, text] of content.split('-').entries())
            sheet.text(text, x + [17, 32, 47][part]! * millimetre, y + height / 2 + 5, pen, 'right')
        else if (typeof content === 'string')
          sheet.fit(content, [x + 4, y, width - 8, height], pen, { vertical: (item.lines ?? 1) > 3 ? 'top' : 'middle' })
        else if (Array.isArray(content))
          for (const [line, text] of content.entries()) sheet.text(String(text), x + 8, y + (line + 1) * 20, pen)
      }
      if (!('tick' in item)) continue
      const [field = '', value = ''] = item.tick.split('.')
      const content = contents[field]
      if (content !== value && !(Array.isArray(content) && content.includes(value))) continue
      const [x, y, side] = item.at.map((each) => each * millimetre) as [number, number, number, number]
      const { context } = sheet
      context.strokeStyle = color
      context.lineWidth = 1.3
      context.beginPath()
      context.moveTo(x + side * random.between(0, 0.25), y + side * random.between(0.4, 0.6))
      context.lineTo(x + side * random.between(0.35, 0.5), y + side * random.between(0.8, 1))
      context.lineTo(x + side * random.between(0.9, 1.3), y - side * random.between(0, 0.4))
      context.stroke()
    }
  }
}
