import type { AddressObject, Headers } from 'mailparser'
import type { MailFacts } from '../../flow.ts'
import { readAuthentication } from './read-authentication.ts'
import { readBounce, tellAutomatic, type HeaderField } from './tell-automatic.ts'

/** Characters of a mail's text that are kept. */
const longestText = 20_000

/**
 * What a letter back needs: who wrote, in which thread, and the text. `fields` are the header fields as they came, `reports` the
 * parts in which a mail server tells of a mail that it gives back.
 */
export function readMailFacts(headers: Headers, fields: readonly HeaderField[], text: string, reports: readonly string[]): MailFacts {
  const sender = firstAddress(headers, 'from')
  // The parsed Date header holds the present time when the header is unreadable.
  const sent = Date.parse(fields.find(({ name }) => name === 'date')?.value ?? '')
  const subject = oneLine(asText(headers.get('subject')), 500)
  const automatic = tellAutomatic(fields, subject)
  const authentication = readAuthentication(fields)
  return {
    from: sender?.address || null,
    fromName: sender?.name ? oneLine(sender.name, 200) : null,
    replyTo: firstAddress(headers, 'reply-to')?.address || null,
    subject,
    messageId: asText(headers.get('message-id')).slice(0, 500) || null,
    // Some programs name only the mail that is answered.
    references: [...new Set([headers.get('references') ?? [], headers.get('in-reply-to') ?? []].flat())]
      .filter((id): id is string => typeof id === 'string')
      .slice(-50),
    sentAt: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
    text: text.slice(0, longestText),
    ...(automatic ? { automatic } : {}),
    ...(automatic === 'bounce' ? { bounce: readBounce(reports, fields, text) } : {}),
    ...(authentication ? { authentication } : {}),
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
