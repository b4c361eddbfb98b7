import { gzipSync } from 'node:zlib'
import CFB from 'cfb'
import iconv from 'iconv-lite'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openUnpacker } from '../../src/intake/unpack/open-unpacker.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { unpackFiles } from '../../src/intake/unpack/unpack-files.ts'
import { build7z, buildRar4, buildRar5, buildTar, buildTnef } from '../fixtures/build-archives.ts'
import { attachment, buildMail, textPart } from '../fixtures/build-mail.ts'
import { buildZip } from '../fixtures/build-zip.ts'

const jpeg = Buffer.from('\xff\xd8\xff\xe0 a scan \xff\xd9', 'latin1')
/** `扫描.jpg` with the methods 12 and 14 (APPNOTE 4.4.5). */
const packedByBzip2 =
  'UEsDBC4AAAgMAAAAIQDXfLcbMwAAAAgAAAAKAAAA5omr5o+PLmpwZ0JaaDkxQVkmU1ktId8HAAADkYLAACgBCAAAQAAAoAAiGj1PUIYB3gF8XckU4UJAtId8HFBLAQIuAy4AAAgMAAAAIQDXfLcbMwAAAAgAAAAKAAAAAAAAAAAAAACAAQAAAADmiavmj48uanBnUEsFBgAAAAABAAEAOAAAAFsAAAAAAA=='
const packedByLzma =
  'UEsDBD8AAggOAAAAIQDXfLcbHAAAAAgAAAAKAAAA5omr5o+PLmpwZwkEBQBdAACAAAB/thvh85iyyfaiQBf//6SgAABQSwECPwM/AAIIDgAAACEA13y3GxwAAAAIAAAACgAAAAAAAAAAAAAAgAEAAAAA5omr5o+PLmpwZ1BLBQYAAAAAAQABADgAAABEAAAAAAA='
const gbk = (text: string) => iconv.encode(text, 'gbk')
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ddd' } })
    .png()
    .toBuffer()

async function unpack(file: string, bytes: Buffer) {
  const { papers, problems } = await unpackFiles([{ file, bytes }])
  return { files: papers.map((paper) => paper.file), papers, codes: problems.map(({ code }) => code) }
}

describe('archives other than ZIP', () => {
  const parts = [{ name: '材料/登记表.jpg', bytes: jpeg }]
  test.each([
    ['RAR 4 with a name in GBK', '材料.rar', buildRar4([{ name: gbk('材料\\登记表.jpg'), bytes: jpeg }])],
    ['RAR 5', '材料.rar', buildRar5(parts)],
    ['7z', '材料.7z', build7z({ name: '材料/登记表.jpg', bytes: jpeg })],
    ['tar', '材料.tar', buildTar(parts)],
    ['tar with names in GBK', '材料.tar', buildTar([{ name: gbk('材料/登记表.jpg'), bytes: jpeg }])],
  ])('%s gives its files under their names', async (_, file, bytes) => {
    expect(await unpack(file, bytes)).toMatchObject({ files: [`${file}!/材料/登记表.jpg`], papers: [{ bytes: jpeg }], codes: [] })
  })

  test('a tar from before POSIX has no mark and is opened all the same', async () => {
    const bytes = buildTar(parts)
    // The magic of POSIX goes, and the sum of the block with it.
    bytes.fill(0, 257, 265).fill(' ', 148, 156)
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    expect((await unpack('材料.tar', bytes)).files).toEqual(['材料.tar!/材料/登记表.jpg'])
  })

  test('a ZIP packed by BZip2 or LZMA, as 7-Zip offers, gives its files', async () => {
    const scan = Buffer.from('\xff\xd8\xff scan', 'latin1')
    for (const packed of [packedByBzip2, packedByLzma])
      expect(await unpack('材料.zip', Buffer.from(packed, 'base64'))).toMatchObject({
        files: ['材料.zip!/扫描.jpg'],
        papers: [{ bytes: scan }],
        codes: [],
      })
  })

  test('a ZIP whose end is lost gives the files before it, and says that it is damaged', async () => {
    const zip = buildZip([
      { name: '登记表.jpg', bytes: jpeg },
      { name: '营业执照.jpg', bytes: jpeg },
    ])
    const cut = await unpack('材料.zip', zip.subarray(0, zip.indexOf('PK\x01\x02')))
    expect(cut).toMatchObject({ files: ['材料.zip!/登记表.jpg', '材料.zip!/营业执照.jpg'], codes: ['archive-damaged'] })
  })

  test('one volume of a split archive is told as such', async () => {
    const rar = buildRar4([{ name: '扫描.jpg', bytes: jpeg }])
    expect((await unpack('材料.part1.rar', rar.subarray(0, 60))).codes).toEqual(['archive-volume'])
    for (const name of ['材料.7z.002', '材料.z01', '材料.r00'])
      expect((await unpack(name, Buffer.from('rest of a volume'))).codes).toEqual(['archive-volume'])
  })

  test('an archive of empty folders says that nothing is in it', async () => {
    expect((await unpack('a.tar', buildTar([{ name: '材料/', bytes: Buffer.alloc(0) }]))).codes).toHaveLength(1)
  })

  test('a packed tar is opened through both layers', async () => {
    const bytes = gzipSync(buildTar([{ name: '1.jpg', bytes: jpeg }]))
    expect((await unpack('材料.tgz', bytes)).files).toEqual(['材料.tgz!/材料.tar!/1.jpg'])
  })

  test('a path that climbs is cut to its last name', async () => {
    const climbing = await unpack('a.tar', buildTar([{ name: '../../etc/1.jpg', bytes: jpeg }]))
    expect(climbing).toMatchObject({ files: ['a.tar!/1.jpg'], codes: ['unsafe-name'] })
  })

  test('a small file that unfolds to very much is stopped', async () => {
    expect((await unpack('a.gz', gzipSync(Buffer.alloc(200 * 1024 * 1024)))).codes).toEqual(['archive-bomb'])
  })

  test('an archive cut anywhere gives what it can and says what it cannot', async () => {
    for (const whole of [buildRar4(parts), buildRar5(parts), build7z({ name: '1.jpg', bytes: jpeg })])
      for (let length = 20; length < whole.length - 24; length += 9) {
        const { files, codes } = await unpack('a.rar', whole.subarray(0, length))
        expect(files.length + codes.length, String(length)).toBeGreaterThan(0)
      }
  })
})

describe('winmail.dat', () => {
  test('gives its attachments under their true names', async () => {
    const bytes = buildTnef([
      { title: gbk('授权~1.JPG'), longName: '授权委托书.jpg', bytes: jpeg },
      { title: gbk('截图.jpg'), bytes: jpeg },
    ])
    const mail = buildMail([textPart('您好'), attachment(bytes, 'Content-Type: application/ms-tnef; name="winmail.dat"')])
    expect((await unpack('来信.eml', mail)).files).toEqual(['来信.eml!/winmail.dat!/授权委托书.jpg', '来信.eml!/winmail.dat!/截图.jpg'])
  })

  test('gives what was put in as an object, and what a message put in so holds', async () => {
    const inner = buildTnef([{ title: gbk('截图.jpg'), bytes: jpeg }])
    const bytes = buildTnef([
      { title: gbk('照片'), longName: '照片.jpg', bytes: null, object: jpeg },
      { title: gbk('转发'), longName: '转发', bytes: null, object: inner },
    ])
    expect(await unpack('winmail.dat', bytes)).toMatchObject({
      files: ['winmail.dat!/照片.jpg', 'winmail.dat!/转发!/截图.jpg'],
      papers: [{ bytes: jpeg }, { bytes: jpeg }],
      codes: [],
    })
  })

  test('with an attachment that holds no bytes, or cut off, says so', async () => {
    expect((await unpack('winmail.dat', buildTnef([{ title: gbk('链接'), bytes: null }]))).codes).toEqual(['winmail-dat'])
    const whole = buildTnef([{ title: gbk('截图.jpg'), bytes: jpeg }])
    expect((await unpack('winmail.dat', whole.subarray(0, -10))).codes).toContain('archive-damaged')
    expect((await unpack('winmail.dat', whole.subarray(0, 6))).codes).toEqual(['archive-empty'])
  })
})

describe('office files', () => {
  test('that hold scans give the scans, without the logos', async () => {
    const scan = await picture(1200, 1700)
    for (const [name, folder, type] of [
      ['材料.docx', 'word/media', 'word/document.xml'],
      ['材料.xlsx', 'xl/media', 'xl/workbook.xml'],
      ['材料.ofd', 'Doc_0/Res', 'OFD.xml'],
    ] as const) {
      const bytes = buildZip([
        { name: '[Content_Types].xml', bytes: Buffer.from('<x/>') },
        { name: type, bytes: Buffer.from('<x/>') },
        { name: `${folder}/image1.png`, bytes: scan },
        { name: `${folder}/image2.png`, bytes: await picture(120, 90) },
      ])
      expect(await unpack(name, bytes)).toMatchObject({ files: [`${name}!/${folder}/image1.png`], codes: ['pictures-only'] })
    }
  })
})

describe('compound files', () => {
  const wide = (text: string) => Buffer.from(text, 'utf16le')
  const lengthOf = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
  const compound = (streams: Record<string, Buffer>) => {
    const container = CFB.utils.cfb_new()
    for (const [path, bytes] of Object.entries(streams)) CFB.utils.cfb_add(container, path, bytes)
    return Buffer.from(CFB.write(container, { type: 'buffer' }) as Buffer)
  }

  test('a saved Outlook message gives its attachments, and those of the message inside it', async () => {
    const first = '/__attach_version1.0_#00000000'
    const inner = '/__attach_version1.0_#00000001/__substg1.0_3701000D/__attach_version1.0_#00000000'
    const message = compound({
      '/__properties_version1.0': Buffer.alloc(32),
      [`${first}/__substg1.0_37010102`]: jpeg,
      [`${first}/__substg1.0_3704001F`]: wide('授权~1.JPG'),
      [`${first}/__substg1.0_3707001F`]: wide('授权委托书.jpg'),
      [`${inner}/__substg1.0_37010102`]: jpeg,
      [`${inner}/__substg1.0_3707001E`]: gbk('付款截图.jpg'),
    })
    expect(await unpack('来信.msg', message)).toMatchObject({
      files: ['来信.msg!/授权委托书.jpg', '来信.msg!/付款截图.jpg'],
      papers: [{ bytes: jpeg }, { bytes: jpeg }],
      codes: [],
    })
    expect((await unpack('来信.msg', compound({ '/__properties_version1.0': Buffer.alloc(32) }))).codes).toEqual(['no-papers'])
  })

  test('scans in an old Word file are taken out, and the words are asked for', async () => {
    const scan = await picture(1200, 1700)
    const blip = Buffer.concat([Buffer.from([0xa0, 0x6e, 0x1e, 0xf0]), lengthOf(scan.length + 17), Buffer.alloc(17), scan])
    const word = compound({ '/WordDocument': Buffer.alloc(600), '/Data': Buffer.concat([Buffer.alloc(70), blip]) })
    expect(await unpack('申请.doc', word)).toMatchObject({
      files: ['申请.doc!/图片-1.png'],
      papers: [{ bytes: scan }],
      codes: ['pictures-only'],
    })
    expect((await unpack('申请.doc', compound({ '/WordDocument': Buffer.alloc(600) }))).codes).toEqual(['word-file'])
  })
})

describe('the thread that unpacks', () => {
  test('gives papers in the order given, without being asked for plain ones', async () => {
    const unpacker = openUnpacker(silentLog)
    onTestFinished(() => unpacker.close())
    const zip = buildZip([{ name: '2.jpg', bytes: jpeg }])
    const { papers, problems } = await unpacker.unpack([
      { file: '1.jpg', bytes: jpeg },
      { file: 'a.zip', bytes: zip },
      { file: '3.jpg', bytes: jpeg },
    ])
    expect(papers.map(({ file }) => file)).toEqual(['1.jpg', 'a.zip!/2.jpg', '3.jpg'])
    expect(problems).toEqual([])
  })

  test('is killed when it takes too long, and only the part that held it up is lost', async () => {
    const unpacker = openUnpacker(silentLog, { seconds: 1.5, memoryBytes: 2 ** 31 })
    onTestFinished(() => unpacker.close())
    // A mail whose part promises a boundary that a quadratic reader never gets over.
    const slow = gzipSync(Buffer.alloc(45 * 1024 * 1024, 'From: a\nTo: b\nDate: c\n'))
    const mail = buildMail([attachment(jpeg), attachment(slow, 'Content-Type: application/gzip; name="x.gz"')])
    const { papers, problems } = await unpacker.unpack([{ file: 'a.eml', bytes: mail }])
    expect(papers.map(({ file }) => file)).toContain('a.eml!/a.jpg')
    expect(problems.length).toBeGreaterThan(0)
  })
})
