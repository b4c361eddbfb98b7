import type { MailFacts } from '../../flow.ts'
import type { HeaderField } from './tell-automatic.ts'

/**
 * What the receiving server found out about the sender (RFC 8601). Anybody can write such a header: only one that stands above
 * the first `Received`, or that names the server which the first `Received` names, is the receiving server's own.
 */
export function readAuthentication(fields: readonly HeaderField[]): MailFacts['authentication'] {
  const hop = fields.findIndex(({ name }) => name === 'received')
  const receiver = /\bby\s+([\w.-]+)/iu.exec(fields[hop]?.value ?? '')?.[1]
  const found = fields.find(
    ({ name, value }, at) =>
      name === 'authentication-results' && ((hop !== -1 && at < hop) || isSameSite(value.split(/[\s;]/u, 1)[0], receiver)),
  )
  if (!found) return undefined
  const resultOf = (method: string) =>
    new RegExp(`(?:^|[\\s;])${method}\\s*=\\s*([a-z]{1,20})`, 'iu').exec(found.value.slice(0, 4000))?.[1]?.toLowerCase() ?? null
  const results = { spf: resultOf('spf'), dkim: resultOf('dkim'), dmarc: resultOf('dmarc') }
  return results.spf === null && results.dkim === null && results.dmarc === null ? undefined : results
}

/** `mx.example.com` and `mail.example.com`: the last two labels agree, or three where the last two are short (`com.cn`). */
function isSameSite(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other) return false
  const site = (host: string) => {
    const labels = host.toLowerCase().split('.')
    return labels.slice(/^(?:com|net|org|gov|edu|ac)\.[a-z]{2}$/u.test(labels.slice(-2).join('.')) ? -3 : -2).join('.')
  }
  return site(one) === site(other)
}
