/** Takes the attachments and pictures out of one mail, and what is known of its sender. */
import { addAbortSignal, type Readable } from 'node:stream'
import { MailParser, type AttachmentStream, type Headers, type MailParserOptions, type MessageText } from 'mailparser'
import type { MailFacts, PaperFile } from '../../flow.ts'
import { cleanName, freeName } from './clean-name.ts'
import { describeProblem, type UnpackProblemCode } from './describe-problem.ts'
import { endingOf, isSignatureImage } from './judge-inline-image.ts'
import { isJunk } from './name-junk.ts'
import { mendMail } from './mend-mail.ts'
import type { Opened } from './open-zip.ts'
import { readHtmlText } from './read-html-text.ts'
import { readMailFacts } from './read-mail-facts.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

/** A parser that stands still for so long will not go on. */
const parseMilliseconds = 60_000

const options: MailParserOptions & { ignoreEmbedded: boolean } = {
  skipImageLinks: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipHtmlToText: true,
  // A forwarded mail is a part like others: its own attachments get their own way in.
  ignoreEmbedded: true,
}

/** Parts that carry no paper by their nature: signatures over the mail, headers of a bounced mail, resource forks. */
const noPaper =
  /^(?:application\/(?:pkcs7-signature|x-pkcs7-signature|pgp-signature|applefile)|text\/rfc822-headers|message\/(?:delivery-status|disposition-notification))$/iu

/**
 * Links that stand for an attachment too large to send; they expire after some 30 days. Hosts of QQ Mail, NetEase and
 * China Telecom's 189.
 */
const attachmentLinks =
  /mail\.qq\.com\/cgi-bin\/ftnExs_download|wx\.mail\.qq\.com\/ftn\/download|mail\.163\.com\/large-attachment-download|download\.cloud\.189\.cn\/file\/downloadFile/iu

export async function openMail(mail: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened & { facts: MailFacts }> {
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  const report = (code: UnpackProblemCode, file = mail.file) => void problems.push(describeProblem(code, file))
  const taken = new Set<string>()
  let text: MessageText | undefined
  let headers: Headers = new Map()
  let sentAt: string | undefined

  const parser = new MailParser(options)
  parser.on('headers', (found: Headers) => {
    headers = found
  })
  // The parsed Date header holds the present time when the header is unreadable.
  parser.on('headerLines', (lines: { key: string; line: string }[]) => {
    sentAt = lines
      .find(({ key }) => key === 'date')
      ?.line.replace(/^[^:]*:/u, '')
      .trim()
  })
  addAbortSignal(AbortSignal.timeout(parseMilliseconds), parser)
  parser.end(mendMail(Buffer.from(mail.bytes.buffer, mail.bytes.byteOffset, mail.bytes.byteLength)))
  try {
    for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
      if (part.type === 'text') {
        text = part
        continue
      }
      const bytes = await collect(part)
      const name = freeName(partName(part, bytes, taken.size + 1), taken)
      const file = `${mail.file}!/${name}`
      if (noPaper.test(part.contentType) || isJunk(name)) continue
      if (budget.entries <= 0) {
        report('too-many-files')
        break
      }
      if (bytes.byteLength > Math.min(limits.fileBytes, budget.bytes)) report('too-large', file)
      else if (await isSignatureImage(part, bytes)) report('signature-image', file)
      else {
        budget.entries--
        budget.bytes -= bytes.byteLength
        files.push({ file, bytes })
      }
    }
  } catch {
    report('mail-damaged')
  }
  const html = typeof text?.html === 'string' ? text.html : ''
  if (attachmentLinks.test(`${text?.text ?? ''}\n${html}`)) report('large-attachment-link')
  return { files, problems, facts: readMailFacts(headers, sentAt, text?.text?.trim() || readHtmlText(html)) }
}

async function collect(part: AttachmentStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of part.content as Readable) chunks.push(chunk as Buffer)
  part.release()
  return Buffer.concat(chunks)
}

function partName(part: AttachmentStream, bytes: Buffer, number: number): string {
  const given = cleanName(part.filename || '')
  if (given) return given
  if (part.contentType === 'message/rfc822') return `转发邮件-${number}.eml`
  return `附件-${number}${endingOf(bytes)}`
}
