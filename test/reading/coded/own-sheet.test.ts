import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { afterAll, describe, expect, it } from 'vitest'
import { openForms } from '../../../src/forms/open-forms.ts'
import type { FormKind } from '../../../src/guide/forms/form-kinds.ts'
import { formSheets, type Place } from '../../../src/guide/forms/form-sheet.ts'
import type { FormContents } from '../../../src/guide/forms/value-record.ts'
import { office } from '../../../src/guide/office.ts'
import { clockAt } from '../../../src/platform/clock.ts'
import { openSheet } from '../../../src/platform/print/open-sheet.ts'
import { loadFonts } from '../../../src/platform/print/load-fonts.ts'
import { silentLog } from '../../../src/platform/log/log.ts'
import { openReader } from '../../../src/reading/read-papers.ts'
import { copyPage, type Device } from '../../corpus/copy-page.ts'
import { inventForm, millimetre, printedSide, stamp } from '../../corpus/print-own-form.ts'
import { seedRandom } from '../../corpus/random.ts'
import type { Sheet } from '../../corpus/sheet.ts'
import { temporaryFolder } from '../../fixtures/open-memory.ts'

const clock = clockAt('2026-11-22T02:00:00Z')
const forms = openForms({ office, clock })
const reader = openReader({ workers: 1, log: silentLog })
afterAll(() => reader.close())

const read = async (bytes: Uint8Array, extension: string) => {
  const { documents, problems } = await reader.read([{ file: `表.${extension}`, bytes }])
  expect(problems).toEqual([])
  return documents[0]!
}

interface Way {
  readonly device: Exclude<Device, 'digital'>
  readonly seed?: number
  /** What is done to the paper before it is copied. */
  readonly over?: (sheet: Sheet) => void
}

/** Prints, stamps and copies a form, and reads the copy. */
async function send(kind: FormKind, contents: FormContents | undefined, { device, seed = 1, over }: Way) {
  const random = seedRandom(`way-${seed}`)
  const { enterprise } = inventForm(kind, random.fork('values'))
  const press = stamp(kind, enterprise, random.fork('seal'))
  const side = await printedSide((await forms.draw(kind, contents)).bytes, (sheet) => {
    over?.(sheet)
    press(sheet)
  })
  const copy = await copyPage(side, random.fork('drawing'), device, random.fork(device))
  return read(new Uint8Array(copy.bytes), copy.extension)
}

const invented = (kind: FormKind, seed = 1): FormContents => inventForm(kind, seedRandom(`way-${seed}`).fork('values')).contents
const roomOf = (kind: FormKind, field: string): Place =>
  formSheets[kind].items.flatMap((item) => ('field' in item && item.field === field ? [item.at] : []))[0]!

/** Correction fluid over a field, and something else written on it. */
const writeOver =
  (kind: FormKind, field: string, text: string) =>
  (sheet: Sheet): void => {
    const [x, y, width, height] = roomOf(kind, field).map((value) => value * millimetre) as unknown as Place
    sheet.context.fillStyle = '#fff'
    sheet.context.fillRect(x + 2, y + 2, width - 4, height - 4)
    sheet.text(text, x + 9, y + height / 2 + 5, { face: 'sans', size: 12 })
  }

describe('a filled-in form that comes back', () => {
  it.each([
    ['registration-form', 'fax', 3],
    ['card-form', 'phone', 2],
    ['cancellation-request', 'scan200', 4],
  ] as const)('a %s by %s: every value is exact, certain and from its code', async (kind, device, seed) => {
    const contents = invented(kind, seed)
    const document = await send(kind, contents, { device, seed })
    expect(document.kind).toBe(kind)
    for (const [name, value] of Object.entries(contents)) {
      if (value === null) continue
      expect(document.fields[name], name).toMatchObject({ value, source: 'barcode', certain: true })
    }
  })

  it('as the very PDF is read without a look at the picture', async () => {
    const contents = invented('change-request')
    const document = await read((await forms.draw('change-request', contents)).bytes, 'pdf')
    for (const [name, value] of Object.entries(contents))
      if (value !== null) expect(document.fields[name]).toMatchObject({ value, source: 'barcode', certain: true })
  })
})

describe('a value changed on the paper', () => {
  it('stands as the paper says it, uncertain, with what was printed beside it', async () => {
    const contents = invented('registration-form')
    const document = await send('registration-form', contents, {
      device: 'scan200',
      over: writeOver('registration-form', 'uscc', '91350206MA1XG61250'),
    })
    expect(document.fields['uscc']).toMatchObject({ value: '91350206MA1XG61250', certain: false, printed: contents['uscc'] })
    expect(document.fields['enterpriseName']).toMatchObject({ source: 'barcode', certain: true })
  })

  it('is told when it was only painted over, and when another box was ticked', async () => {
    const contents: FormContents = { ...invented('registration-form'), services: ['renew'], cardNumber: '8600000012399' }
    const [x, y, side] = formSheets['registration-form'].items
      .flatMap((item) => ('tick' in item && item.tick === 'services.unlock' ? [item.at] : []))[0]!
      .map((value) => value * millimetre) as [number, number, number, number]
    const document = await send('registration-form', contents, {
      device: 'scan300',
      over: (sheet) => {
        writeOver('registration-form', 'cardNumber', '')(sheet)
        sheet.context.lineWidth = 1.4
        sheet.context.strokeStyle = '#15151a'
        sheet.context.beginPath()
        sheet.context.moveTo(x + 1, y + side * 0.5)
        sheet.context.lineTo(x + side * 0.45, y + side - 1)
        sheet.context.lineTo(x + side, y)
        sheet.context.stroke()
      },
    })
    expect(document.fields['cardNumber']).toMatchObject({ value: null, certain: false, printed: '8600000012399' })
    expect(document.fields['services']).toMatchObject({ certain: false, printed: ['renew'] })
  })

  it('cannot hide behind a code of other values', async () => {
    const [contents, forged] = [invented('authorization-letter', 5), invented('authorization-letter', 6)]
    const other = await codesOf('authorization-letter', forged)
    const document = await send('authorization-letter', contents, { device: 'scan200', over: other.paste(0, 250, 210, 40) })
    for (const name of ['enterpriseName', 'legalName', 'legalPhone', 'recipientPhone'])
      expect(document.fields[name], name).toMatchObject({ value: contents[name], certain: false, printed: forged[name] })
  })
})

/** The codes of another sheet, cut out and pasted over this one. */
async function codesOf(kind: FormKind, contents?: FormContents) {
  const side = await printedSide((await forms.draw(kind, contents)).bytes)
  return {
    paste:
      (x: number, y: number, width: number, height: number) =>
      (sheet: Sheet): void => {
        const { context } = sheet
        context.save()
        context.beginPath()
        context.rect(x * millimetre, y * millimetre, width * millimetre, height * millimetre)
        context.clip()
        side.draw(sheet)
        context.restore()
      },
  }
}

it('a code of another form on the sheet is told, and the sheet is read for what it is', async () => {
  const pasted = await codesOf('card-form')
  const contents = invented('change-request')
  const document = await send('change-request', contents, {
    device: 'scan200',
    over: (sheet) => {
      pasted.paste(168, 9, 24, 24)(sheet)
      pasted.paste(15, 250, 190, 40)(sheet)
    },
  })
  expect(document).toMatchObject({ kind: 'change-request', strangeCode: 'card-form' })
  expect(document.fields['uscc']).toMatchObject({ value: contents['uscc'] })
})

describe('a blank form', () => {
  it('filled in by hand is known by its code and read by its cells', async () => {
    const contents = invented('cancellation-request', 9)
    const document = await send('cancellation-request', undefined, {
      device: 'scan200',
      over: (sheet) => {
        for (const [name, value] of Object.entries(contents)) {
          if (typeof value !== 'string' || name === 'applicationDate') continue
          const [x, y, , height] = roomOf('cancellation-request', name).map((each) => each * millimetre) as unknown as Place
          sheet.text(value, x + 8, y + height / 2 + 5, { face: 'hand-kai', size: 14, color: '#1a2560', wobble: 0.8 })
        }
      },
    })
    expect(document.kind).toBe('cancellation-request')
    for (const name of ['uscc', 'handlerName', 'handlerPhone', 'legalCardNumber'])
      expect(document.fields[name], name).toMatchObject({ value: contents[name], source: 'ocr' })
    expect(document.fields['operatorCardNumbers']).toMatchObject({ value: null })
  })

  it('filled in on a computer is read from its fields', async () => {
    const document = await PDFDocument.load((await forms.draw('registration-form')).bytes)
    const fonts = await loadFonts()
    document.registerFontkit(fonts.fontkit)
    const font = await document.embedFont(fonts.regular, { subset: true })
    const form = document.getForm()
    const { services, deliveryMethod, ...texts } = {
      ...invented('registration-form'),
      deliveryMethod: 'post',
      services: ['unlock'],
    } as Record<string, unknown>
    for (const [name, value] of Object.entries(texts)) if (typeof value === 'string') form.getTextField(name).setText(value)
    form.getCheckBox('services.unlock').check()
    form.getCheckBox('deliveryMethod.post').check()
    form.updateFieldAppearances(font)
    const filled = await read(await document.save(), 'pdf')
    expect(filled.kind).toBe('registration-form')
    for (const [name, value] of Object.entries(texts))
      if (typeof value === 'string') expect(filled.fields[name], name).toMatchObject({ value, source: 'acroform', certain: true })
    expect(filled.fields['services']).toMatchObject({ value: services, source: 'acroform', certain: true })
    expect(filled.fields['deliveryMethod']).toMatchObject({ value: deliveryMethod, source: 'acroform', certain: true })
  })
})

it('a form on the office’s own blank is read by its labels and checked against its code all the same', async () => {
  const kind = 'cancellation-request'
  const own = await openSheet(210, 297, { title: '注销申请表', author: office.name, at: new Date('2026-11-22T02:00:00Z') })
  own.text(20, 20, '企业注销申请表（本中心用表）', { size: 18, bold: true })
  for (const item of formSheets[kind].items) {
    if ('label' in item && !('tick' in item)) own.text(item.at[0] + 2, item.at[1] + 3, item.label, { size: 10 })
    if ('at' in item && !('text' in item)) own.frame(...item.at)
  }
  const folder = temporaryFolder()
  writeFileSync(join(folder, `${kind}.pdf`), (await own.save()).bytes)
  const contents = invented(kind, 12)
  const drawn = await openForms({ office, clock, folder }).draw(kind, contents)
  const random = seedRandom('own-blank')
  const over = writeOver(kind, 'handlerPhone', '13806001234')
  const copy = await copyPage(await printedSide(drawn.bytes, over), random.fork('drawing'), 'scan300', random.fork('scan'))
  const document = await read(new Uint8Array(copy.bytes), copy.extension)
  expect(document.kind).toBe(kind)
  for (const name of ['enterpriseName', 'uscc', 'handlerName', 'legalCardNumber'])
    expect(document.fields[name], name).toMatchObject({ value: contents[name], source: 'barcode', certain: true })
  expect(document.fields['handlerPhone']).toMatchObject({ value: '13806001234', certain: false, printed: contents['handlerPhone'] })
})
