/**
 * Fields to fill in on a computer (AcroForm, ISO 32000-1, 12.7). Whatever is typed is shown in a font that the file brings
 * along: every character of GB 2312, so that a viewer without Chinese fonts shows and saves names and addresses too (1.4 MB).
 *
 * Every field has its own appearance, so the file does not ask viewers to make new ones (NeedAppearances): those that do ask
 * on closing whether to save a file that nobody changed.
 */
import {
  PDFBool,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFString,
  rgb,
  type PDFDocument,
  type PDFField,
  type PDFFont,
  type PDFPage,
} from 'pdf-lib'
import type { PrintFonts } from './load-fonts.ts'

export interface TextFieldStyle {
  /** Points. */
  readonly size: number
  readonly multiline?: boolean
  /** What a screen reader says and a viewer shows beside the pointer. */
  readonly hint: string
  /** What is printed beneath disappears once something is typed. */
  readonly covers?: boolean
}

/** Points, from the lower left corner. */
interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface FormFields {
  text(page: PDFPage, name: string, place: Place, style: TextFieldStyle): void
  tick(page: PDFPage, name: string, place: Place, hint: string): void
}

export async function openFormFields(document: PDFDocument, fonts: PrintFonts): Promise<FormFields> {
  const font = await document.embedFont(fonts.regular, { subset: true })
  font.encodeText(charactersOf(fonts))
  const form = document.getForm()
  offerFont(document, font)
  return {
    text(page, name, place, { size, multiline = false, hint, covers = false }) {
      const field = form.createTextField(name)
      if (multiline) field.enableMultiline()
      field.disableScrolling()
      field.disableSpellChecking()
      field.addToPage(page, { ...place, borderWidth: 0, font, textColor: rgb(0, 0, 0) })
      field.setFontSize(size)
      describe(field, hint)
      clear(field)
      field.updateAppearances(font)
      // A viewer paints the background when it shows what was typed; the appearance of the empty field stays clear.
      if (covers) characteristicsOf(field)?.setBackgroundColor([1, 1, 1])
    },
    tick(page, name, place, hint) {
      const field = form.createCheckBox(name)
      field.addToPage(page, { ...place, borderWidth: 0, textColor: rgb(0, 0, 0) })
      describe(field, hint)
      clear(field)
      field.updateAppearances()
    },
  }
}

const characteristicsOf = (field: PDFField) => field.acroField.getWidgets()[0]?.getOrCreateAppearanceCharacteristics()

/** The library gives every field a white ground and a frame, over what is printed beneath. */
function clear(field: PDFField): void {
  const characteristics = characteristicsOf(field)
  characteristics?.setBackgroundColor([])
  characteristics?.setBorderColor([])
}

const describe = (field: PDFField, hint: string): void => field.acroField.dict.set(PDFName.of('TU'), PDFHexString.fromText(hint))

/** The fields name their font; viewers look it up in the resources of the form. */
function offerFont(document: PDFDocument, font: PDFFont): void {
  const form = document.getForm().acroForm
  const resources = document.context.obj({ Font: { [font.name]: font.ref } })
  form.dict.set(PDFName.of('DR'), resources)
  form.dict.set(PDFName.of('DA'), PDFString.of(`/${font.name} 11 Tf 0 g`))
  form.dict.set(PDFName.of('NeedAppearances'), PDFBool.False)
  if (!(resources instanceof PDFDict)) throw new TypeError('resources of a form are a dictionary')
}

/** ASCII, the marks of row 1 and 3 and the 6,763 characters of GB 2312, as far as the font has them. */
function charactersOf(fonts: PrintFonts): string {
  const decoder = new TextDecoder('gbk')
  let characters = ''
  for (let code = 0x20; code < 0x7f; code += 1) characters += String.fromCharCode(code)
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    if (row === 0xa2 || (row > 0xa3 && row < 0xb0)) continue
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = decoder.decode(Uint8Array.of(row, cell))
      if (character.length === 1 && fonts.has(character.codePointAt(0)!)) characters += character
    }
  }
  return characters
}
