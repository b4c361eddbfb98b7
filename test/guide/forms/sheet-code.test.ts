import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { packValues } from '../../../src/forms/pack-values.ts'
import { readSheetCode, writeSheetCode, writeValuePart, type SheetCode } from '../../../src/guide/forms/sheet-code.ts'
import { readSheetCodes } from '../../../src/reading/coded/unpack-values.ts'
import type { FoundBarcode } from '../../../src/reading/page.ts'

const sheet: SheetCode = { kind: 'card-form', version: 1, layout: 0, page: 1, pages: 1, parts: 0 }

const found = (text: string, format = 'QRCode'): FoundBarcode => ({
  format,
  text,
  box: { x: 0, y: 0, width: 90, height: 90 },
  corners: [
    [0, 0],
    [90, 0],
    [90, 90],
    [0, 90],
  ],
})

const contents = {
  'legal.holderName': '林宏达',
  'legal.idNumber': '350203199001010018',
  'operator.holderName': '陈𠮷芳',
  signedDate: '2026-11-20',
}
const codesOf = (values: Parameters<typeof packValues>[1]) => {
  const { sheet: code, values: parts } = packValues({ kind: 'card-form', version: 1, layout: 0, page: 1, pages: 1 }, values)
  return { all: [code, ...parts], code, parts }
}

describe('the codes of a sheet', () => {
  it('say form, version, layout and page in twenty characters that the smallest codes can hold', () => {
    for (const layout of [0, 65_535]) {
      const text = writeSheetCode({ ...sheet, layout, parts: 3 })
      expect(text).toMatch(/^[0-9A-Z $%*+\-./:]{1,20}$/u)
      expect(readSheetCode(text)).toEqual({ ...sheet, layout, parts: 3 })
    }
  })

  it('give back every value, rare characters too', () => {
    const read = readSheetCodes(codesOf(contents).all.map((text) => found(text)))
    expect(read?.sheet.kind).toBe('card-form')
    expect(read?.contents).toMatchObject(contents)
    expect(read?.contents?.['legal.fax']).toBeNull()
  })

  it('hold no values unless every part was read', () => {
    const address = '福建省厦门市湖里区虚构路18号虚构国际航运中心甲座3201室'
    const { all, parts } = codesOf({ ...contents, 'legal.address': address, 'operator.address': [...address].toReversed().join('') })
    expect(parts.length).toBeGreaterThan(1)
    expect(readSheetCodes(all.map((text) => found(text)))?.contents?.['legal.address']).toBe(address)
    expect(readSheetCodes(all.slice(0, -1).map((text) => found(text)))?.contents).toBeNull()
  })

  it('leave long texts to the paper and keep their hash', () => {
    const changes = Array.from({ length: 380 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('')
    const packed = packValues({ kind: 'change-request', version: 1, layout: 0, page: 1, pages: 1 }, { changes, uscc: '91350206MA2XM00A2T' })
    expect(packed.hashed).toEqual(['changes'])
    expect(packed.values.length).toBeLessThanOrEqual(3)
    const read = readSheetCodes([packed.sheet, ...packed.values].map((text) => found(text)))
    expect(read?.contents).toMatchObject({ uscc: '91350206MA2XM00A2T', changes: { hash: expect.stringMatching(/^[0-9a-f]{16}$/u) } })
  })

  it('do not mix the values of two sheets', () => {
    const [one, other] = [codesOf(contents), codesOf({ ...contents, 'legal.holderName': '王虚构' })]
    expect(readSheetCodes([one.code, other.parts[0]!, one.parts[0]!].map((text) => found(text)))?.contents ?? null).toBeNull()
  })

  it('tell when codes of two forms stand on one page', () => {
    const other = writeSheetCode({ ...sheet, kind: 'change-request' })
    expect(readSheetCodes([found(codesOf(contents).code), found(other)])?.strangers).toEqual(['change-request'])
  })
})

describe('hostile codes', () => {
  const valueCode = (bytes: Uint8Array, more: Partial<SheetCode> = {}) =>
    writeValuePart({ sheet: { ...sheet, parts: 1, ...more }, part: 0, checksum: 1, bytes })

  it.each([
    ['another program’s code', 'https://icapprove.xmeport.cn/'],
    ['nothing after the mark', 'ZK1:'],
    ['characters outside of base 45', 'ZK1:abc'],
    ['a value beyond two bytes', 'ZK1::::'],
    ['a changed character', writeSheetCode(sheet).replace(/.$/u, (last) => (last === '0' ? '1' : '0'))],
    ['a longer text than any code of ours', `ZK1:${'0'.repeat(4000)}`],
    ['version 0', writeSheetCode({ ...sheet, version: 0 })],
    ['page 2 of 1', writeSheetCode({ ...sheet, page: 2 })],
    ['more parts than a sheet has room for', writeSheetCode({ ...sheet, parts: 200 })],
    ['a part beyond the last', writeValuePart({ sheet: { ...sheet, parts: 1 }, part: 7, checksum: 0, bytes: Uint8Array.of(1) })],
  ])('are not believed: %s', (_, text) => expect(readSheetCode(text)).toBeNull())

  it('cannot blow up: what inflates to more than a form holds is dropped', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 32))
    const parts = Array.from({ length: 6 }, (_, part) =>
      writeValuePart({ sheet: { ...sheet, parts: 6 }, part, checksum: 1, bytes: bomb.subarray(part * 300, (part + 1) * 300) }),
    )
    expect(readSheetCodes(parts.map((text) => found(text)))?.contents ?? null).toBeNull()
  })

  it('are dropped when they hold no record of the form', () => {
    for (const line of ['', '{}', '[1]', '[{"hash":"x"}]', JSON.stringify(Array(60).fill('x')), '[["a",["b"]]]', 'null'])
      expect(readSheetCodes([found(valueCode(deflateRawSync(line)))])?.contents ?? null).toBeNull()
  })

  it('count only as QR codes', () => {
    expect(readSheetCodes([found(writeSheetCode(sheet), 'Code128')])).toBeNull()
  })
})
