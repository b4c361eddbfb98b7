import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../../src/platform/log/log.ts'
import { openPool, type PoolParts } from '../../../src/reading/worker/open-pool.ts'
import { asSharp, drawPage, writePdf } from './draw-page.ts'

function openTestPool(parts: Partial<PoolParts>) {
  const pool = openPool({ workers: 1, pageSeconds: 30, memoryBytes: 4e9, log: silentLog, ...parts })
  onTestFinished(() => pool.close())
  return pool
}

/** A page of a million lines: 40 KB that PDFium draws for minutes, deaf to everything. */
function writeEndlessPdf(): Uint8Array {
  const content = deflateSync(Buffer.from('0 0 m 500 800 l S\n'.repeat(1_000_000))).toString('latin1')
  return writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n${content}\nendstream`,
  ])
}

const small = drawPage({ dpi: 20 })
const easyPage = async () =>
  new Uint8Array(
    await asSharp({ ...small, data: small.data.slice().fill(255) })
      .png()
      .toBuffer(),
  )

describe('the pool', () => {
  it('kills a thread that is stuck and reads the next page in a new one', async () => {
    const pool = openTestPool({ pageSeconds: 1, graceSeconds: 0.5 })
    const stuck = pool.run({ do: 'read', key: 'stuck', bytes: writeEndlessPdf(), format: 'pdf', page: 0, keepImage: false })
    const next = pool.run({ do: 'read', key: 'next', bytes: await easyPage(), format: 'png', page: 0, keepImage: false })
    expect(await stuck).toEqual({ ok: false, code: 'page-time-out' })
    expect(await next).toMatchObject({ ok: true, value: { isBlank: true } })
  })

  it('gives up the page that has run longest when there is too little memory', async () => {
    const pool = openTestPool({ memoryBytes: 1, aloneBytes: 0, graceSeconds: 0.2 })
    expect(await pool.run({ do: 'read', key: 'stuck', bytes: writeEndlessPdf(), format: 'pdf', page: 0, keepImage: false })).toEqual({
      ok: false,
      code: 'page-too-heavy',
    })
  })

  it('replaces a thread that has ended its page where memory is short, and goes on', async () => {
    const pool = openTestPool({ memoryBytes: 1 })
    const count = async (key: string) => pool.run({ do: 'count', key, bytes: await easyPage(), format: 'png' })
    expect(await count('a')).toEqual({ ok: true, value: 1 })
    expect(await count('b')).toEqual({ ok: true, value: 1 })
  })

  it('reads a page alone, whatever was left behind, before it gives it up', async () => {
    const pool = openTestPool({ memoryBytes: 1 })
    const page = new Uint8Array(
      await asSharp(drawPage({ dpi: 150 }))
        .png()
        .toBuffer(),
    )
    const read = await pool.run({ do: 'read', key: 'a', bytes: page, format: 'png', page: 0, keepImage: false })
    expect(read).toMatchObject({ ok: true, value: { isBlank: false } })
  })

  it('answers what waits when it is closed', async () => {
    const pool = openPool({ workers: 1, pageSeconds: 30, memoryBytes: 4e9, log: silentLog })
    const waiting = pool.run({ do: 'count', key: 'a', bytes: await easyPage(), format: 'png' })
    const later = pool.run({ do: 'count', key: 'b', bytes: await easyPage(), format: 'png' })
    await pool.close()
    expect([(await waiting).ok, (await later).ok]).toEqual([false, false])
  })

  it('leaves the compiled code of its threads where it is told to', async () => {
    const codeFolder = mkdtempSync(join(tmpdir(), 'zhika-code-'))
    onTestFinished(() => rmSync(codeFolder, { recursive: true }))
    const pool = openPool({ workers: 1, pageSeconds: 30, memoryBytes: 4e9, codeFolder, log: silentLog })
    expect(await pool.run({ do: 'count', key: 'a', bytes: await easyPage(), format: 'png' })).toEqual({ ok: true, value: 1 })
    await pool.close()
    expect(readdirSync(codeFolder, { recursive: true }).length).toBeGreaterThan(50)
  })
})
