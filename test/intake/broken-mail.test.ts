/** Mails as broken mailers, gateways and careless programs make them: no attachment goes unnoticed. */
import { expect, test } from 'vitest'
import { unpackFiles } from '../../src/intake/unpack/unpack-files.ts'
import { attachment, buildMail, textPart } from '../fixtures/build-mail.ts'

const jpeg = Buffer.from('\xff\xd8\xff\xe0 a scan \xff\xd9', 'latin1')
const head = 'From: lisi@example.com\r\nTo: xmport@example.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
const scan = `Content-Type: image/jpeg; name="1.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${jpeg.toString('base64')}\r\n`

async function unpack(mail: string | Buffer) {
  const { papers, problems, mail: facts } = await unpackFiles([{ file: 'a.eml', bytes: Buffer.from(mail) }])
  return { files: papers.map(({ file }) => file), papers, codes: problems.map(({ code }) => code), text: facts?.text }
}

test.each([
  ['blanks after its boundaries', `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b  \r\n\r\nhello\r\n--b \t\r\n${scan}--b--  \r\n`],
  ['rubbish after its last boundary', `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n${scan}--b-->\r\n<script>\r\n`],
  ['no semicolon before its boundary', `Content-Type: multipart/mixed\r\n boundary="b"\r\n\r\n--b\r\n${scan}--b--\r\n`],
  ['no boundary in its header', `Content-Type: multipart/mixed\r\n\r\n--b\r\n${scan}--b--\r\n`],
  ['another boundary in its header than in its body', `Content-Type: multipart/mixed; boundary="a"\r\n\r\n--b\r\n${scan}--b--\r\n`],
  [
    'an inner multipart that is never closed',
    `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary="i"\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\nhello\r\n--i\r\n\r\n--b\r\n${scan}--b--\r\n`,
  ],
])('with %s a mail gives its scan', async (_, body) => {
  expect(await unpack(`${head}${body}`)).toMatchObject({ files: ['a.eml!/1.jpg'], papers: [{ bytes: jpeg }], codes: [] })
})

test('a multipart of which no part is found is told to be damaged', async () => {
  const { codes } = await unpack(`${head}Content-Type: multipart/mixed; boundary="b"\r\n\r\nno part at all\r\n`)
  expect(codes).toContain('mail-damaged')
})

test('a scan under the label of text is a paper, a text file beside the letter is named, the letter itself stays text', async () => {
  const mail = buildMail([
    textPart('您好'),
    attachment(jpeg, 'Content-Type: text/plain; name="1.jpg"'),
    attachment(Buffer.from('a list'), 'Content-Type: text/plain; name="清单.txt"', 'Content-Disposition: inline; filename="清单.txt"'),
  ])
  expect(await unpack(mail)).toMatchObject({ files: ['a.eml!/1.jpg', 'a.eml!/清单.txt'], text: '您好' })
  const named = buildMail([{ headers: ['Content-Type: text/plain; name="letter.txt"'], body: 'hello' }, attachment(jpeg)])
  expect(await unpack(named)).toMatchObject({ files: ['a.eml!/a.jpg'], text: 'hello' })
})

test('the mails of a digest need no type of their own', async () => {
  const inner = `\r\n${head}Content-Type: multipart/mixed; boundary="i"\r\n\r\n--i\r\n${scan}--i--\r\n`
  const { files } = await unpack(`${head}Content-Type: multipart/digest; boundary="b"\r\n\r\n--b\r\n${inner}--b--\r\n`)
  expect(files).toEqual(['a.eml!/转发邮件-1.eml!/1.jpg'])
})

test('uuencoded files are decoded, as a part and inside the text', async () => {
  const lines = uuencode(jpeg)
  const part = `Content-Type: image/jpeg; name="1.jpg"\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 1.jpg\r\n${lines}end\r\n`
  expect(await unpack(`${head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n${part}--b--\r\n`)).toMatchObject({
    files: ['a.eml!/1.jpg'],
    papers: [{ bytes: jpeg }],
  })
  expect(await unpack(`${head}\r\nhello\r\n\r\nbegin 644 2.jpg\r\n${lines}end\r\n`)).toMatchObject({
    files: ['a.eml!/2.jpg'],
    papers: [{ bytes: jpeg }],
    text: 'hello',
  })
})

test('a Western name in raw bytes is not read as Chinese', async () => {
  const mail = buildMail([
    textPart('x'),
    attachment(jpeg, Buffer.from('Content-Disposition: attachment; filename="Rechnung M\xfcller.jpg"', 'latin1')),
  ])
  expect((await unpack(mail)).files).toEqual(['a.eml!/Rechnung Müller.jpg'])
})

test('a mailbox saved as one file gives the scans of all its mails', async () => {
  const line = 'From lisi@example.com Fri Nov 20 09:30:00 2026\n'
  const one = buildMail([textPart('From here on it is only text.'), attachment(jpeg)])
  const { papers } = await unpackFiles([
    { file: '收件箱.mbox', bytes: Buffer.concat([Buffer.from(line), one, Buffer.from(`\n${line}`), one]) },
  ])
  expect(papers.map(({ file }) => file)).toEqual(['收件箱.mbox!/邮件-1.eml!/a.jpg', '收件箱.mbox!/邮件-2.eml!/a.jpg'])
  expect((await unpack(Buffer.concat([Buffer.from(line), one]))).files).toEqual(['a.eml!/a.jpg'])
})

test('a calendar is a file, however much its lines look like a header', async () => {
  const calendar = 'BEGIN:VCALENDAR\r\nPRODID:x\r\nX-WR-CALNAME:a\r\nX-WR-TIMEZONE:b\r\nX-MS-OLK:c\r\nEND:VCALENDAR\r\n'
  const mail = buildMail([textPart('x'), attachment(Buffer.from(calendar), 'Content-Disposition: attachment; filename="invite.ics"')])
  expect((await unpack(mail)).files).toEqual(['a.eml!/invite.ics'])
})

function uuencode(bytes: Buffer): string {
  const sign = (value: number) => String.fromCharCode(value === 0 ? 0x60 : value + 0x20)
  let lines = ''
  for (let start = 0; start < bytes.length; start += 45) {
    const line = bytes.subarray(start, start + 45)
    lines += sign(line.length)
    for (let at = 0; at < line.length; at += 3) {
      const bits = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0)
      lines += [18, 12, 6, 0].map((shift) => sign((bits >> shift) & 63)).join('')
    }
    lines += '\r\n'
  }
  return `${lines}\`\r\n`
}
