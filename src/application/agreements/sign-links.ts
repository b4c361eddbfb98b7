/**
 * Links by which an applicant confirms one system of one application: `…/agreements/<number>/<system>/<expires>/<signature>`.
 * The signature covers all three, so that a link can be neither turned to something else nor prolonged.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AgreementsConfig } from './agreements-config.ts'

export interface LinkParts {
  readonly number: string
  readonly system: string
  /** Seconds since 1970, in base 36. */
  readonly expires: string
  readonly signature: string
}

/** Where the links begin, without a slash at the end; null where the office gives none. */
export const addressOf = ({ linkAddress }: AgreementsConfig): string | null => linkAddress?.replace(/\/+$/u, '') ?? null

/** Null where the office gives no links. */
export function signLink(config: AgreementsConfig, now: Date, number: string, system: string): string | null {
  const { linkSecret, linkDays } = config
  const base = addressOf(config)
  if (linkSecret === undefined || base === null) return null
  const expires = (Math.floor(now.getTime() / 1000) + linkDays * 86_400).toString(36)
  return `${base}/agreements/${number}/${system}/${expires}/${signatureOf(linkSecret, { number, system, expires }).toString('base64url')}`
}

/** Whether a link is one of ours; `expired` only for one that is. */
export function checkLink(config: AgreementsConfig, now: Date, link: LinkParts): 'good' | 'expired' | 'forged' {
  const given = Buffer.from(link.signature, 'base64url')
  if (config.linkSecret === undefined || !/^[\w-]{43}$/u.test(link.signature) || !/^[0-9a-z]{1,9}$/u.test(link.expires)) return 'forged'
  const expected = signatureOf(config.linkSecret, link)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return Number.parseInt(link.expires, 36) * 1000 > now.getTime() ? 'good' : 'expired'
}

const signatureOf = (secret: string, { number, system, expires }: Omit<LinkParts, 'signature'>) =>
  createHmac('sha256', secret).update(`agreement-link v1\n${number}\n${system}\n${expires}`).digest()
