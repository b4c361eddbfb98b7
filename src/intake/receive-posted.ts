/**
 * The door for programs: raw messages by HTTP, signed (docs/mail-door.md). The signature covers the time and the hash of the
 * body, so a stranger is turned away before a byte of the body is read; the same message posted again is the same submission.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { Log } from '../platform/log/log.ts'
import type { IntakeConfig } from './intake-config.ts'
import type { Intake } from './open-intake.ts'

export interface PostingParts {
  readonly intake: Pick<Intake, 'receive'>
  readonly files: FileStore
  readonly clock: Clock
  readonly log: Log
  readonly config: IntakeConfig
}

export const postingPath = '/intake/mail'

/** A clock may be wrong by so much, and a message may be on its way for so long. */
const longestSeconds = 300

/** Answers a request to `postingPath`. */
export async function receivePosted(parts: PostingParts, request: Request): Promise<Response> {
  const { clock, config, files, intake, log } = parts
  if (config.postSecret === undefined) return answer(404, 'door-closed')
  if (request.method !== 'POST') return answer(405, 'method-not-allowed')
  const signed = checkSignature(request.headers, config.postSecret, clock.now())
  if ('code' in signed) {
    log.warn('posted-mail-turned-away', { reason: signed.code })
    return answer(401, signed.code)
  }
  const limit = config.mailMegabytes * 1024 * 1024
  if (Number(request.headers.get('content-length') ?? 0) > limit) return answer(413, 'mail-too-large')
  if (!request.body) return answer(400, 'mail-empty')
  const stored = await files.putStream(request.body as unknown as AsyncIterable<Uint8Array>, limit)
  if (stored === 'too-large') return answer(413, 'mail-too-large')
  if (stored.size === 0) return answer(400, 'mail-empty')
  // Nothing refers to what was kept: it is not recorded.
  if (stored.sha256 !== signed.sha256) return answer(400, 'body-differs')
  const name = `来信-${stored.sha256.slice(0, 8)}.eml`
  const received = await intake.receive({
    door: 'mailbox',
    name,
    files: [{ file: name, stored }],
    key: `posted:${stored.sha256}`,
    redelivery: true,
  })
  return Response.json({ submissionId: received.submissionId, duplicateOf: received.duplicateOf })
}

function checkSignature(headers: Headers, secret: string, now: Date): { sha256: string } | { code: string } {
  const time = headers.get('x-zhika-time') ?? ''
  const sha256 = headers.get('x-zhika-sha256') ?? ''
  const signature = headers.get('x-zhika-signature') ?? ''
  if (!/^\d{1,12}$/u.test(time) || !/^[0-9a-f]{64}$/u.test(sha256) || !/^v1=[0-9a-f]{64}$/u.test(signature))
    return { code: 'signature-missing' }
  const expected = createHmac('sha256', secret).update(`v1\n${time}\n${sha256}`).digest()
  if (!timingSafeEqual(Buffer.from(signature.slice(3), 'hex'), expected)) return { code: 'signature-wrong' }
  if (Math.abs(now.getTime() / 1000 - Number(time)) > longestSeconds) return { code: 'signature-expired' }
  return { sha256 }
}

const answer = (status: number, code: string): Response => Response.json({ code }, { status })
