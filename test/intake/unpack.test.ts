import iconv from 'iconv-lite'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { defaultUnpackLimits } from '../../src/intake/unpack/unpack-limits.ts'
import { unpackFiles } from '../../src/intake/unpack/unpack-files.ts'
import { attachment, buildMail, mailHeaders, textPart } from '../fixtures/build-mail.ts'
import { buildZip } from '../fixtures/build-zip.ts'

const jpeg = Buffer.from('\xff\xd8\xff\xe0 a scan \xff\xd9', 'latin1')
const pdf = Buffer.from('%PDF-1.7\n%%EOF\n')
const gbk = (text: string) => iconv.encode(text, 'gbk')

async function unpack(file: string, bytes: Buffer, limits = defaultUnpackLimits) {
  const { papers, problems, mail } = await unpackFiles([{ file, bytes }], { limits })
  return { files: papers.map((paper) => paper.file), papers, codes: problems.map(({ code }) => code), problems, mail }
}

describe('archives', () => {
  test('names in GBK, in UTF-8 with and without its flag all come out as written', async () => {
    const zip = buildZip([
      { name: gbk('授权委托书.jpg'), bytes: jpeg },
      { name: '身份证/正面.jpg', bytes: jpeg },
      { name: '营业执照.pdf', bytes: pdf, utf8Flag: true },
    ])
    const { files, codes } = await unpack('材料.zip', zip)
    expect(files.toSorted()).toEqual(['材料.zip!/授权委托书.jpg', '材料.zip!/营业执照.pdf', '材料.zip!/身份证/正面.jpg'].toSorted())
    expect(codes).toEqual([])
  })

  test('scans come in the order in which people number them', async () => {
    const zip = buildZip(['扫描_10.jpg', '扫描_2.jpg', '扫描_1.jpg'].map((name) => ({ name, bytes: jpeg })))
    expect((await unpack('a.zip', zip)).files).toEqual(['a.zip!/扫描_1.jpg', 'a.zip!/扫描_2.jpg', 'a.zip!/扫描_10.jpg'])
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['/etc/cron.d/x.jpg', 'x.jpg'],
    ['C:\\Windows\\y.jpg', 'y.jpg'],
    ['..\\..\\z.jpg', 'z.jpg'],
  ])('an entry named %s is read under its last name and told', async (name, kept) => {
    const { files, codes, problems } = await unpack('a.zip', buildZip([{ name, bytes: jpeg }]))
    expect(files).toEqual([`a.zip!/${kept}`])
    expect(codes).toEqual(['unsafe-name'])
    expect(problems[0]?.message).toContain(kept)
  })

  test('two entries of one name are both kept', async () => {
    const { files } = await unpack(
      'a.zip',
      buildZip([
        { name: '1.jpg', bytes: jpeg },
        { name: '../1.jpg', bytes: pdf },
      ]),
    )
    expect(files).toHaveLength(2)
    expect(new Set(files)).toEqual(new Set(['a.zip!/1.jpg', 'a.zip!/1 (2).jpg']))
  })

  test('archives in archives are opened three deep and no deeper', async () => {
    let zip = buildZip([{ name: '01.jpg', bytes: jpeg }])
    for (const name of ['3.zip', '2.zip']) zip = buildZip([{ name, bytes: zip }])
    expect((await unpack('1.zip', zip)).files).toEqual(['1.zip!/2.zip!/3.zip!/01.jpg'])
    const deeper = await unpack('0.zip', buildZip([{ name: '1.zip', bytes: zip }]))
    expect(deeper.files).toEqual([])
    expect(deeper.problems).toMatchObject([{ file: '0.zip!/1.zip!/2.zip!/3.zip', code: 'archive-too-deep' }])
  })

  test('an encrypted archive asks for one without a password', async () => {
    const { files, problems } = await unpack('密.zip', buildZip([1, 2].map((at) => ({ name: `${at}.jpg`, bytes: jpeg, encrypted: true }))))
    expect(files).toEqual([])
    expect(problems).toEqual([{ file: '密.zip', code: 'encrypted', message: '“密.zip”设有密码，无法打开，请去掉密码后重新发送。' }])
  })

  test('a bomb is not unfolded, whether it tells its size or not', async () => {
    const zeros = Buffer.alloc(30 * 1024 * 1024)
    expect((await unpack('a.zip', buildZip([{ name: '0.bin', bytes: zeros }]))).codes).toEqual(['archive-bomb'])
    const lying = await unpack('a.zip', buildZip([{ name: '0.bin', bytes: zeros, declaredSize: 1000 }]))
    expect(lying.codes).toEqual(['archive-damaged'])
    expect(lying.files).toEqual([])
  })

  test('bytes and files are counted over all containers together', async () => {
    const zip = buildZip(['1.jpg', '2.jpg', '3.jpg'].map((name) => ({ name, bytes: jpeg })))
    const few = await unpack('a.zip', zip, { ...defaultUnpackLimits, entries: 2 })
    expect(few).toMatchObject({ files: ['a.zip!/1.jpg', 'a.zip!/2.jpg'], codes: ['too-many-files'] })
    const small = await unpack('a.zip', zip, { ...defaultUnpackLimits, totalBytes: jpeg.length * 2 })
    expect(small).toMatchObject({ files: ['a.zip!/1.jpg', 'a.zip!/2.jpg'], problems: [{ file: 'a.zip!/3.jpg', code: 'too-large' }] })
  })

  test('a truncated archive, an empty one and one of litter only are told apart from papers', async () => {
    const zip = buildZip([{ name: '1.jpg', bytes: jpeg }])
    expect((await unpack('a.zip', zip.subarray(0, -10))).codes).toEqual(['archive-damaged'])
    expect((await unpack('a.zip', buildZip([]))).codes).toEqual(['archive-empty'])
    const litter = buildZip(
      ['__MACOSX/._1.jpg', '.DS_Store', '图/Thumbs.db', '~$表.doc', 'desktop.ini'].map((name) => ({ name, bytes: jpeg })),
    )
    expect((await unpack('a.zip', litter)).codes).toEqual(['archive-empty'])
  })

  test('a byte changed inside an entry is noticed', async () => {
    const zip = buildZip([{ name: '1.jpg', bytes: Buffer.concat([jpeg, Buffer.from('0123456789')]) }])
    const damaged = Buffer.from(zip)
    damaged[45] = (damaged[45] ?? 0) ^ 0x11
    expect(await unpack('a.zip', damaged)).toMatchObject({ files: [], problems: [{ file: 'a.zip!/1.jpg', code: 'archive-damaged' }] })
  })

  test('bytes appended to an archive do no harm', async () => {
    const zip = Buffer.concat([buildZip([{ name: '1.jpg', bytes: jpeg }]), Buffer.from('\r\n-- scanned by a gateway --')])
    expect(await unpack('a.zip', zip)).toMatchObject({ files: ['a.zip!/1.jpg'], codes: [] })
  })

  test('a symbolic link in an archive leads nowhere', async () => {
    const zip = buildZip([{ name: 'link.jpg', bytes: Buffer.from('/etc/passwd'), unixMode: 0o120777 }])
    expect(await unpack('a.zip', zip)).toMatchObject({ files: [], codes: ['link-entry'] })
  })
})

describe('formats that are not opened', () => {
  const cfb = (stream: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')])
  const office = (...names: string[]) => buildZip(['[Content_Types].xml', ...names].map((name) => ({ name, bytes: Buffer.from('<x/>') })))
  test.each([
    ['a.rar', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), 'archive-empty'],
    ['a.7z', Buffer.from('377abcaf271c0004', 'hex'), 'archive-empty'],
    ['a.gz', Buffer.from('1f8b0800', 'hex'), 'archive-damaged'],
    ['winmail.dat', Buffer.from('789f3e22', 'hex'), 'archive-empty'],
    ['a.msg', cfb('__properties_version1.0'), 'outlook-message'],
    ['a.doc', cfb('WordDocument'), 'word-file'],
    ['a.xls', cfb('Workbook'), 'excel-file'],
    ['密.docx', cfb('EncryptedPackage'), 'encrypted'],
    ['a.docx', office('word/document.xml'), 'word-file'],
    ['名字像图片.jpg', office('xl/workbook.xml'), 'excel-file'],
    ['a.ofd', buildZip([{ name: 'OFD.xml', bytes: Buffer.from('<x/>') }]), 'ofd-file'],
    ['空.pdf', Buffer.alloc(0), 'empty'],
  ])('%s is known by its bytes and answered with what to do', async (file, bytes, code) => {
    const { files, problems } = await unpack(file, bytes)
    expect(files).toEqual([])
    expect(problems).toMatchObject([{ file, code }])
    expect(problems[0]?.message).toMatch(/请.+。$/u)
  })

  test('anything else is handed on for reading to judge', async () => {
    expect((await unpack('a.jpg', Buffer.from('只是文字'))).files).toEqual(['a.jpg'])
    expect((await unpack('a.pdf', pdf)).files).toEqual(['a.pdf'])
  })
})

describe('mails', () => {
  const rawName = (header: string, name: string) => Buffer.concat([Buffer.from(header), gbk(name), Buffer.from('"')])

  test('attachments are named by their way in, and the sender is known', async () => {
    const mail = buildMail([
      textPart('您好，见附件。'),
      attachment(jpeg),
      attachment(buildZip([{ name: '01.jpg', bytes: jpeg }]), "Content-Disposition: attachment; filename*=UTF-8''%E6%9D%90%E6%96%99.zip"),
    ])
    const unpacked = await unpack('来信.eml', mail)
    expect(unpacked).toMatchObject({ files: ['来信.eml!/a.jpg', '来信.eml!/材料.zip!/01.jpg'], codes: [] })
    expect(unpacked.papers[0]?.bytes).toEqual(jpeg)
    expect(unpacked.mail).toEqual({
      from: 'lisi@example.com',
      fromName: '李四',
      replyTo: null,
      subject: '读卡器领取',
      messageId: '<20261120.1@example.com>',
      references: [],
      sentAt: '2026-11-20T01:30:00.000Z',
      text: '您好，见附件。',
    })
  })

  test.each([
    [
      'RFC 2047 GBK in quotes',
      [`Content-Disposition: attachment; filename="=?gb2312?B?${gbk('授权委托书镕.jpg').toString('base64')}?="`],
      '授权委托书镕.jpg',
    ],
    ['raw GBK', [rawName('Content-Disposition: attachment; filename="', '授权委托书.jpg')], '授权委托书.jpg'],
    ['raw GBK in Content-Type only', [rawName('Content-Type: image/jpeg; name="', '付款截图.jpg')], '付款截图.jpg'],
    ['raw UTF-8', ['Content-Disposition: attachment; filename="营业执照.jpg"'], '营业执照.jpg'],
    [
      'RFC 2231 GB18030',
      [`Content-Disposition: attachment; filename*=GB18030''${[...gbk('身份证.jpg')].map((byte) => `%${byte.toString(16)}`).join('')}`],
      '身份证.jpg',
    ],
    ['no name', ['Content-Type: application/octet-stream'], '附件-1.jpg'],
    ['a path', ['Content-Disposition: attachment; filename="../../etc/a.jpg"'], 'a.jpg'],
  ])('an attachment named by %s keeps its name', async (_, headers, name) => {
    const { files } = await unpack('来信.eml', buildMail([textPart('见附件'), attachment(jpeg, ...headers)]))
    expect(files).toEqual([`来信.eml!/${name}`])
  })

  test('raw GBK in subject, sender and text is read, with or without a declared charset', async () => {
    const headers = [
      Buffer.concat([Buffer.from('From: "'), gbk('王五'), Buffer.from('" <w@example.com>')]),
      Buffer.concat([Buffer.from('Subject: '), gbk('厦门制卡材料')]),
      'Date: never',
      'Message-ID: <1@example.com>',
    ]
    for (const type of [
      'Content-Type: text/plain',
      'Content-Type: text/plain; charset=us-ascii',
      'Content-Type: text/plain;\r\n charset="gb2312"',
    ]) {
      const { mail } = await unpack('a.eml', buildMail([{ headers: [type], body: gbk('请查收附件') }, attachment(jpeg)], headers))
      expect(mail).toMatchObject({ fromName: '王五', subject: '厦门制卡材料', sentAt: null, text: '请查收附件' })
    }
    const single = await unpack(
      'a.eml',
      Buffer.concat([...headers.flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')]), Buffer.from('\r\n'), gbk('没有附件')]),
    )
    expect(single).toMatchObject({ mail: { subject: '厦门制卡材料', text: '没有附件' }, codes: ['no-papers'] })
  })

  test('a subject split inside a character is whole again', async () => {
    const bytes = Buffer.from('厦门口岸')
    const words = [bytes.subarray(0, 4), bytes.subarray(4)].map((part) => `=?UTF-8?B?${part.toString('base64')}?=`).join('\r\n ')
    const { mail } = await unpack(
      'a.eml',
      buildMail([attachment(jpeg)], [`Subject: ${words}`, 'From: a@example.com', 'Date: Fri, 20 Nov 2026 09:30:00 +0800']),
    )
    expect(mail?.subject).toBe('厦门口岸')
  })

  test('the attachments of a forwarded mail count, and the answer goes to who forwarded it', async () => {
    const inner = buildMail(
      [textPart('原文'), attachment(pdf, rawName('Content-Disposition: attachment; filename="', '委托书.pdf'))],
      ['From: inner@example.com', 'Subject: inner', 'Date: Fri, 20 Nov 2026 09:30:00 +0800'],
    )
    const asPart = { headers: ['Content-Type: message/rfc822; name="fw.eml"'], body: inner }
    const unpacked = await unpack('来信.eml', buildMailAround(asPart))
    expect(unpacked).toMatchObject({ files: ['来信.eml!/fw.eml!/委托书.pdf'], mail: { from: 'lisi@example.com' }, codes: [] })
  })

  test('mails in mails end somewhere', async () => {
    let mail = buildMail([attachment(jpeg)])
    for (let depth = 0; depth < 8; depth++)
      mail = buildMailAround({
        headers: ['Content-Type: message/rfc822; name="m.eml"', 'Content-Transfer-Encoding: base64'],
        body: mail.toString('base64'),
      })
    expect(await unpack('a.eml', mail)).toMatchObject({ files: [], codes: ['mail-too-deep'] })
  })

  test('a pasted picture of a paper counts, a logo under the signature does not and is told', async () => {
    const paper = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer()
    const logo = await sharp({ create: { width: 160, height: 60, channels: 3, background: '#00f' } })
      .png()
      .toBuffer()
    const inline = (bytes: Buffer, type: string, cid: string) =>
      attachment(bytes, `Content-Type: ${type}`, `Content-ID: <${cid}>`, 'Content-Disposition: inline')
    const html = { headers: ['Content-Type: text/html; charset=utf-8'], body: '<p>请看图</p><img src="cid:1"><img src="cid:2">' }
    const unpacked = await unpack(
      'a.eml',
      buildMail([html, inline(paper, 'image/jpeg', '1'), inline(logo, 'image/png', '2')], mailHeaders, 'related'),
    )
    expect(unpacked).toMatchObject({ files: ['a.eml!/附件-1.jpg'], problems: [{ file: 'a.eml!/附件-2.png', code: 'signature-image' }] })
    expect(unpacked.mail?.text).toContain('请看图')
    const onlyLogo = await unpack('a.eml', buildMail([html, inline(logo, 'image/png', '2')], mailHeaders, 'related'))
    expect(onlyLogo.codes).toEqual(['signature-image', 'no-papers'])
  })

  test.each([
    ['QQ', 'https://mail.qq.com/cgi-bin/ftnExs_download?k=abc&t=exs_ftn_download'],
    ['QQ, the new page', 'https://wx.mail.qq.com/ftn/download?func=3&key=abc'],
    ['163', '<a href="https://mail.163.com/large-attachment-download/index.html?p=abc">'],
    ['邮箱大师', 'https://dashi.163.com/html/cloud-attachment-download/?key=abc'],
    ['189', 'https://download.cloud.189.cn/file/downloadFile.action?dt=abc'],
    ['139', 'https://html5.mail.10086.cn/html/disk/share.html?linkId=abc'],
    ['Coremail', 'https://mail.example.cn/coremail/s?func=nf:file:download&id=abc'],
    ['a drive', 'https://pan.baidu.com/s/1abc 提取码 1234'],
    ['an unknown provider that names it', '超大附件：http://mail.example.cn/big/abc'],
  ])('a link to an oversize attachment of %s is answered with a request for the file', async (_, text) => {
    expect((await unpack('a.eml', buildMail([textPart(text)]))).codes).toEqual(['large-attachment-link'])
  })

  test('words about oversize attachments, and links without them, are no such link', async () => {
    for (const text of ['附件太大，超大附件发不出去怎么办？', '我们的网站是 https://www.example.cn/'])
      expect((await unpack('a.eml', buildMail([textPart(text)]))).codes).toEqual(['no-papers'])
  })

  test('a mail cut off in the middle gives what it has', async () => {
    const whole = buildMail([
      textPart('见附件'),
      attachment(jpeg),
      attachment(Buffer.alloc(5000, 7), 'Content-Disposition: attachment; filename="b.bin"'),
    ])
    const { files, codes } = await unpack('a.eml', whole.subarray(0, whole.length - 3000))
    expect(files).toContain('a.eml!/a.jpg')
    expect(codes).toEqual(['mail-damaged'])
  })

  test('a screenshot pasted into the HTML itself counts', async () => {
    const shot = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#eee' } })
      .png()
      .toBuffer()
    const html = `<p>付款截图</p><img src="data:image/png;base64,${shot.toString('base64')}">`
    const { files, papers, mail } = await unpack('a.eml', buildMail([{ headers: ['Content-Type: text/html'], body: html }]))
    expect(files).toEqual(['a.eml!/正文图片-1.png'])
    expect(papers[0]?.bytes).toEqual(shot)
    expect(mail?.text).toBe('付款截图')
  })

  test('a mail sealed as a whole and a program are answered, an attachment named by its ending alone is read', async () => {
    const sealed = attachment(pdf, 'Content-Type: application/pkcs7-mime; name="smime.p7m"')
    expect((await unpack('a.eml', buildMail([sealed]))).codes).toEqual(['mail-sealed'])
    const program = attachment(Buffer.from('MZ...'), 'Content-Disposition: attachment; filename="材料.exe"')
    expect((await unpack('a.eml', buildMail([program]))).codes).toEqual(['program'])
    const ending = attachment(jpeg, 'Content-Disposition: attachment; filename=".jpg"')
    expect((await unpack('a.eml', buildMail([ending]))).files).toEqual(['a.eml!/.jpg'])
  })

  test('HTML is read as a person would, without what is never shown', async () => {
    const html =
      '<html><head><title>x</title><style>p{}</style></head><body><p>您好&nbsp;张三&#65307;</p><div>第二行<br>第三行 &lt;1&gt;</div><script>alert(1)</script><!-- no --></body></html>'
    const { mail } = await unpack(
      'a.eml',
      buildMail([{ headers: ['Content-Type: text/html; charset=utf-8'], body: html }, attachment(jpeg)]),
    )
    expect(mail?.text).toBe('您好 张三；\n第二行\n第三行 <1>')
  })

  test('HTML too long to turn into text loses no attachment', async () => {
    const html = { headers: ['Content-Type: text/html; charset=utf-8'], body: '<b>x</b>\r\n'.repeat(150_000) }
    expect(await unpack('a.eml', buildMail([html, attachment(jpeg)]))).toMatchObject({ files: ['a.eml!/a.jpg'], codes: [] })
  })

  test('garbage after a header is no fault', async () => {
    for (let seed = 1; seed < 40; seed++) {
      const mail = buildMail([textPart('x'), attachment(jpeg)])
      for (let at = seed; at < mail.length; at += 37) mail[at] = (at * seed) % 256
      const { files, codes } = await unpack('a.eml', Buffer.concat([Buffer.from('From: a@example.com\r\n'), mail]))
      expect(files.length + codes.length).toBeGreaterThan(0)
    }
  })
})

function buildMailAround(part: { headers: string[]; body: string | Buffer }): Buffer {
  const outer = buildMail([textPart('转发'), part])
  return Buffer.from(
    outer
      .toString('latin1')
      .replaceAll('part-of-zhika', (boundary, at: number) => (inside(outer, part.body, at) ? boundary : 'outer-part')),
    'latin1',
  )
}

/** The inner mail keeps its own boundary. */
function inside(outer: Buffer, body: string | Buffer, at: number): boolean {
  const start = outer.indexOf(body)
  return at >= start && at < start + body.length
}
