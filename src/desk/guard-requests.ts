/** What every request must pass: safe headers, an own origin for changes, a bounded body. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { DeskEnvironment } from './desk.ts'

/** No inline script or style, nothing from elsewhere, no framing. */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const safeHeaders: MiddlewareHandler<DeskEnvironment> = async (c, next) => {
  await next()
  const headers = c.res.headers
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurity)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  // `no-referrer` would turn the Origin of our own forms into `null` (Fetch, append a request Origin header).
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  // Pages show personal data: not on a shared disk.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}

/**
 * A change must come from a page of ours: browsers send `Origin` with every POST. `addresses` are what browsers call it through
 * a proxy; without one the request's own host is it.
 */
export function ownOrigin(
  addresses: readonly (string | null | undefined)[],
  refuse: Parameters<typeof bodyLimit>[0]['onError'],
): MiddlewareHandler<DeskEnvironment> {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const origin = c.req.header('origin')
    const own = [...addresses.flatMap((address) => (address ? [new URL(address).origin] : [])), `http://${c.req.header('host')}`]
    if (origin !== undefined && own.includes(origin)) return next()
    return refuse!(c)
  }
}

/** Forms are small; only uploads may be large. */
const uploads = ['/submissions', '/ledger/import']

export function boundedBody(
  uploadMegabytes: number,
  refuse: Parameters<typeof bodyLimit>[0]['onError'],
): MiddlewareHandler<DeskEnvironment> {
  const form = bodyLimit({ maxSize: 256 * 1024, onError: refuse! })
  const upload = bodyLimit({ maxSize: uploadMegabytes * 1024 * 1024, onError: refuse! })
  return (c, next) => (uploads.includes(c.req.path) ? upload(c, next) : form(c, next))
}
