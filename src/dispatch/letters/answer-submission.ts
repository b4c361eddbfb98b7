/** Tells the sender of a mail that became no application what to do: too large, locked, a link instead of a file. */
import { office } from '../../guide/office.ts'
import { officeTime } from '../../platform/clock.ts'
import type { DispatchParts } from '../dispatch-parts.ts'
import type { DispatchTables } from '../dispatch-tables.ts'
import { openWording } from '../read-wording.ts'
import { matterSentences, oneLine } from './compose-letter.ts'
import { answerable, finishWriting, insertLetter, letterBlank, messageIdIn, senderAddress, signatureOf } from './write-letter.ts'

/** Answers of this kind to one address within a day: two programs that answer each other come to an end. */
const mostAnswersADay = 5

export async function answerOneSubmission(parts: DispatchParts, submissionId: string): Promise<void> {
  const { clock, config, database, log } = parts
  const letters = database.withTables<DispatchTables>()
  const order = { applicationNumber: '', letter: 'not-taken' as const, occasion: submissionId }
  const find = () =>
    letters.selectFrom('letter').selectAll().where('occasion', '=', submissionId).where('kind', '=', order.letter).executeTakeFirst()
  const before = await find()
  if (before) return finishWriting(parts, before)
  const submission = await parts.submissionOf(submissionId)
  const mail = submission?.mail
  if (!mail || mail.automatic) return
  const to = answerable(mail.replyTo ?? mail.from, [senderAddress(parts), office.mailAddress])
  if (to === null) return
  const now = clock.now()
  const { count } = await letters
    .selectFrom('letter')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('to_address', '=', to)
    .where('kind', '=', order.letter)
    .where('written_at', '>', new Date(now.getTime() - 86_400_000).toISOString())
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostAnswersADay) return log.warn('answer-withheld', { submissionId })

  const sentences = matterSentences([...submission.problems, ...(submission.reason ? [submission.reason] : [])])
  const slots = {
    addressee: oneLine(mail.fromName) ?? '尊敬的申请人',
    title: oneLine(mail.subject) ?? '（无主题）',
    receivedAt: officeTime(new Date(submission.receivedAt)),
    matters: sentences.map((sentence) => ({ sentence })),
    officeMail: office.mailAddress,
    officePhone: office.phone,
  }
  const { subject, body } = await openWording(config.templates).letter(order.letter, slots, signatureOf(now))
  await insertLetter(parts, { ...letterBlank(parts, order, now), to_address: to, subject, body, in_reply_to: messageIdIn(mail.messageId) })
  const row = await find()
  if (row) await finishWriting(parts, row)
}
