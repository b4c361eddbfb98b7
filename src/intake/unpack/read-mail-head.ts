import type { MailFacts } from '../../flow.ts'
import { openMail } from './open-mail.ts'
import { defaultUnpackLimits } from './unpack-limits.ts'

/** What the first bytes of a mail tell of its sender; null when they hold no header. */
export async function readMailHead(bytes: Buffer): Promise<MailFacts | null> {
  const end = /\r?\n\r?\n/u.exec(bytes.toString('latin1'))
  const head = Buffer.concat([bytes.subarray(0, end?.index ?? bytes.length), Buffer.from('\r\n\r\n')])
  const { facts } = await openMail({ file: 'head', bytes: head }, defaultUnpackLimits, { bytes: 0, entries: 0 })
  return facts.from === null ? null : facts
}
