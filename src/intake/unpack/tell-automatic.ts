/** Tells mail that programs wrote from mail that people wrote (RFC 3834, 5), so that no program is ever answered. */
import type { MailFacts } from '../../flow.ts'

/** One header field: its name in small letters, and its value unfolded. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** The header that every letter of ours carries: a letter that comes back whole is a loop. */
const ownLetter = 'x-zhika-letter'
/** How our letters are numbered (UUID version 7, at the office's domain), wherever a provider quotes it. */
const ownMessageId = /[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}@[\w.-]{1,200}/iu
/** RFC 5321, 6.3, asks for at least 100; real ways are below 15. */
const mostHops = 40

const autoReplySubject =
  /^(?:[\s[【(（]|re:|回复[:：]|答复[:：])*(?:自动(?:回复|答复)|自動回覆|auto(?:matic)?[- ]?(?:reply|response)\b|out of (?:the )?office\b|i am currently out|休假自动)|自动(?:回复|答复)[\s\])】）]*$/iu
const bounceSubject =
  /退信|(?:发送|投递|送达)失败|未(?:能)?(?:送达|投递|传递)|无法(?:送达|投递|传递)|退回|undeliver|returned to sender|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|system)|returned mail|failure notice/iu
const robots = /<?(?:mailer-daemon|postmaster|mail-daemon|bounce[\w.+-]*)@/iu

export function tellAutomatic(fields: readonly HeaderField[], subject: string): MailFacts['automatic'] {
  const valuesOf = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value)
  const has = (name: string, pattern: RegExp) => valuesOf(name).some((value) => pattern.test(value))
  if (has(ownLetter, /./u) || valuesOf('received').length > mostHops) return 'loop'
  const report = has('content-type', /^\s*multipart\/report\b/iu)
  if (report && has('content-type', /report-type\s*=\s*"?disposition-notification/iu)) return 'auto-reply'
  if (report || has('x-failed-recipients', /./u)) return 'bounce'
  const sentByNobody = has('return-path', /^\s*<\s*>/u)
  if ((has('from', robots) || sentByNobody) && bounceSubject.test(subject)) return 'bounce'
  if (has('auto-submitted', /^\s*auto-replied/iu) || has('precedence', /auto_?reply/iu)) return 'auto-reply'
  if (has('x-autoreply', /./u) || has('x-autorespond', /./u) || has('x-autoresponder', /./u)) return 'auto-reply'
  if (autoReplySubject.test(subject)) return 'auto-reply'
  // A scanner or a ticket system: its papers count, but nobody reads an answer.
  if (has('auto-submitted', /^\s*auto-/iu) || sentByNobody || has('from', robots)) return 'bulk'
  return has('precedence', /^\s*(?:bulk|list|junk)/iu) || has('list-id', /./u) || has('list-unsubscribe', /./u) ? 'bulk' : undefined
}

/**
 * Which mail of ours came back, from the parts of a bounce: the delivery report (RFC 3464) and the returned mail or its header.
 * Chinese providers often send no report; then the status is looked for in the text.
 */
export function readBounce(reports: readonly string[], fields: readonly HeaderField[], text: string): NonNullable<MailFacts['bounce']> {
  const all = reports.join('\n')
  const returned = /^(?:x-)?(?:original-)?message-id:\s*(<[^<>\s]{1,900}>)/imu.exec(all)?.[1]
  const named = ownMessageId.exec(`${all}\n${text}`)?.[0]
  const thread = fields.find(({ name }) => name === 'in-reply-to' || name === 'references')?.value
  const status =
    /^status:\s*([245]\.\d{1,3}\.\d{1,3})/imu.exec(all)?.[1] ??
    /\b([45]\.\d{1,3}\.\d{1,3})\b/u.exec(text)?.[1] ??
    (/\b5\d\d\b/u.test(text) ? '5.0.0' : null)
  const action = /^action:\s*(\w+)/imu.exec(all)?.[1]?.toLowerCase()
  return {
    messageId:
      returned ??
      /<[^<>\s]{1,900}>/u.exec(thread ?? '')?.[0] ??
      /^message-id:\s*(<[^<>\s]{1,900}>)/imu.exec(text)?.[1] ??
      (named === undefined ? null : `<${named}>`),
    status,
    failed: action === undefined ? !(status?.startsWith('4') || status?.startsWith('2')) : action === 'failed',
  }
}
