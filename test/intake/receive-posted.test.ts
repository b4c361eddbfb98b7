import { createHash, createHmac } from 'node:crypto'
import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { receivePosted } from '../../src/intake/receive-posted.ts'
import { buildMail, textPart } from '../fixtures/build-mail.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'

const secret = 'a secret of more than thirty-two characters'
const mail = buildMail([textPart('您好')])

async function openDoor(config: { postSecret?: string; mailMegabytes?: number } = { postSecret: secret }) {
  const parts = await openIntakeParts(config)
  const server = serve({ fetch: (request) => receivePosted(parts, request), hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', resolve)))
  onTestFinished(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/intake/mail`
  const seconds = () => Math.floor(parts.clock.now().getTime() / 1000)
  const post = async (body: Buffer, { signed = body, key = secret, time = seconds() } = {}) => {
    const sha256 = createHash('sha256').update(signed).digest('hex')
    const signature = createHmac('sha256', key).update(`v1\n${time}\n${sha256}`).digest('hex')
    const headers = { 'x-zhika-time': String(time), 'x-zhika-sha256': sha256, 'x-zhika-signature': `v1=${signature}` }
    const response = await fetch(address, { method: 'POST', body: new Uint8Array(body), headers })
    return {
      status: response.status,
      ...((await response.json()) as { code?: string; submissionId?: string; duplicateOf?: string | null }),
    }
  }
  return { ...parts, address, seconds, post }
}

test('a signed message is kept byte for byte, and posted again it is the same submission', async () => {
  const door = await openDoor()
  const first = await door.post(mail)
  expect(first).toMatchObject({ status: 200, duplicateOf: null })
  expect(await door.post(mail)).toMatchObject({ status: 200, submissionId: first.submissionId })
  const [submission, ...more] = await door.intake.list({})
  expect(more).toEqual([])
  expect((await door.intake.bytesOf(submission?.id ?? '', submission?.name ?? ''))?.equals(mail)).toBe(true)
})

test('strangers, old requests and changed bodies are turned away and leave no submission', async () => {
  const door = await openDoor()
  expect(await door.post(mail, { key: 'x'.repeat(40) })).toMatchObject({ status: 401, code: 'signature-wrong' })
  expect(await door.post(mail, { time: door.seconds() - 301 })).toMatchObject({ status: 401, code: 'signature-expired' })
  expect(await door.post(mail, { time: door.seconds() + 301 })).toMatchObject({ status: 401, code: 'signature-expired' })
  expect(await door.post(Buffer.from('other'), { signed: mail })).toMatchObject({ status: 400, code: 'body-differs' })
  expect(await door.post(Buffer.alloc(0))).toMatchObject({ status: 400, code: 'mail-empty' })
  expect((await fetch(door.address, { method: 'POST', body: 'x' })).status).toBe(401)
  expect((await fetch(door.address)).status).toBe(405)
  expect(await door.intake.list({})).toEqual([])
})

test('a message over the limit is refused, and without a secret the door is closed', async () => {
  const small = await openDoor({ postSecret: secret, mailMegabytes: 0.0001 })
  expect(await small.post(mail)).toMatchObject({ status: 413, code: 'mail-too-large' })
  const closed = await openDoor({})
  expect(await closed.post(mail)).toMatchObject({ status: 404, code: 'door-closed' })
})
