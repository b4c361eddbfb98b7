import { expect, it } from 'vitest'
import { hearReply, settleReply, unpackSubmission } from '../../src/flow.ts'
import { buildMail, mailHeaders, textPart } from '../fixtures/build-mail.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'

type Parts = Awaited<ReturnType<typeof openIntakeParts>>

const run = async ({ intake }: Parts, name: string, payload: unknown) => {
  const handler = intake.handlers.find(({ contract }) => contract.name === name)
  await handler?.run(payload, { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined })
}

async function receive(parts: Parts, text: string, ...more: string[]) {
  const bytes = buildMail([textPart(text)], [...mailHeaders, ...more])
  const { submissionId } = await parts.intake.receive({ door: 'mailbox', name: 'a.eml', files: [{ file: 'a.eml', bytes }] })
  await run(parts, unpackSubmission.name, { submissionId })
  const heard = (await parts.queue.list('queued')).filter(({ name }) => name === hearReply.name).map(({ payload }) => payload)
  return { submissionId, heard }
}

it('a reply in words only is heard, also where it names only the mail that it answers, and is off the list once understood', async () => {
  const parts = await openIntakeParts()
  const { submissionId, heard } = await receive(parts, '均已解除', 'In-Reply-To: <letter-1@example.cn>')
  expect(heard).toEqual([{ submissionId }])
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'question', mail: { references: ['<letter-1@example.cn>'] } })
  await run(parts, settleReply.name, { submissionId, applicationNumber: 'XM20261120-0001' })
  await run(parts, settleReply.name, { submissionId, applicationNumber: 'XM20261120-0001' })
  expect(await parts.intake.find(submissionId)).toMatchObject({
    state: 'set-aside',
    reason: { code: 'reply-understood', message: expect.stringContaining('XM20261120-0001') as string },
  })
  await parts.intake.close()
})

it('a mail in no thread is heard only where it speaks of agreements or names an application, a program’s never', async () => {
  const parts = await openIntakeParts()
  expect((await receive(parts, '请问几点下班？')).heard).toHaveLength(0)
  expect((await receive(parts, '三方协议都没有了')).heard).toHaveLength(1)
  expect((await receive(parts, '关于 XM20261120-0001')).heard).toHaveLength(2)
  expect((await receive(parts, '三方协议：我休假了', 'Auto-Submitted: auto-replied')).heard).toHaveLength(2)
  await parts.intake.close()
})

it('a mail that takes a request back is heard, and asked for no papers', async () => {
  const parts = await openIntakeParts()
  const { submissionId, heard } = await receive(parts, '这项业务不办了，请撤回。')
  expect(heard).toEqual([{ submissionId }])
  const submission = await parts.intake.find(submissionId)
  expect(submission).toMatchObject({
    state: 'question',
    problems: [{ code: 'no-papers', message: expect.stringContaining('不必再寄材料') as string }],
  })
  await parts.intake.close()
})
