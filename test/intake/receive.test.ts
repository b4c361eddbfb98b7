import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openIntake } from '../../src/intake/open-intake.ts'
import type { JobContext } from '../../src/platform/queue/contract.ts'
import { attachment, buildMail, textPart } from '../fixtures/build-mail.ts'
import { buildZip } from '../fixtures/build-zip.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'

const scan = (text: string) => Buffer.from(`\xff\xd8\xff ${text} \xff\xd9`, 'latin1')
const context: JobContext = { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined }

type Parts = Awaited<ReturnType<typeof openIntakeParts>>

async function unpack({ intake }: Pick<Parts, 'intake'>, submissionId: string): Promise<void> {
  await intake.handlers[0]?.run({ submissionId }, context)
}

async function jobs({ queue }: Parts): Promise<string[]> {
  return (await queue.list('queued')).map(({ name }) => name).toSorted()
}

test('what arrives is kept byte for byte, unpacked and handed on to reading', async () => {
  const parts = await openIntakeParts()
  const zip = buildZip([{ name: '01.jpg', bytes: scan('a') }])
  const files = [
    { file: '表.jpg', bytes: scan('b') },
    { file: '材料.zip', bytes: zip },
  ]
  const { submissionId, duplicateOf } = await parts.intake.receive({ door: 'upload', name: '示例公司', files })
  expect(duplicateOf).toBeNull()
  expect(await parts.intake.bytesOf(submissionId, '材料.zip')).toEqual(zip)
  expect(await jobs(parts)).toEqual(['intake.unpack'])

  await unpack(parts, submissionId)
  await unpack(parts, submissionId)
  expect(await jobs(parts)).toEqual(['intake.unpack', 'reading.read'])
  const { papers, problems } = await parts.intake.papersOf(submissionId)
  expect(papers.map(({ file }) => file)).toEqual(['表.jpg', '材料.zip!/01.jpg'])
  expect(papers[1]?.bytes).toEqual(scan('a'))
  expect(problems).toEqual([])
  expect(await parts.intake.find(submissionId)).toMatchObject({
    state: 'unpacked',
    door: 'upload',
    name: '示例公司',
    files: [{ file: '表.jpg' }, { file: '材料.zip', size: zip.length }],
  })
  expect(await parts.intake.bytesOf(submissionId, '材料.zip!/01.jpg')).toEqual(scan('a'))
})

test('the same bytes again are told, shown as a duplicate, and not worked on', async () => {
  const parts = await openIntakeParts()
  const files = [
    { file: '1.jpg', bytes: scan('a') },
    { file: '2.jpg', bytes: scan('b') },
  ]
  const first = await parts.intake.receive({ door: 'upload', name: '甲', files })
  const renamed = files.toReversed().map(({ bytes }, at) => ({ file: `扫描${at}.jpg`, bytes }))
  const again = await parts.intake.receive({ door: 'folder', name: '乙', files: renamed })
  expect(again.duplicateOf).toBe(first.submissionId)
  expect(await jobs(parts)).toEqual(['intake.unpack'])
  expect(await parts.intake.find(again.submissionId)).toMatchObject({ state: 'duplicate', duplicateOf: first.submissionId, name: '乙' })
  const more = await parts.intake.receive({ door: 'upload', name: '丙', files: [...files, { file: '3.jpg', bytes: scan('c') }] })
  expect(more.duplicateOf).toBeNull()
})

test('one arrival reported twice is one submission, even when both reports run at once', async () => {
  const parts = await openIntakeParts()
  const arrival = { door: 'mailbox' as const, name: 'a.eml', key: 'mailbox:a:1:7', files: [{ file: 'a.eml', bytes: scan('a') }] }
  const received = await Promise.all([parts.intake.receive(arrival), parts.intake.receive(arrival), parts.intake.receive(arrival)])
  expect(new Set(received.map(({ submissionId }) => submissionId)).size).toBe(1)
  expect(await parts.intake.list({})).toHaveLength(1)
  expect(await parts.intake.knows('mailbox:a:1:7')).toBe(true)
})

test('bytes kept before a crash but never recorded do not stand in the way', async () => {
  const parts = await openIntakeParts()
  const broken = openIntake({ ...parts, queue: { ...parts.queue, enqueue: () => Promise.reject(new Error('killed')) } })
  const arrival = { door: 'upload' as const, name: '甲', key: 'k', files: [{ file: '1.jpg', bytes: scan('a') }] }
  await expect(broken.receive(arrival)).rejects.toThrow('killed')
  expect(await parts.files.has(createHash('sha256').update(scan('a')).digest('hex'))).toBe(true)
  expect(await parts.intake.list({})).toEqual([])
  const { submissionId, duplicateOf } = await parts.intake.receive(arrival)
  expect(duplicateOf).toBeNull()
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'received', files: [{ file: '1.jpg' }] })
})

test('a crash while unpacking leaves a submission that the next attempt finishes once', async () => {
  const parts = await openIntakeParts()
  const { submissionId } = await parts.intake.receive({ door: 'upload', name: '甲', files: [{ file: '1.jpg', bytes: scan('a') }] })
  const broken = openIntake({ ...parts, queue: { ...parts.queue, enqueue: () => Promise.reject(new Error('killed')) } })
  await expect(unpack({ intake: broken }, submissionId)).rejects.toThrow('killed')
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'received', papers: [] })
  await Promise.all([unpack(parts, submissionId), unpack(parts, submissionId)])
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'unpacked', papers: [{ file: '1.jpg' }] })
  expect((await jobs(parts)).filter((name) => name === 'reading.read')).toHaveLength(1)
})

test('what cannot be unpacked at all is a visible failure that can be tried again', async () => {
  const parts = await openIntakeParts()
  const zip = buildZip([{ name: '1.jpg', bytes: scan('a'), encrypted: true }])
  const { submissionId } = await parts.intake.receive({ door: 'upload', name: '密.zip', files: [{ file: '密.zip', bytes: zip }] })
  expect(await parts.intake.retry(submissionId)).toMatchObject({ ok: false, code: 'not-failed' })
  await unpack(parts, submissionId)
  const failed = { state: 'failed', reason: { code: 'encrypted' }, problems: [{ file: '密.zip', code: 'encrypted' }] }
  expect(await parts.intake.find(submissionId)).toMatchObject(failed)
  expect(await parts.intake.retry(submissionId)).toMatchObject({ ok: true })
  expect(await jobs(parts)).toEqual(['intake.unpack', 'intake.unpack'])
  await unpack(parts, submissionId)
  expect(await parts.intake.find(submissionId)).toMatchObject(failed)
  expect(await parts.intake.retry('nobody')).toMatchObject({ ok: false, code: 'submission-unknown' })
})

test('files of one name are all kept and found, and a name never leads out', async () => {
  const parts = await openIntakeParts()
  const files = ['扫描.jpg', '扫描.jpg', '../../扫描.jpg', 'C:\\fakepath\\图.jpg', ''].map((file, at) => ({
    file,
    bytes: scan(String(at)),
  }))
  const { submissionId } = await parts.intake.receive({ door: 'upload', name: '甲', files })
  const kept = (await parts.intake.find(submissionId))?.files.map(({ file }) => file)
  expect(kept).toEqual(['扫描.jpg', '扫描 (2).jpg', '扫描 (3).jpg', '图.jpg', '未命名文件'])
  expect(await parts.intake.bytesOf(submissionId, '扫描 (2).jpg')).toEqual(scan('1'))
  expect(await parts.intake.bytesOf(submissionId, '没有.jpg')).toBeUndefined()
})

test('a damaged original is a visible failure, mended by putting the bytes back', async () => {
  const parts = await openIntakeParts()
  const { submissionId } = await parts.intake.receive({ door: 'upload', name: '1.jpg', files: [{ file: '1.jpg', bytes: scan('a') }] })
  const sha256 = createHash('sha256').update(scan('a')).digest('hex')
  const place = join(parts.folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  await writeFile(place, 'damaged')
  await unpack(parts, submissionId)
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'failed', reason: { code: 'file-damaged' } })
  await writeFile(place, scan('a'))
  await parts.intake.retry(submissionId)
  await unpack(parts, submissionId)
  expect(await parts.intake.find(submissionId)).toMatchObject({ state: 'unpacked', reason: null })
})

test('the facts of a mail are known once it is unpacked', async () => {
  const parts = await openIntakeParts()
  const bytes = buildMail([textPart('您好'), attachment(scan('a'))])
  const { submissionId } = await parts.intake.receive({ door: 'mailbox', name: 'a.eml', files: [{ file: 'a.eml', bytes }] })
  expect(await parts.intake.submissionOf(submissionId)).toMatchObject({ mail: null, receivedAt: '2026-11-20T02:00:00.000Z' })
  await unpack(parts, submissionId)
  expect(await parts.intake.submissionOf(submissionId)).toMatchObject({
    door: 'mailbox',
    name: '读卡器领取',
    mail: { from: 'lisi@example.com', text: '您好' },
  })
  expect(await parts.intake.submissionOf('nobody')).toBeUndefined()
})

test('what is too large or empty is refused visibly and unread', async () => {
  const parts = await openIntakeParts({ fileMegabytes: 0.001, submissionMegabytes: 0.0015 })
  const files = (...sizes: number[]) => sizes.map((size, at) => ({ file: `${at}.jpg`, bytes: Buffer.alloc(size) }))
  const large = await parts.intake.receive({ door: 'upload', name: '大', files: files(2000) })
  expect(large.refused).toEqual({
    code: 'file-too-large',
    message: '“0.jpg”超过 0.001 MB，没有收下，请压缩图片或降低扫描分辨率后重新发送。',
  })
  expect((await parts.intake.receive({ door: 'upload', name: '多', files: files(900, 900) })).refused?.code).toBe('submission-too-large')
  expect((await parts.intake.receive({ door: 'upload', name: '空', files: [] })).refused?.code).toBe('nothing-arrived')
  expect(await parts.intake.list({ state: ['refused'] })).toHaveLength(3)
  expect(await parts.intake.count()).toMatchObject({ refused: 3, received: 0 })
  expect(await jobs(parts)).toEqual([])
})
