/** Broken and hostile things are dropped in: each becomes a visible record with a sentence, and the service answers on. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { buildZip } from '../fixtures/build-zip.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { foldersIn, runService } from '../fixtures/run-service.ts'
import { sitAtDesk } from '../fixtures/sit-at-desk.ts'
import { declarePng, writeEncryptedPdf, writeLongPdf } from '../reading/core/draw-page.ts'

const samples = resolve(import.meta.dirname, '../../inbox/samples')
const memoryLimit = 1.5e9

function aScan(): Buffer {
  const set = readdirSync(samples).find((name) => name.startsWith('增办操作员卡')) ?? ''
  const [first = ''] = readdirSync(join(samples, set)).toSorted()
  return readFileSync(join(samples, set, first))
}

function wrap(bytes: Buffer, times: number): Buffer {
  return times === 0 ? bytes : wrap(buildZip([{ name: `第${times}层.zip`, bytes }]), times - 1)
}

const resident = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

it('shows each broken input with a sentence and keeps answering within its memory', { timeout: 300_000 }, async () => {
  const folders = foldersIn(temporaryFolder())
  mkdirSync(folders.inbox, { recursive: true })
  const long = writeLongPdf(300)
  const inputs: Record<string, Uint8Array> = {
    '空文件.pdf': new Uint8Array(),
    '截断.pdf': long.subarray(0, Math.floor(long.length / 2)),
    '加密.pdf': writeEncryptedPdf(),
    '其实是文字.jpg': Buffer.from('这不是图片，只是一段文字。'.repeat(50)),
    '三百页.pdf': long,
    '巨图.png': declarePng(20_000, 20_000),
    '越界路径.zip': buildZip([{ name: '../../../etc/扫描.jpg', bytes: Buffer.from('not a picture') }]),
    '层层压缩.zip': wrap(aScan(), 6),
    '半张照片.jpg': aScan().subarray(0, 3_000),
  }
  for (const [name, bytes] of Object.entries(inputs)) writeFileSync(join(folders.inbox, name), bytes)
  // What looks unfinished is waited for; here nobody writes on.
  writeFileSync(folders.config, '[intake]\nunfinishedSeconds = 3\n')

  const service = await runService(folders)
  onTestFinished(() => service.kill())
  const clerk = await sitAtDesk(service.address, 'admin', service.firstSecret ?? '', 'a long new password')
  let largest = 0
  let slowest = 0
  let page = ''
  for (let tries = 0; tries < 400; tries++) {
    const asked = performance.now()
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200)
    slowest = Math.max(slowest, performance.now() - asked)
    largest = Math.max(largest, resident(service.process.pid))
    page = await clerk.page('/submissions')
    if (Object.keys(inputs).every((name) => page.includes(name)) && !page.includes('读取中')) break
    await wait(250)
  }
  const rows = new Map(
    page
      .split('<tr')
      .slice(1)
      .map((row) => [Object.keys(inputs).find((name) => row.includes(name)) ?? '', row.replaceAll(/<[^>]+>/gu, ' ')]),
  )
  for (const name of Object.keys(inputs)) {
    // A sentence that tells what to do.
    expect(rows.get(name), name).toMatch(/请/u)
    expect(rows.get(name), name).not.toContain('读取中')
  }
  console.log(`largest resident memory ${Math.round(largest / 1e6)} MB, slowest health answer ${Math.round(slowest)} ms`)
  expect(largest).toBeLessThan(memoryLimit)
  expect(await service.stop()).toBe(0)
})
