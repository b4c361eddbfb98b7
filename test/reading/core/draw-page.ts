/** Draws simple pages and broken files for the tests of reading. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Raster } from '../../../src/reading/page.ts'

const folder = join(import.meta.dirname, '../../../node_modules/@expo-google-fonts/noto-sans-sc/400Regular')
GlobalFonts.registerFromPath(
  join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.ttf'))!,
  ),
  'Sans SC',
)

export const pageRows = [
  ['企业名称', '厦门示例进出口有限公司'],
  ['统一社会信用代码', '91350206MA2XM00A2T'],
  ['经办人', '张晓明'],
  ['联系电话', '13806012345'],
  ['收件地址', '福建省厦门市湖里区象屿路93号'],
  ['领卡方式', '邮寄到收件地址'],
] as const

/** A page of A4 at `dpi` with a title and a table of six rows, turned clockwise by `slant` degrees about its middle. */
export function drawPage({ dpi = 100, slant = 0 }: { dpi?: number; slant?: number } = {}): Raster {
  const unit = dpi / 100
  const canvas = createCanvas(Math.round(827 * unit), Math.round(1169 * unit))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((slant * Math.PI) / 180)
  context.scale(unit, unit)
  context.translate(-827 / 2, -1169 / 2)
  context.fillStyle = '#000'
  context.font = '26px "Sans SC"'
  context.fillText('制卡业务受理登记表', 290, 120)
  context.font = '18px "Sans SC"'
  for (const [index, [label, value]] of pageRows.entries()) {
    const y = 180 + index * 60
    context.strokeRect(90, y, 190, 60)
    context.strokeRect(280, y, 460, 60)
    context.fillText(label, 105, y + 37)
    context.fillText(value, 295, y + 37)
  }
  return rasterOf(context.getImageData(0, 0, canvas.width, canvas.height))
}

/** One line of text, black on white, tightly cut. */
export function drawLine(text: string, size = 36): Raster {
  const canvas = createCanvas(text.length * size + 40, Math.round(size * 1.6))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  context.font = `${size}px "Sans SC"`
  context.fillText(text, 12, size * 1.15)
  const width = Math.ceil(context.measureText(text).width) + 24
  return rasterOf(context.getImageData(0, 0, width, canvas.height))
}

function rasterOf({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): Raster {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) rgb.set(data.subarray(from, from + 3), to)
  return { width, height, data: rgb }
}

export function asSharp({ width, height, data }: Raster) {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** A PNG that declares a size in 70 bytes and holds next to nothing. */
export function declarePng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1024))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** A TIFF of several pages (little endian, 8 bit grey, uncompressed), each page one grey. */
export function writeTiff(pages: readonly Raster[], resolution?: readonly [x: number, y: number]): Uint8Array {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0])]
  let length = 8
  const bodies: Buffer[] = []
  for (const [index, { width, height, data }] of pages.entries()) {
    const grey = Buffer.from(Uint8Array.from({ length: width * height }, (_, at) => data[at * 3 + 1]!))
    const ratios = Buffer.alloc(16)
    for (const [axis, value] of (resolution ?? [200, 200]).entries()) {
      ratios.writeUInt32LE(value, axis * 8)
      ratios.writeUInt32LE(1, axis * 8 + 4)
    }
    const pixels = length
    const ratioPlace = pixels + grey.length
    const directory = ratioPlace + 16
    const entries = [
      [256, 3, 1, width],
      [257, 3, 1, height],
      [258, 3, 1, 8],
      [259, 3, 1, 1],
      [262, 3, 1, 1],
      [273, 4, 1, pixels],
      [277, 3, 1, 1],
      [278, 3, 1, height],
      [279, 4, 1, grey.length],
      [282, 5, 1, ratioPlace],
      [283, 5, 1, ratioPlace + 8],
    ] as const
    const table = Buffer.alloc(2 + entries.length * 12 + 4)
    table.writeUInt16LE(entries.length, 0)
    for (const [at, [tag, type, count, value]] of entries.entries()) {
      table.writeUInt16LE(tag, 2 + at * 12)
      table.writeUInt16LE(type, 4 + at * 12)
      table.writeUInt32LE(count, 6 + at * 12)
      table.writeUInt32LE(value, 10 + at * 12)
    }
    length = directory + table.length
    // The next page's directory follows its own pixels and resolution.
    const next = pages[index + 1]
    table.writeUInt32LE(next ? length + next.width * next.height + 16 : 0, table.length - 4)
    bodies.push(grey, ratios, table)
    if (index === 0) {
      const first = Buffer.alloc(4)
      first.writeUInt32LE(directory)
      parts.push(first)
    }
  }
  return new Uint8Array(Buffer.concat([...parts, ...bodies]))
}

/** A PDF of objects written by hand; `trailer` goes into the trailer. */
export function writePdf(objects: readonly string[], trailer = ''): Uint8Array {
  let text = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** A PDF of so many empty pages. */
export function writeLongPdf(pages: number): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ')
  return writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'),
  ])
}

/** A PDF that asks for a password. */
export function writeEncryptedPdf(): Uint8Array {
  const secret = `<${'ab'.repeat(32)}>`
  return writePdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ${secret} /U ${secret} >>`,
    ],
    `/Encrypt 4 0 R /ID [<${'cd'.repeat(16)}> <${'cd'.repeat(16)}>]`,
  )
}
