import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readSheet } from '../../../src/platform/sheets/read-sheet.ts'
import { writeWorkbook } from '../../../src/platform/sheets/write-workbook.ts'
import { buildTable, buildWorkbook } from '../../fixtures/build-workbook.ts'
import { buildZip } from '../../fixtures/build-zip.ts'

const limits = { fileBytes: 1_000_000, unfoldedBytes: 2_000_000, cells: 5000, rows: 1000, columns: 20 }
const cellsOf = async (bytes: Uint8Array) => (await readSheet(bytes, limits)).rows.map(({ number, cells }) => [number, ...cells])

async function written(...sheets: Parameters<typeof writeWorkbook>[1]): Promise<Buffer> {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, next) {
      chunks.push(chunk)
      next()
    },
  })
  await writeWorkbook(stream, sheets)
  return Buffer.concat(chunks)
}

describe('a sheet', () => {
  it('is read as it was written: shared and rich texts, numbers with their digits, dates, formulas unevaluated', async () => {
    const bytes = buildWorkbook({
      texts: [
        '<t>厦门</t>',
        '<r><t>海</t></r><r><rPr><b/></rPr><t xml:space="preserve">润 </t></r><rPh sb="0" eb="1"><t>hai</t></rPh>',
        '<t>a_x000D_b</t>',
      ],
      rows: `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="s"><v>2</v></c></row>
        <row r="5"><c><v>8.6000000012346E+12</v></c><c s="1"><v>45981.75</v></c><c s="2"><v>45981</v></c><c s="4"><v>45981</v></c></row>
        <row><c r="A6"><f>SUM(A1:A2)</f><v>3</v></c><c r="B6"><f t="shared" si="0"/><v>3</v></c><c r="C6" t="e"><v>#N/A</v></c><c r="D6" t="b"><v>1</v></c></row>
        <row r="9" s="1"/>`,
    })
    expect(await readSheet(bytes, limits)).toMatchObject({ name: '台账' })
    expect(await cellsOf(bytes)).toEqual([
      [3, { kind: 'text', text: '厦门' }, undefined, { kind: 'text', text: '海润 ' }, { kind: 'text', text: 'a\rb' }],
      [
        5,
        { kind: 'number', text: '8.6000000012346E+12' },
        { kind: 'date', text: '2025-11-20' },
        { kind: 'date', text: '2025-11-20' },
        { kind: 'number', text: '45981' },
      ],
      [
        6,
        { kind: 'formula', text: 'SUM(A1:A2)' },
        { kind: 'formula', text: '' },
        { kind: 'error', text: '#N/A' },
        { kind: 'boolean', text: 'TRUE' },
      ],
    ])
  })

  it('counts days from 1904 where the workbook says so', async () => {
    const bytes = buildWorkbook({ properties: 'date1904="1"', rows: '<row r="1"><c r="A1" s="1"><v>44519</v></c></row>' })
    expect(await cellsOf(bytes)).toEqual([[1, { kind: 'date', text: '2025-11-20' }]])
  })

  it('keeps every Chinese character, wherever the bytes are cut', async () => {
    const name = '厦门鹭江进出口有限公司'
    const rows = Array.from({ length: 900 }, (_, at) => [`${'x'.repeat(at % 7)}${name.repeat(12)}`])
    const read = await readSheet(await written({ name: '一', columns: [{ title: '企业', width: 9 }], rows }), limits)
    expect(read.rows.slice(1).map(({ cells }) => cells[0]?.text)).toEqual(rows.map(([text]) => text))
  })

  it('never becomes a formula when it is written', async () => {
    const texts = ['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', '=cmd|"/c calc"!A1']
    const bytes = await written({
      name: '一',
      columns: [
        { title: '文字', width: 9 },
        { title: '日', width: 9, kind: 'date' },
      ],
      rows: texts.map((text) => [text, '2026-11-20']),
    })
    const { rows } = await readSheet(bytes, limits)
    expect(rows.slice(1).map(({ cells }) => cells)).toEqual(
      texts.map((text) => [
        { kind: 'text', text },
        { kind: 'date', text: '2026-11-20' },
      ]),
    )
  })
})

describe('what is no table', () => {
  const refused = async (bytes: Uint8Array, more: Partial<typeof limits> = {}) =>
    readSheet(bytes, { ...limits, ...more }).then(
      () => 'read',
      (error: { code?: string }) => error.code,
    )

  it('is told by a code', async () => {
    expect(await refused(Buffer.from('卡号,企业'))).toBe('sheet-not-xlsx')
    expect(await refused(Buffer.alloc(0))).toBe('sheet-not-xlsx')
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('sheet-old-or-encrypted')
    expect(await refused(buildZip([{ name: 'word/document.xml', bytes: Buffer.from('<a/>') }]))).toBe('sheet-damaged')
    const whole = buildTable([['卡号']])
    expect(await refused(whole.subarray(0, whole.length - 40))).toBe('sheet-damaged')
    expect(await refused(buildWorkbook({ rows: '<row r="1"><c r="A1"' }))).toBe('sheet-damaged')
  })

  it('is refused before it grows: bytes, unfolded bytes, rows, columns, depth, document types', async () => {
    const wide = `<row r="1"><c r="ZZZ1" t="inlineStr"><is><t>x</t></is></c></row>`
    const long = Array.from({ length: 1002 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join('')
    expect(await refused(buildTable([['卡号']]), { fileBytes: 10 })).toBe('sheet-too-large')
    expect(await refused(buildWorkbook({ rows: ' '.repeat(3_000_000) }))).toBe('sheet-too-large')
    expect(await refused(buildWorkbook({ rows: long }))).toBe('sheet-too-many-rows')
    expect(await refused(buildWorkbook({ rows: long }), { rows: 5000, cells: 1000 })).toBe('sheet-too-large')
    expect(await refused(buildWorkbook({ rows: '', texts: Array.from({ length: 5001 }, () => '<t>x</t>') }))).toBe('sheet-too-large')
    expect(await refused(buildWorkbook({ rows: wide }))).toBe('sheet-too-many-columns')
    expect(await refused(buildWorkbook({ rows: '<x>'.repeat(500) }))).toBe('sheet-damaged')
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>'
    expect(await refused(buildWorkbook({ rows: '', more: { 'xl/sharedStrings.xml': bomb } }))).toBe('sheet-damaged')
  })

  it('does not hold up the reading: ranges over the whole sheet, rows without anything', async () => {
    const everything = 'A1:XFD1048576'
    const bytes = buildWorkbook({
      rows: `<row r="1"><c r="A1"><v>1</v></c></row>${'<row s="1"/>'.repeat(50_000)}<row r="1048576"/>`,
      after: `<mergeCells><mergeCell ref="${everything}"/></mergeCells><dataValidations><dataValidation sqref="${everything}"/></dataValidations>`,
    })
    expect(await cellsOf(bytes)).toEqual([[1, { kind: 'number', text: '1' }]])
  })
})
