import { expect, test } from 'vitest'
import { buildMail as buildLetter } from '../../src/dispatch/letters/build-mail.ts'
import { unpackFiles } from '../../src/intake/unpack/unpack-files.ts'
import { attachment, buildMail, textPart } from '../fixtures/build-mail.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'

const scan = attachment(Buffer.from('\xff\xd8\xff\xe0 a scan \xff\xd9', 'latin1'))
const head = (...more: string[]) => ['From: <lisi@example.com>', 'To: xmport@example.cn', 'Message-ID: <1@example.com>', ...more]
const factsOf = async (bytes: Buffer) => (await unpackFiles([{ file: 'a.eml', bytes }])).mail
const kindOf = async (...more: string[]) => (await factsOf(buildMail([textPart('您好')], head(...more))))?.automatic

test.each([
  ['a person’s letter', undefined, 'Subject: =?UTF-8?B?6K+75Y2h5Zmo6aKG5Y+W?='],
  ['a person who marks it as not automatic', undefined, 'Auto-Submitted: no'],
  ['an out-of-office reply by its header', 'auto-reply', 'Auto-Submitted: auto-replied'],
  ['one by its subject alone', 'auto-reply', 'Subject: 自动回复：已收到您的材料'],
  ['one that answers our subject', 'auto-reply', 'Subject: Re: 【自动回复】材料需要补正'],
  ['one that ends with it', 'auto-reply', 'Subject: 来自李四的自动回复'],
  ['a person who asks about one', undefined, 'Subject: 请问自动回复里说的材料怎么补'],
  ['a bounce of an Exchange server', 'bounce', 'Subject: 未送达: 材料需要补正\r\nReturn-Path: <>'],
  ['one of an old program', 'auto-reply', 'Precedence: auto_reply'],
  ['a scanner that mails', 'bulk', 'Auto-Submitted: auto-generated'],
  ['a mailing list', 'bulk', 'List-Id: <all.example.com>'],
  ['a bounce without a report', 'bounce', 'Subject: 系统退信/Systems bounce\r\nReturn-Path: <>'],
  ['a letter of ours that comes back', 'loop', 'X-Zhika-Letter: 01'],
] as const)('%s is told', async (_, kind, header) => {
  expect(await kindOf(header)).toBe(kind)
})

test('a bounce tells which mail came back, why, and whether for good', async () => {
  const report = (action: string, status: string) =>
    buildMail(
      [
        textPart('Sorry.'),
        {
          headers: ['Content-Type: message/delivery-status'],
          body: `Reporting-MTA: dns; mx\r\n\r\nAction: ${action}\r\nStatus: ${status}\r\n`,
        },
        { headers: ['Content-Type: text/rfc822-headers'], body: 'Subject: x\r\nMessage-ID: <letter-7@189.cn>\r\n' },
        scan,
      ],
      ['From: MAILER-DAEMON@example.com', 'To: xmport@example.cn'],
      'report; report-type=delivery-status',
    )
  expect(await factsOf(report('failed', '5.1.1'))).toMatchObject({
    automatic: 'bounce',
    bounce: { messageId: '<letter-7@189.cn>', status: '5.1.1', failed: true },
  })
  expect(await factsOf(report('delayed', '4.4.7'))).toMatchObject({ bounce: { status: '4.4.7', failed: false } })
  const wrapped = buildMail(
    [
      textPart('退信'),
      { headers: ['Content-Type: message/rfc822'], body: buildMail([scan], ['From: xmport@189.cn', 'Message-ID: <letter-8@189.cn>']) },
    ],
    ['From: PostMaster@qq.com', 'To: xmport@189.cn', 'Subject: 来自qq.com的退信'],
  )
  expect(await factsOf(wrapped)).toMatchObject({ automatic: 'bounce', bounce: { messageId: '<letter-8@189.cn>', failed: true } })
})

const letterId = '0199c2f0-1b2c-7d3e-8f40-112233445566'

test.each([
  [
    'QQ: a page of Chinese, the letter enclosed as a plain file',
    'From: PostMaster@qq.com\r\nSubject: 来自qq.com的退信',
    [
      { headers: ['Content-Type: text/html; charset=gb18030'], body: '<p>抱歉，您的邮件被退回来了。550 Mailbox not found.</p>' },
      attachment(
        buildMail([textPart('x')], ['From: xmport@189.cn', 'To: a@qq.com', 'Subject: x', `Message-ID: <${letterId}@189.cn>`]),
        'Content-Type: application/octet-stream; name="original.eml"',
      ),
    ],
  ],
  [
    '163: a page that only quotes the number of the letter',
    'From: Postmaster@163.com\r\nSubject: 系统退信/The email is returned',
    [
      {
        headers: ['Content-Type: text/html; charset=utf-8'],
        body: `<td>原邮件编号</td><td>&lt;${letterId}@189.cn&gt;</td><p>User not found 550</p>`,
      },
    ],
  ],
  [
    'a thread that tells it',
    `From: MAILER-DAEMON@mail.example.cn\r\nSubject: 邮件投递失败\r\nIn-Reply-To: <${letterId}@189.cn>`,
    [textPart('收件人不存在')],
  ],
] as const)('a bounce that is no report names its letter: %s', async (_, header, parts) => {
  expect(await factsOf(buildMail([...parts], header.split('\r\n')))).toMatchObject({
    automatic: 'bounce',
    bounce: { messageId: `<${letterId}@189.cn>`, failed: true },
  })
})

test('a bounce that names no letter is a question for the clerk', async () => {
  const nameless = buildMail([textPart('您发给 a@qq.com 的邮件被退回。')], ['From: PostMaster@qq.com', 'Subject: 系统退信'])
  expect(await receive(nameless)).toMatchObject({
    submission: { state: 'question', reason: { code: 'mail-bounce-unknown' } },
    jobs: [],
  })
})

test('letters of one zhika are never answered by another, even when a gateway took our own mark off', async () => {
  const letter = await buildLetter({
    id: letterId,
    from: { name: '甲办事处', address: 'one@example.cn' },
    to: 'two@example.cn',
    subject: '材料需要补正',
    text: '您好。\n',
    linkAddress: null,
    layout: (_, paragraphs) => paragraphs,
    inReplyTo: null,
    at: new Date('2026-11-20T01:30:00Z'),
    attachment: null,
  })
  expect((await factsOf(Buffer.from(letter)))?.automatic).toBe('loop')
  const unmarked = Buffer.from(
    Buffer.from(letter)
      .toString('latin1')
      .replace(/^X-Zhika-Letter:.*\r\n/imu, ''),
    'latin1',
  )
  expect((await factsOf(unmarked))?.automatic).toBe('bulk')
})

test('what the receiving server says of the sender is read, what the sender says of himself is not', async () => {
  const results = 'spf=fail smtp.mailfrom=a@b; dkim=none; dmarc=fail (p=REJECT)'
  const own = [`Authentication-Results: mx.189.cn; ${results}`, 'Received: from x by mx1.189.cn; Fri, 20 Nov 2026 09:30:00 +0800']
  const facts = await factsOf(buildMail([textPart('x')], [...own, ...head()]))
  expect(facts?.authentication).toEqual({ spf: 'fail', dkim: 'none', dmarc: 'fail' })
  const forged = [
    'Received: from x by mx1.189.cn; Fri, 20 Nov 2026 09:30:00 +0800',
    'Authentication-Results: evil.example.com; spf=pass; dmarc=pass',
  ]
  expect((await factsOf(buildMail([textPart('x')], [...forged, ...head()])))?.authentication).toBeUndefined()
})

async function receive(bytes: Buffer) {
  const parts = await openIntakeParts()
  const { submissionId } = await parts.intake.receive({ door: 'mailbox', name: 'a.eml', files: [{ file: 'a.eml', bytes }] })
  const context = { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined }
  await parts.intake.handlers[0]?.run({ submissionId }, context)
  const jobs = (await parts.queue.list('queued')).map(({ name }) => name).filter((name) => name !== 'intake.unpack')
  await parts.intake.close()
  return { submission: await parts.intake.find(submissionId), jobs, intake: parts.intake, submissionId }
}

test('a bounce and its enclosed papers are set aside, and dispatch is told', async () => {
  const bounce = buildMail(
    [scan, { headers: ['Content-Type: text/rfc822-headers'], body: 'Message-ID: <letter-7@189.cn>\r\n' }],
    ['From: MAILER-DAEMON@example.com', 'Subject: Undelivered Mail Returned to Sender'],
  )
  const { submission, jobs } = await receive(bounce)
  expect(submission).toMatchObject({ state: 'set-aside', reason: { code: 'mail-bounce' }, papers: [] })
  expect(jobs).toEqual(['dispatch.note-bounce'])
})

test('an auto-reply without papers is set aside, with papers it is read', async () => {
  expect(await receive(buildMail([textPart('x')], head('Auto-Submitted: auto-replied')))).toMatchObject({
    submission: { state: 'set-aside' },
    jobs: [],
  })
  const read = await receive(buildMail([scan], head('Auto-Submitted: auto-replied')))
  expect(read).toMatchObject({ submission: { state: 'unpacked' }, jobs: ['reading.read'] })
})

test('a mail without any paper is a question for the clerk, and settled by one', async () => {
  const { submission, jobs, intake, submissionId } = await receive(buildMail([textPart('请问什么时候能办好？')], head('Subject: x')))
  expect(submission).toMatchObject({ state: 'question', mail: { text: '请问什么时候能办好？' } })
  expect(jobs).toEqual([])
  expect(await intake.settleQuestion(submissionId)).toMatchObject({ ok: true })
  expect(await intake.settleQuestion(submissionId)).toMatchObject({ ok: false, code: 'not-a-question' })
})

test('a mail of which nothing could be opened is answered, a program’s is not', async () => {
  const locked = attachment(Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'Content-Type: application/x-rar; name="a.rar"')
  expect(await receive(buildMail([locked], head()))).toMatchObject({
    submission: { state: 'failed' },
    jobs: ['dispatch.answer-submission'],
  })
  expect(await receive(buildMail([locked], head('Precedence: bulk')))).toMatchObject({ submission: { state: 'failed' }, jobs: [] })
})
