import type { AddressObject, Headers } from 'mailparser'
import type { MailFacts } from '../../flow.ts'

/** Characters of a mail's text that are kept. */
const longestText = 20_000

/** What a letter back needs: who wrote, in which thread, and the text. `date` is the Date header as it came. */
export function readMailFacts(headers: Headers, date: string | undefined, text: string): MailFacts {
  const sender = firstAddress(headers, 'from')
  const sent = date === undefined ? Number.NaN : Date.parse(date)
  return {
    from: sender?.address || null,
    fromName: sender?.name ? oneLine(sender.name, 200) : null,
    replyTo: firstAddress(headers, 'reply-to')?.address || null,
    subject: oneLine(asText(headers.get('subject')), 500),
    messageId: asText(headers.get('message-id')).slice(0, 500) || null,
    references: [headers.get('references') ?? []]
      .flat()
      .filter((id): id is string => typeof id === 'string')
      .slice(-50),
    sentAt: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
    text: text.slice(0, longestText),
  }
}

function firstAddress(headers: Headers, key: string): { address?: string; name: string } | undefined {
  const found = [headers.get(key) ?? []].flat()[0]
  if (typeof found !== 'object' || !('value' in found) || !Array.isArray(found.value)) return undefined
  const [first] = (found as AddressObject).value
  return first?.group ? first.group[0] : first
}

function asText(value: unknown): string {
  const [first] = [value].flat()
  return typeof first === 'string' ? first : ''
}

function oneLine(text: string, longest: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, longest)
}
