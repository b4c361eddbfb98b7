/** What somebody wrote anew in a reply, without what the mail program quoted of earlier mails. Pure. */

/** The line after which everything is an earlier mail, as the mail programs of China and others write it. */
const quoteBegins: readonly RegExp[] = [
  /^[-_—=*#\s]*(?:原始邮件|原邮件|邮件原文|历史邮件|回复的(?:原)?邮件|转发的?邮件|以下为原(?:始)?邮件|original message|replied message|forwarded message)[-_—=*#\s]*[:：]?\s*$/iu,
  /^[-_—=*\s]{2,}(?:原始邮件|原邮件|回复的|转发|original|replied|forwarded|回复)/iu,
  /(?:写道|寫道|wrote)\s*[:：]?\s*$/iu,
  /^\s*(?:发件人|寄件人|寄件者|發件人|from|发送时间|发送日期|收件人|主题|subject|sent)\s*[:：]/iu,
  /^\s*[-_=—]{8,}\s*$/u,
]
/** A quote's head may be broken over two lines: the first of them. */
const brokenHead = /^\s*(?:在|于|於|on\b).{0,120}(?:\d{4}|@)/iu
/** Words of the office itself: the letter that is answered stands there unmarked. */
const officeSpeaks = /我中心(?:已收到|在确认|查到|收到)/u

/** Only the lines above the first quote, without lines marked by `>`. */
export function newTextOf(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  let end = lines.findIndex((line) => quoteBegins.some((begins) => begins.test(line)))
  if (end > 0 && brokenHead.test(lines[end - 1] ?? '')) end -= 1
  const head = end < 0 ? lines : lines.slice(0, end)
  const office = head.findIndex((line) => officeSpeaks.test(line))
  const own = office < 0 ? head : head.slice(0, office)
  // RFC 3676, 4.3: what follows is a signature.
  const signature = own.findIndex((line) => /^-- ?$/u.test(line))
  return (signature < 0 ? own : own.slice(0, signature)).filter((line) => !/^\s*[>＞|]/u.test(line)).join('\n')
}
