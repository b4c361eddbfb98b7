/** The parts of an xlsx workbook (ECMA-376) that a table is read from: which sheet, its shared texts, which styles are dates. */
import type { Readable } from 'node:stream'
import { fromBufferPromise, type Entry } from 'yauzl'
import { parseXml, SheetFault } from './parse-xml.ts'

export interface WorkbookLimits {
  /** Of the file. */
  readonly fileBytes: number
  /** Of all that is unfolded from it. */
  readonly unfoldedBytes: number
  /** Cells with anything in them, and shared texts. */
  readonly cells: number
}

export interface Workbook {
  readonly sheetName: string
  readonly sheet: () => Promise<Readable>
  readonly texts: readonly string[]
  /** By the index of a cell's style. */
  readonly isDate: readonly boolean[]
  /** Days are counted from 1904 (workbooks made on old Macs). */
  readonly from1904: boolean
}

/** More entries than any workbook of one table has. */
const mostEntries = 5_000

/** Throws a `SheetFault` for whatever is no readable workbook. */
export async function openWorkbook(bytes: Uint8Array, limits: WorkbookLimits): Promise<Workbook> {
  if (bytes.byteLength > limits.fileBytes) throw new SheetFault('sheet-too-large')
  const parts = await listParts(bytes)
  let budget = limits.unfoldedBytes
  const open = (name: string) => {
    const part = parts.get(name.toLowerCase())
    if (!part) throw new SheetFault('sheet-damaged')
    // The unpacker gives no more bytes than are declared here.
    budget -= part.size
    if (budget < 0) throw new SheetFault('sheet-too-large')
    return part.open()
  }
  const read = async (name: string, onTag: Parameters<typeof parseXml>[1]) => parseXml(await open(name), onTag)

  const rootLinks = await readLinks(read, '_rels/.rels', '')
  const main = [...rootLinks.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target
  if (main === undefined) throw new SheetFault('sheet-not-xlsx')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const links = await readLinks(read, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const sheets: { name: string; link: string; hidden: boolean }[] = []
  let from1904 = false
  await read(main, {
    open(name, attributes) {
      if (name === 'sheet')
        sheets.push({
          name: attributes['name'] ?? '',
          link: attributes['id'] ?? '',
          hidden: (attributes['state'] ?? 'visible') !== 'visible',
        })
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
    },
  })
  const chosen = sheets.find(({ hidden }) => !hidden)
  const target = chosen && links.get(chosen.link)?.target
  if (!chosen || target === undefined) throw new SheetFault('sheet-empty')
  const partOf = (type: string) => [...links.values()].find((link) => link.type.endsWith(`/${type}`))?.target
  const [texts, styles] = [partOf('sharedStrings'), partOf('styles')]
  return {
    sheetName: chosen.name,
    sheet: () => open(target),
    texts: texts !== undefined && parts.has(texts.toLowerCase()) ? await readTexts(read, texts, limits.cells) : [],
    isDate: styles !== undefined && parts.has(styles.toLowerCase()) ? await readDateStyles(read, styles) : [],
    from1904,
  }
}

type Read = (name: string, onTag: Parameters<typeof parseXml>[1]) => Promise<void>

async function listParts(bytes: Uint8Array): Promise<Map<string, { size: number; open: () => Promise<Readable> }>> {
  // Old binary workbooks and encrypted ones are compound files (MS-CFB 2.2).
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new SheetFault('sheet-old-or-encrypted')
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new SheetFault('sheet-not-xlsx')
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (zip.entryCount > mostEntries) throw new SheetFault('sheet-too-large')
    const parts = new Map<string, { size: number; open: () => Promise<Readable> }>()
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>)
      parts.set(entry.fileName.toLowerCase(), { size: entry.uncompressedSize, open: () => zip.openReadStreamPromise(entry) })
    return parts
  } catch (cause) {
    if (cause instanceof SheetFault) throw cause
    throw new SheetFault('sheet-damaged', cause)
  }
}

/** Relations by their id: the part they lead to, from the root of the package (ECMA-376-2, 9.3). */
async function readLinks(read: Read, name: string, folder: string): Promise<Map<string, { type: string; target: string }>> {
  const links = new Map<string, { type: string; target: string }>()
  await read(name, {
    open(tag, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (tag !== 'Relationship' || id === undefined || type === undefined || target === undefined || mode === 'External') return
      links.set(id, { type, target: target.startsWith('/') ? target.slice(1) : resolvePart(folder, target) })
    },
  })
  return links
}

function resolvePart(folder: string, target: string): string {
  const steps: string[] = folder.split('/').filter(Boolean)
  for (const step of target.split('/'))
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  return steps.join('/')
}

/** Rich text is taken as plain; the pronunciation beside it (`rPh`) is not part of it. */
async function readTexts(read: Read, name: string, most: number): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  let inText = false
  let beside = 0
  await read(name, {
    open(tag) {
      if (tag === 'si') text = ''
      if (tag === 'rPh') beside++
      inText = tag === 't' && beside === 0
    },
    text(part) {
      if (inText) text += part
    },
    close(tag) {
      inText = false
      if (tag === 'rPh') beside--
      if (tag === 'si') texts.push(unescapeText(text))
      if (texts.length > most) throw new SheetFault('sheet-too-large')
    },
  })
  return texts
}

/** Characters that XML cannot hold are written `_x000D_` (ECMA-376-1, 22.4.2.4). */
export const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text

async function readDateStyles(read: Read, name: string): Promise<boolean[]> {
  const formats = new Map<string, string>()
  const styles: boolean[] = []
  let inCells = false
  await read(name, {
    open(tag, attributes) {
      if (tag === 'numFmt') formats.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '')
      if (tag === 'cellXfs') inCells = true
      if (tag === 'xf' && inCells) styles.push(isDateFormat(attributes['numFmtId'] ?? '0', formats))
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** Built-in formats of days, those of Chinese workbooks included (ECMA-376-1, 18.8.30); others by their letters. */
function isDateFormat(id: string, formats: ReadonlyMap<string, string>): boolean {
  const code = formats.get(id)
  if (code === undefined)
    return [
      [14, 17],
      [22, 22],
      [27, 31],
      [36, 36],
      [50, 54],
      [57, 58],
    ].some(([from, to]) => Number(id) >= from! && Number(id) <= to!)
  return /[yd]/iu.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./gu, ''))
}
