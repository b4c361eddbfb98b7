import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { watchFolder } from '../../src/intake/watch-folder.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { IntakeConfig } from '../../src/intake/intake-config.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'

const jpeg = (text: string) => Buffer.from(`\xff\xd8\xff ${text} \xff\xd9`, 'latin1')

async function openFolder(config: Partial<IntakeConfig> = {}) {
  const parts = await openIntakeParts(config)
  const folder = parts.config.folder
  mkdirSync(folder)
  let watch = watchFolder(parts)
  return {
    ...parts,
    folder,
    drop(file: string, bytes: Buffer | string) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), bytes)
    },
    /** Looks, with so many seconds of the clock before. */
    async look(seconds = 2) {
      parts.clock.advance(seconds * 1000)
      await watch.scan()
    },
    restart() {
      watch = watchFolder(parts)
    },
    async taken() {
      return (await parts.intake.list({})).toReversed().map(({ name, state }) => (state === 'received' ? name : `${name} ${state}`))
    },
    status: () => watch.status(),
  }
}

test('a folder, a mail and a loose file are each taken once, and stay where they are', async () => {
  const inbox = await openFolder()
  inbox.drop('README.md', '说明')
  inbox.drop('.hidden', 'x')
  inbox.drop('示例公司/扫描_01.jpg', jpeg('1'))
  inbox.drop('示例公司/扫描_02.jpg', jpeg('2'))
  inbox.drop('samples/来信.eml', 'From: a@example.com\r\n\r\n1')
  inbox.drop('samples/甲/1.jpg', jpeg('3'))
  inbox.drop('单页.pdf', '%PDF-1.7\n%%EOF')
  await inbox.look()
  expect(await inbox.taken()).toEqual([])
  expect(inbox.status()).toMatchObject({ waiting: 4, lastErrorCode: null })
  await inbox.look()
  const names = ['示例公司', '来信.eml', '甲', '单页.pdf'].toSorted()
  expect((await inbox.taken()).toSorted()).toEqual(names)
  await inbox.look()
  inbox.restart()
  await inbox.look()
  await inbox.look()
  expect((await inbox.taken()).toSorted()).toEqual(names)
  const [folder] = await inbox.intake.list({ text: '示例' })
  expect((await inbox.intake.find(folder?.id ?? ''))?.files.map(({ file }) => file)).toEqual(['扫描_01.jpg', '扫描_02.jpg'])
})

test('a file that grows is left until it has rested for a whole round', async () => {
  const inbox = await openFolder()
  inbox.drop('a.bin', 'first')
  await inbox.look()
  for (let round = 0; round < 5; round++) {
    appendFileSync(join(inbox.folder, 'a.bin'), ' more')
    await inbox.look()
  }
  expect(await inbox.taken()).toEqual([])
  await inbox.look()
  expect(await inbox.taken()).toEqual(['a.bin'])
  const [found] = await inbox.intake.list({})
  expect((await inbox.intake.bytesOf(found?.id ?? '', 'a.bin'))?.toString()).toBe('first more more more more more')
})

test('two looks in quick succession are not a rest', async () => {
  const inbox = await openFolder()
  inbox.drop('a.bin', 'x')
  await inbox.look(0)
  await inbox.look(0.5)
  await inbox.look(0.5)
  expect(await inbox.taken()).toEqual([])
  await inbox.look(1)
  expect(await inbox.taken()).toEqual(['a.bin'])
})

test.each([
  ['a.jpg', Buffer.from('\xff\xd8\xff half', 'latin1'), Buffer.from('\xff\xd9', 'latin1')],
  ['a.png', Buffer.from('\x89PNG\r\n half', 'latin1'), Buffer.from('IEND\xae\x42\x60\x82', 'latin1')],
  ['a.pdf', Buffer.from('%PDF-1.7 half'), Buffer.from('\n%%EOF\n')],
  ['a.zip', Buffer.from('PK\x03\x04 half', 'latin1'), Buffer.from('PK\x05\x06                  ', 'latin1')],
  [
    'a.eml',
    Buffer.from('From: a@example.com\r\nContent-Type: multipart/mixed;\r\n boundary="b"\r\n\r\n--b\r\n'),
    Buffer.from('\r\n--b--\r\n'),
  ],
  ['空.jpg', Buffer.alloc(0), jpeg('')],
])('%s without its end is waited for, and taken as soon as it is whole', async (file, half, rest) => {
  const inbox = await openFolder()
  inbox.drop(file, half)
  for (let round = 0; round < 10; round++) await inbox.look()
  expect(await inbox.taken()).toEqual([])
  inbox.drop(file, Buffer.concat([half, rest]))
  await inbox.look()
  await inbox.look()
  expect(await inbox.taken()).toEqual([file])
})

test('a file whose end never comes is taken as it is after a minute', async () => {
  const inbox = await openFolder()
  inbox.drop('a.jpg', Buffer.from('\xff\xd8\xff truncated', 'latin1'))
  for (let round = 0; round < 30; round++) await inbox.look()
  expect(await inbox.taken()).toEqual([])
  await inbox.look()
  expect(await inbox.taken()).toEqual(['a.jpg'])
})

test('a folder waits for all of its files', async () => {
  const inbox = await openFolder()
  inbox.drop('甲/1.jpg', jpeg('1'))
  await inbox.look()
  inbox.drop('甲/2.jpg', Buffer.from('\xff\xd8\xff half', 'latin1'))
  for (let round = 0; round < 5; round++) await inbox.look()
  expect(await inbox.taken()).toEqual([])
  inbox.drop('甲/2.jpg', jpeg('2'))
  await inbox.look()
  await inbox.look()
  const [found] = await inbox.intake.list({})
  expect((await inbox.intake.find(found?.id ?? ''))?.files).toHaveLength(2)
})

test('a changed file is a new submission, a touched one a duplicate that is told', async () => {
  const inbox = await openFolder()
  inbox.drop('a.jpg', jpeg('1'))
  await inbox.look()
  await inbox.look()
  inbox.drop('a.jpg', jpeg('changed'))
  await inbox.look()
  await inbox.look()
  expect(await inbox.taken()).toEqual(['a.jpg', 'a.jpg'])
  utimesSync(join(inbox.folder, 'a.jpg'), 1, 1)
  await inbox.look()
  await inbox.look()
  expect(await inbox.taken()).toEqual(['a.jpg', 'a.jpg', 'a.jpg duplicate'])
})

test('what is too large, linked or unreadable is a visible refusal and stops nothing else', async () => {
  const inbox = await openFolder({ fileMegabytes: 0.001 })
  inbox.drop('大.bin', Buffer.alloc(2000, 1))
  inbox.drop('锁.jpg', jpeg('locked'))
  inbox.drop('好.jpg', jpeg('good'))
  symlinkSync('/etc/hostname', join(inbox.folder, '链接.txt'))
  chmodSync(join(inbox.folder, '锁.jpg'), 0)
  // The superuser reads everything: look as somebody else.
  if (process.geteuid?.() === 0) {
    chmodSync(dirname(inbox.folder), 0o777)
    chmodSync(inbox.folder, 0o777)
    chmodSync(join(dirname(inbox.folder), 'files'), 0o777)
    chmodSync(join(dirname(inbox.folder), 'files', 'incoming'), 0o777)
    process.seteuid?.(65_534)
    onTestFinished(() => process.seteuid?.(0))
  }
  await inbox.look()
  await inbox.look()
  await inbox.look()
  expect((await inbox.taken()).toSorted()).toEqual(['大.bin refused', '好.jpg', '链接.txt refused', '锁.jpg refused'].toSorted())
  const reasons = (await inbox.intake.list({ state: ['refused'] })).map(({ reason }) => String(reason?.code)).toSorted()
  expect(reasons).toEqual(['file-too-large', 'file-unreadable', 'link-not-followed'])
  process.seteuid?.(0)
  chmodSync(join(inbox.folder, '锁.jpg'), 0o644)
  await inbox.look()
  expect(await inbox.taken()).toContain('锁.jpg')
})

test('a folder that goes away is no fault and its submissions stay', async () => {
  const inbox = await openFolder()
  inbox.drop('甲/1.jpg', jpeg('1'))
  await inbox.look()
  await inbox.look()
  rmSync(join(inbox.folder, '甲'), { recursive: true })
  await inbox.look()
  rmSync(inbox.folder, { recursive: true })
  await inbox.look()
  expect(await inbox.taken()).toEqual(['甲'])
  expect(inbox.status().lastErrorCode).toBeNull()
})

test('once started it looks again and again until it is stopped', async () => {
  const parts = await openIntakeParts({ folderSeconds: 0.05 })
  const watch = watchFolder({ ...parts, clock: systemClock })
  mkdirSync(parts.config.folder)
  writeFileSync(join(parts.config.folder, '1.jpg'), jpeg('1'))
  watch.start()
  await vi.waitFor(async () => expect(await parts.intake.list({})).toHaveLength(1), { timeout: 5000, interval: 20 })
  await watch.stop()
  const { lastScanAt } = watch.status()
  expect(lastScanAt).not.toBeNull()
})
