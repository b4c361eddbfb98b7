/** Takes the attachments and pictures out of one mail, and what is known of its sender. */
import { addAbortSignal, type Readable } from 'node:stream'
import { MailParser, type AttachmentStream, type Headers, type MailParserOptions, type MessageText } from 'mailparser'
import type { MailFacts, PaperFile } from '../../flow.ts'
import { cleanName, freeName } from './clean-name.ts'
import { describeProblem, type UnpackProblemCode } from './describe-problem.ts'
import { endingOf, isSignatureImage } from './judge-inline-image.ts'
import { isJunk } from './name-junk.ts'
import { mendMail } from './mend-mail.ts'
import { mendWebName } from './mend-words.ts'
import type { Opened } from './open-zip.ts'
import { readHtmlText } from './read-html-text.ts'
import { readMailFacts } from './read-mail-facts.ts'
import type { HeaderField } from './tell-automatic.ts'
import { sniffFormat } from './sniff-format.ts'
import { takeUuencoded } from './take-uuencoded.ts'
import { leaveOutPastedImages, takePastedImages } from './take-pasted-images.ts'
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

/** The parts of a bounce (RFC 6522): the report, and the mail or the header that is given back. */
const returnedMail = /^(?:message\/(?:delivery-status|global-delivery-status|rfc822)|text\/rfc822-headers)$/iu
const longestReport = 20_000
/** Header fields that are looked at; a mail with more is not a person's. */
const mostFields = 1000

/** The whole mail signed or encrypted as one (S/MIME, RFC 8551): its parts cannot be taken out. */
const sealedMail = /^application\/(?:x-)?pkcs7-mime$/iu

/**
 * Links that stand for an attachment too large to send; they expire after some 30 days. QQ Mail and Tencent's business mail (mailbox
 * and 文件中转站), NetEase (163, 126, 邮箱大师), 189, 139, Coremail, and the drives that people use in their place.
 */
const attachmentLinks = new RegExp(
  [
    String.raw`mail\.qq\.com/[^\s"'<>]{0,80}ftn`,
    String.raw`mail\.(?:163|126|188)\.com/[^\s"'<>]{0,40}(?:large|cloud)-attachment`,
    String.raw`dashi\.163\.com/[^\s"'<>]{0,60}cloud-attachment`,
    String.raw`cloud\.189\.cn/(?:file/downloadFile|t/|web/share)`,
    String.raw`mail\.10086\.cn/[^\s"'<>]{0,120}(?:largefile|disk|share|download)`,
    String.raw`/coremail/[^\s"'<>]{0,160}(?:nf:|netfolder|nf/|attachment)`,
    String.raw`(?:pan\.baidu\.com|share\.weiyun\.com|yunpan\.360\.cn|kdocs\.cn|alipan\.com|aliyundrive\.com|1drv\.ms|drive\.google\.com)/`,
  ].join('|'),
  'iu',
)
/** What programs call it, with any link. */
const namesLargeAttachment = /超大附件|云附件|文件中转站|网盘附件|大附件下载/u

const linksToAttachment = (text: string): boolean =>
  attachmentLinks.test(text) || (namesLargeAttachment.test(text) && /https?:\/\//iu.test(text))

export async function openMail(mail: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened & { facts: MailFacts }> {
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  const report = (code: UnpackProblemCode, file = mail.file) => void problems.push(describeProblem(code, file))
  const taken = new Set<string>()
  const reports: string[] = []

  /** False when no more parts may be taken. */
  const take = async (part: PartFacts, name: string, bytes: Buffer): Promise<boolean> => {
    if (noPaper.test(part.contentType) || isJunk(name)) return true
    const file = `${mail.file}!/${freeName(name, taken)}`
    if (budget.entries <= 0) {
      report('too-many-files')
      return false
    }
    if (sealedMail.test(part.contentType)) report('mail-sealed')
    else if (bytes.byteLength > Math.min(limits.fileBytes, budget.bytes)) report('too-large', file)
    else if (await isSignatureImage(part, bytes)) report('signature-image', file)
    else {
      budget.entries--
      budget.bytes -= bytes.byteLength
      files.push({ file, bytes })
    }
    return true
  }

  const { bytes, whole, cut } = mendMail(Buffer.from(mail.bytes.buffer, mail.bytes.byteOffset, mail.bytes.byteLength))
  const { parser, head } = openParser()
  parser.end(bytes)
  let text: MessageText | undefined
  let full = false
  try {
    for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
      if (part.type === 'text') text = part
      else if (full) {
        // The parser does not end unless every part is read to its end.
        ;(part.content as Readable).resume()
        part.release()
      } else {
        const content = decodeUuencode(await collect(part))
        if (reports.length < 10 && (returnedMail.test(part.contentType) || sniffFormat(content, part.filename || '') === 'mail'))
          reports.push(content.toString('latin1', 0, longestReport))
        full = !(await take(part, partName(part, content, taken.size + 1), content))
      }
    }
    if (cut && !full) report('too-many-files')
    if (!whole) report('mail-damaged')
  } catch {
    report('mail-damaged')
  }
  const written = takeUuencoded(text?.text ?? '')
  for (const { name, bytes: content } of written.files)
    if (!(await take(uuencoded, cleanName(name) || `附件${endingOf(content)}`, content))) break
  const html = typeof text?.html === 'string' ? text.html : ''
  for (const image of takePastedImages(html)) if (!(await take(pastedImage, image.name, image.bytes))) break
  if (linksToAttachment(`${text?.text ?? ''}\n${html}`)) report('large-attachment-link')
  const shown = written.rest.trim() || readHtmlText(leaveOutPastedImages(html))
  return { files, problems, facts: readMailFacts(head.parsed, head.fields, shown, reports) }
}

interface PartFacts {
  readonly contentType: string
  readonly contentDisposition?: string
  readonly cid?: string
  readonly related?: boolean
}

const uuencoded: PartFacts = { contentType: 'application/octet-stream' }
const pastedImage: PartFacts = { contentType: 'image/*', cid: '', related: true }

function openParser() {
  const parser = new MailParser(options)
  const head: { parsed: Headers; fields: HeaderField[] } = { parsed: new Map(), fields: [] }
  parser.on('headers', (fields: Headers) => {
    head.parsed = fields
  })
  parser.on('headerLines', (lines: { key: string; line: string }[]) => {
    head.fields = lines.slice(0, mostFields).map(({ key, line }) => ({
      name: key,
      value: line
        .replace(/^[^:]*:/u, '')
        .replace(/\r?\n[ \t]+/gu, ' ')
        .trim(),
    }))
  })
  addAbortSignal(AbortSignal.timeout(parseMilliseconds), parser)
  return { parser, head }
}

async function collect(part: AttachmentStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of part.content as Readable) chunks.push(chunk as Buffer)
  part.release()
  return Buffer.concat(chunks)
}

/** The parser knows no `Content-Transfer-Encoding: x-uuencode`; its part is one file and nothing else. */
function decodeUuencode(content: Buffer): Buffer {
  if (!/^\s*begin [0-7]{3,4} /u.test(content.toString('latin1', 0, 64))) return content
  const { files, rest } = takeUuencoded(content.toString('latin1'))
  return files.length === 1 && rest.trim() === '' ? files[0]!.bytes : content
}

function partName(part: AttachmentStream, bytes: Buffer, number: number): string {
  const given = cleanName(mendWebName(part.filename || ''))
  if (given) return given
  if (part.contentType === 'message/rfc822') return `转发邮件-${number}.eml`
  return `附件-${number}${endingOf(bytes)}`
}
