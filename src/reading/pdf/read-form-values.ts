/** Values filled into the form (AcroForm) of a PDF. */
import type { FormValue } from '../page.ts'
import { type Pdfium, readRectangle, readWideText } from './open-pdfium.ts'
import type { PagePlacing } from './place-on-page.ts'

/** FPDF_ANNOT_WIDGET, FPDF_FORMFIELD_*, and the flags "hidden" and "no view" (ISO 32000-1, 12.5.3). */
const widget = 20
const fieldTypes = { checkBox: 2, radioButton: 3, comboBox: 4, listBox: 5, textField: 6 }
const hiddenFlags = 0x02 | 0x20
/** A page carries a few dozen; more is no form of this office. */
const mostValues = 500

/** Every visible field of the page, filled in or not; ticks are booleans. */
export function readFormValues(pdfium: Pdfium, form: number, page: number, placing: PagePlacing): FormValue[] {
  const values: FormValue[] = []
  const count = Math.min(pdfium._FPDFPage_GetAnnotCount(page), mostValues)
  for (let index = 0; index < count; index++) {
    const annotation = pdfium._FPDFPage_GetAnnot(page, index)
    if (annotation === 0) continue
    const value = readWidget(pdfium, form, annotation, placing)
    if (value) values.push(value)
    pdfium._FPDFPage_CloseAnnot(annotation)
  }
  return values
}

function readWidget(pdfium: Pdfium, form: number, annotation: number, placing: PagePlacing): FormValue | undefined {
  if (pdfium._FPDFAnnot_GetSubtype(annotation) !== widget || pdfium._FPDFAnnot_GetFlags(annotation) & hiddenFlags) return undefined
  const type = pdfium._FPDFAnnot_GetFormFieldType(form, annotation)
  // FS_RECTF of an annotation: left, top, right, bottom.
  const rectangle = readRectangle(pdfium, (pointer) => pdfium._FPDFAnnot_GetRect(annotation, pointer))
  if (!rectangle) return undefined
  const name = readWideText(pdfium, (buffer, length) => pdfium._FPDFAnnot_GetFormFieldName(form, annotation, buffer, length), 500)
  const box = placing.box(...rectangle)
  if (type === fieldTypes.checkBox || type === fieldTypes.radioButton)
    return { name, value: pdfium._FPDFAnnot_IsChecked(form, annotation) !== 0, box }
  if (type !== fieldTypes.textField && type !== fieldTypes.comboBox && type !== fieldTypes.listBox) return undefined
  return {
    name,
    value: readWideText(pdfium, (buffer, length) => pdfium._FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length), 4000),
    box,
  }
}
