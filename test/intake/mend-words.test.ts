import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { unpackFiles } from '../../src/intake/unpack/unpack-files.ts'
import { attachment, buildMail, textPart } from '../fixtures/build-mail.ts'

const name = '营业执照（副本）.jpg'
const jpeg = Buffer.from('\xff\xd8\xff\xe0 a scan \xff\xd9', 'latin1')
const gbk = iconv.encode(name, 'gbk')
const utf8 = Buffer.from(name)
const base64 = (bytes: Buffer) => bytes.toString('base64')
const quoted = (bytes: Buffer) => [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
const percent = (bytes: Buffer) => quoted(bytes).replaceAll('=', '%')

test.each([
  ['two GBK words cut inside a character', `filename="=?gbk?B?${base64(gbk.subarray(0, 5))}?= =?gbk?B?${base64(gbk.subarray(5))}?="`],
  [
    'two folded UTF-8 words cut inside a character',
    `filename="=?utf-8?B?${base64(utf8.subarray(0, 7))}?=\r\n =?utf-8?B?${base64(utf8.subarray(7))}?="`,
  ],
  [
    'words without their padding',
    `filename="=?utf-8?B?${base64(utf8.subarray(0, 7)).replaceAll('=', '')}?= =?utf-8?B?${base64(utf8.subarray(7)).replaceAll('=', '')}?="`,
  ],
  ['quoted-printable words', `filename="=?utf-8?Q?${quoted(utf8.subarray(0, 7))}?=\r\n =?utf-8?Q?${quoted(utf8.subarray(7))}?="`],
  ['GBK under the label of UTF-8', `filename="=?utf-8?B?${base64(gbk)}?="`],
  ['UTF-8 under the label of GB 2312', `filename="=?gb2312?B?${base64(utf8)}?="`],
  ['GBK under a Western label', `filename="=?iso-8859-1?B?${base64(gbk)}?="`],
  ['GBK under no known label', `filename="=?x-unknown?B?${base64(gbk)}?="`],
  ['a word outside of quotes', `filename==?GBK?B?${base64(gbk)}?=`],
  ['an RFC 2231 name', `filename*=UTF-8''${percent(utf8)}`],
  ['an RFC 2231 name in GBK without a charset', `filename*=''${percent(gbk)}`],
  ['an RFC 2231 name in GBK under the label of UTF-8', `filename*=UTF-8''${percent(gbk)}`],
  ['an RFC 2231 name without its quotes', `filename*=${percent(utf8)}`],
  ['an RFC 2231 name inside quotes', `filename*="UTF-8'zh-CN'${percent(utf8)}"`],
  ['continuations out of order', `filename*1*=${percent(utf8.subarray(9))};\r\n filename*0*=UTF-8''${percent(utf8.subarray(0, 9))}`],
  [
    'an encoded word cut into numbered pieces',
    `filename*0="=?GB2312?B?${base64(gbk).slice(0, 10)}";\r\n filename*1="${base64(gbk).slice(10)}?="`,
  ],
  ['raw UTF-8 cut into numbered pieces', `filename*0="${name.slice(0, 4)}";\r\n\tfilename*1="${name.slice(4)}"`],
  [
    'percent pieces in GBK cut inside a character, beside a plain one',
    `filename*0*=GBK''${percent(gbk.subarray(0, 5))};\r\n filename*1*=${percent(gbk.subarray(5, -4))};\r\n filename*2=".jpg"`,
  ],
  ['a name that went through a web form', `filename="${percent(utf8)}"`],
  ['one in GBK', `filename="${percent(gbk)}"`],
  ['one as numbers of characters', `filename="${[...name].map((sign) => `&#${sign.codePointAt(0)};`).join('')}"`],
])('a name as %s comes out as it was meant', async (_, written) => {
  for (const header of [
    `Content-Disposition: attachment; ${written}`,
    `Content-Type: image/jpeg; ${written.replaceAll('filename', 'name')}`,
  ]) {
    const { papers } = await unpackFiles([{ file: 'a', bytes: buildMail([textPart('x'), attachment(jpeg, header)]) }])
    expect(papers.map(({ file }) => file)).toEqual([`a!/${name}`])
  }
})

test.each([
  ['GBK under the label of UTF-8', `=?utf-8?B?${base64(gbk)}?=`, name],
  ['a Western name under a Western label', '=?iso-8859-1?Q?Ren=E9_M=FCller?=', 'René Müller'],
  ['Japanese under its own label', '=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
  ['Korean under its own label', `=?euc-kr?B?${base64(iconv.encode('한국', 'euc-kr'))}?=`, '한국'],
  ['Traditional Chinese under its own label', `=?big5?B?${base64(iconv.encode('營業執照', 'big5'))}?=`, '營業執照'],
])('a subject in %s is read', async (_, written, meant) => {
  const { mail } = await unpackFiles([{ file: 'a.eml', bytes: buildMail([textPart('x')], ['From: a@b.cn', `Subject: ${written}`]) }])
  expect(mail?.subject).toBe(meant)
})
