/** Builds a letter as RFC 5322 bytes. The same letter gives the same bytes: date, Message-ID and boundaries are given. */
import MailComposer from 'nodemailer/lib/mail-composer'

export interface MailContent {
  /** Of the letter; makes the Message-ID, so that a repeat is recognised by every mail server on the way. */
  readonly id: string
  readonly from: { readonly name: string; readonly address: string }
  /** Null: the letter is for printing. */
  readonly to: string | null
  readonly subject: string
  readonly text: string
  /** Puts the title and the paragraphs into the office's HTML. */
  readonly layout: (title: string, paragraphs: string) => string
  /** Where links of the office's own begin; nothing else in the text becomes a link. */
  readonly linkAddress: string | null
  readonly inReplyTo: string | null
  readonly at: Date
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array } | null
}

export async function buildMail(content: MailContent): Promise<Uint8Array> {
  const domain = content.from.address.split('@')[1] ?? 'localhost'
  const composer = new MailComposer({
    from: content.from,
    ...(content.to === null ? {} : { to: { name: '', address: content.to } }),
    subject: content.subject,
    date: content.at,
    messageId: `<${content.id}@${domain}>`,
    ...(content.inReplyTo === null ? {} : { inReplyTo: content.inReplyTo, references: content.inReplyTo }),
    // RFC 3834: no out-of-office reply should answer a letter of the office.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'X-Zhika-Letter': content.id },
    text: content.text,
    html: content.layout(content.subject, htmlOf(content.text, content.linkAddress)),
    textEncoding: 'base64',
    attachments: content.attachment
      ? [{ filename: content.attachment.name, content: Buffer.from(content.attachment.bytes), contentType: 'application/pdf' }]
      : [],
    baseBoundary: content.id,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** The Message-ID that stands in the bytes of a letter. */
export function messageIdOf(bytes: Buffer): string | null {
  return /^message-id:\s*(<[^<>\s]+>)/imu.exec(bytes.toString('latin1', 0, 10_000))?.[1] ?? null
}

/** Blocks between blank lines become paragraphs, numbered lines a list; everything else is text. */
export function htmlOf(text: string, linkAddress: string | null = null): string {
  const lineOf = (line: string) => {
    const own = linkAddress !== null && line.startsWith(`${linkAddress}/`) && /^[\w:/.~-]+$/u.test(line)
    return own ? `<a href="${escapeHtml(line)}">${escapeHtml(line)}</a>` : escapeHtml(line)
  }
  const blocks = text.split(/\n{2,}/u).map((block) => {
    const lines = block.split('\n')
    const parts: string[] = []
    for (let index = 0; index < lines.length;) {
      const numbered = /^\d+\. /u.test(lines[index] ?? '')
      let end = index
      while (end < lines.length && /^\d+\. /u.test(lines[end] ?? '') === numbered) end += 1
      const run = lines.slice(index, end)
      parts.push(
        numbered
          ? `<ol>${run.map((line) => `<li>${lineOf(line.replace(/^\d+\. /u, ''))}</li>`).join('')}</ol>`
          : `<p${end < lines.length ? ' class="before-list"' : ''}>${run.map(lineOf).join('<br>')}</p>`,
      )
      index = end
    }
    return parts.join('\n')
  })
  return blocks.join('\n')
}

export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
