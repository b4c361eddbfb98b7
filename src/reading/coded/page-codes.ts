/** The codes of a page, and whether it is a sheet of our own. */
import { maySheetSay } from '../../guide/forms/sheet-code.ts'
import type { FoundBarcode, Raster } from '../page.ts'
import type { ReadBarcodes } from '../worker/read-barcodes.ts'
import type { CodedSheet } from './unpack-values.ts'

export interface PageCodes {
  readonly barcodes: readonly FoundBarcode[]
  readonly coded: CodedSheet | null
}

/** With the forms and what checks the values of a code this is a fifth of all that opening a thread would load; few pages need it. */
export const ownSheets = () => import('./own-sheets.ts')

/** Where one of the codes says that others hold values, they are looked for at full size too. */
export async function readPageCodes(readBarcodes: ReadBarcodes, raster: Raster): Promise<PageCodes> {
  const barcodes = await readBarcodes(raster)
  if (!barcodes.some(({ text }) => maySheetSay(text))) return { barcodes, coded: null }
  const { readSheetCodes } = await ownSheets()
  const coded = readSheetCodes(barcodes)
  if (!coded || coded.sheet.parts === 0 || coded.contents) return { barcodes, coded }
  const fine = await readBarcodes(raster, true)
  const all = [...fine, ...barcodes.filter(({ text }) => fine.every((other) => other.text !== text))]
  return { barcodes: all, coded: readSheetCodes(all) }
}
