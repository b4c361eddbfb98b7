import { describe, expect, it } from 'vitest'
import { sniffFormat } from '../../../src/reading/decode/sniff-format.ts'
import { buildZip } from '../../fixtures/build-zip.ts'

const bytes = (text: string, length = 64) => {
  const all = new Uint8Array(Math.max(length, text.length))
  all.set(Buffer.from(text, 'latin1'))
  return all
}
const codeOf = (content: Uint8Array) => {
  const told = sniffFormat(content)
  return told.ok ? told.value : told.code
}

describe('what a file is', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
    ['GIF89a', 'gif'],
    ['II*\0', 'tiff'],
    ['MM\0*', 'tiff'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'avif'],
    ['%PDF-1.4', 'pdf'],
    ['\xef\xbb\xbf\r\n%PDF-1.7', 'pdf'],
    ['BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'bmp'],
  ])('is told by its first bytes: %j is %s', (head, format) => {
    expect(codeOf(bytes(head))).toBe(format)
  })

  it('is not told by how a text happens to begin', () => {
    expect(codeOf(bytes('BM 是一家公司的缩写，这是一个文本文件。'))).toBe('not-a-paper')
    expect(codeOf(bytes('hello, this is a text named photo.jpg'))).toBe('not-a-paper')
  })

  it('is refused when it is empty or beyond 50 MB', () => {
    expect(codeOf(new Uint8Array())).toBe('empty-file')
    expect(codeOf(new Uint8Array(50 * 1024 * 1024 + 1))).toBe('too-large')
  })

  it('is refused with the way out when a program of the office wrote it', () => {
    const docx = buildZip([{ name: 'word/document.xml', bytes: Buffer.from('<w/>') }])
    const told = sniffFormat(docx)
    expect(told).toMatchObject({ ok: false, code: 'unsupported-format' })
    expect(told.ok ? '' : told.message).toContain('Word')
    expect(codeOf(bytes('Rar!\x1a\x07\x01\0'))).toBe('unsupported-format')
    expect(codeOf(bytes('\0\0\0\x0cjP  \r\n'))).toBe('unsupported-format')
  })
})
