import { readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { checkValues } from '../../src/forms/check-values.ts'
import { openForms } from '../../src/forms/open-forms.ts'
import { formKinds, type FormKind } from '../../src/guide/forms/form-kinds.ts'
import { commonPlaces, formSheets, type Place } from '../../src/guide/forms/form-sheet.ts'
import { readSheetCode } from '../../src/guide/forms/sheet-code.ts'
import type { FormContents } from '../../src/guide/forms/value-record.ts'
import { office } from '../../src/guide/office.ts'
import { documentFields } from '../../src/guide/papers.ts'
import { clockAt } from '../../src/platform/clock.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { codesOn, renderPrint } from '../fixtures/render-print.ts'

const clock = clockAt('2026-11-22T02:00:00Z')
const forms = openForms({ office, clock })
/** Blank forms, each drawn once: the font of their fields takes most of a second. */
const blanks = new Map(formKinds.map((kind) => [kind, forms.draw(kind)]))
const blank = (kind: FormKind) => blanks.get(kind)!
const pictures = new Map(formKinds.map((kind) => [kind, blank(kind).then(async ({ bytes }) => (await renderPrint(bytes)).pages[0]!)]))
const pictureOf = (kind: FormKind) => pictures.get(kind)!

const sample = (kind: FormKind): FormContents => {
  const given = JSON.parse(readFileSync(join(import.meta.dirname, '../../templates/forms', kind, 'sample.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const { contents, faults } = checkValues(kind, given, '2026-11-22')
  expect(faults).toEqual([])
  return contents
}

const inkOf = async (bytes: Uint8Array) => (await renderPrint(bytes)).pages[0]!.ink

describe.each(formKinds)('the blank %s', (kind) => {
  it('is one A4 sheet with every field of the paper to fill in, under its name', async () => {
    const { bytes, missing, cut } = await blank(kind)
    expect([missing, cut]).toEqual([[], []])
    const document = await PDFDocument.load(bytes)
    expect(document.getPageCount()).toBe(1)
    const names = document
      .getForm()
      .getFields()
      .map((field) => field.getName())
    for (const { name, type } of documentFields[kind])
      if (type === 'services' || type === 'delivery') expect(names.filter((one) => one.startsWith(`${name}.`)).length).toBeGreaterThan(1)
      else expect(names).toContain(name)
  })

  it('has ink where its words are and none where values go', async () => {
    const { ink } = await pictureOf(kind)
    expect(ink(...commonPlaces.title)).toBeGreaterThan(0.03)
    for (const item of formSheets[kind].items) {
      if ('label' in item && !('tick' in item)) expect(ink(...item.at), item.label).toBeGreaterThan(0.008)
      if ('field' in item && !item.date && !item.hint) expect(ink(...inside(item.at)), item.field).toBe(0)
    }
  })

  it('says by a code in two corners which form it is', async () => {
    const codes = await codesOn(await pictureOf(kind), 'QRCode')
    expect(codes.map(readSheetCode)).toEqual(
      Array(2).fill({ kind, version: formSheets[kind].version, layout: 0, page: 1, pages: 1, parts: 0 }),
    )
  })
})

describe.each(formKinds)('the filled-in %s', (kind) => {
  it('shows every value and leaves nothing to fill in on a computer', async () => {
    const contents = sample(kind)
    const { bytes, missing, cut, hashed } = await forms.draw(kind, contents)
    expect([missing, cut, hashed]).toEqual([[], [], []])
    expect((await PDFDocument.load(bytes)).getForm().getFields()).toEqual([])
    const ink = await inkOf(bytes)
    for (const item of formSheets[kind].items)
      if ('field' in item && contents[item.field]) expect(ink(...inside(item.at)), item.field).toBeGreaterThan(0.001)
  })
})

const inside = ([x, y, width, height]: Place): Place => [x + 1, y + 1, width - 2, height - 2]

it('fields bring a font for whatever Chinese is typed', async () => {
  const document = await PDFDocument.load((await blank('card-form')).bytes)
  const field = document.getForm().getTextField('legal.holderName')
  expect(field.acroField.getDefaultAppearance()).toContain('/NotoSansSC-Regular 11 Tf')
  const fonts = document.getForm().acroForm.dict.toString()
  expect(fonts).toContain('NotoSansSC')
  expect(fonts).toContain('/NeedAppearances false')
})

it('the same form is the same to the byte when it is drawn again', async () => {
  const [one, other] = [await blank('change-request'), await forms.draw('change-request')]
  expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true)
})

it('places that sheets under way were printed with do not move within a version', () => {
  const places = formKinds.map((kind) => {
    const { version, items } = formSheets[kind]
    const sum = items
      .flatMap((item) => ('frame' in item ? item.frame : item.at))
      .reduce((total, value, at) => total + value * ((at % 97) + 1), 0)
    return [kind, version, Math.round(sum)]
  })
  // A changed number asks for a new version in form.json, and for the old places to be kept beside it.
  expect(places).toMatchInlineSnapshot(`
    [
      [
        "registration-form",
        1,
        637059,
      ],
      [
        "card-form",
        1,
        648861,
      ],
      [
        "change-request",
        1,
        159408,
      ],
      [
        "cancellation-request",
        1,
        350342,
      ],
      [
        "authorization-letter",
        1,
        245803,
      ],
    ]
  `)
})

describe('an office’s own blank', () => {
  const folderWith = async (toml?: string) => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const own = await PDFDocument.create()
    own.addPage([595.28, 841.89]).drawRectangle({ x: 100, y: 600, width: 60, height: 60 })
    writeFileSync(join(folder, 'change-request.pdf'), await own.save())
    if (toml !== undefined) writeFileSync(join(folder, 'change-request.toml'), toml)
    return openForms({ office, clock, folder })
  }

  it('lies under zhika’s fields and code, without zhika’s print', async () => {
    const { bytes } = await (await folderWith()).draw('change-request')
    const ink = await inkOf(bytes)
    expect(ink(...commonPlaces.title)).toBe(0)
    expect(ink(36, 65, 19, 19)).toBeGreaterThan(0.9)
    const codes = (await codesOn((await renderPrint(bytes)).pages[0]!, 'QRCode')).map(readSheetCode)
    expect(codes).toHaveLength(2)
    expect(codes[0]).toMatchObject({ kind: 'change-request', layout: expect.any(Number) })
    expect(codes[0]).not.toMatchObject({ layout: 0 })
  })

  it('puts fields where its places file says, and only those', async () => {
    const own = await folderWith('version = 3\ncodes = [[10, 10, 22]]\n[fields]\nuscc = [100, 150, 80, 9]\n')
    const document = await PDFDocument.load((await own.draw('change-request')).bytes)
    const fields = document.getForm().getFields()
    expect(fields.map((field) => field.getName())).toEqual(['uscc'])
    expect(fields[0]?.acroField.getWidgets()[0]?.getRectangle().x).toBeCloseTo((101 / 25.4) * 72, 0)
  })

  it('that is wrong is told with its file and key', async () => {
    await expect((await folderWith('[fields]\nuscc = [1, 2]\n')).draw('change-request')).rejects.toThrow(
      /change-request\.toml的 fields\.uscc/u,
    )
    await expect((await folderWith('= 1')).draw('change-request')).rejects.toThrow(/不正确/u)
  })

  it('is left alone by forms that have none', async () => {
    const ink = await inkOf((await (await folderWith()).draw('card-form')).bytes)
    expect(ink(...commonPlaces.title)).toBeGreaterThan(0.03)
  })
})
