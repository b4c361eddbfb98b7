import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFileFolder } from '../../src/platform/files/file-store.ts'
import { randomIds } from '../../src/platform/ids.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const bytes = Buffer.from('营业执照')

describe('the file store', () => {
  it('gives back what it was given, under its SHA-256', async () => {
    const files = await openFileFolder(temporaryFolder(), randomIds)
    const { sha256, size } = await files.put(bytes)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(size).toBe(bytes.length)
    expect(await files.get(sha256)).toEqual(bytes)
    expect(await files.has(sha256)).toBe(true)
  })

  it('keeps the same bytes once, however many bring them at the same time', async () => {
    const folder = temporaryFolder()
    const files = await openFileFolder(folder, randomIds)
    const stored = await Promise.all(Array.from({ length: 20 }, () => files.put(bytes)))
    expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  })

  it('tells a missing file from a damaged one', async () => {
    const folder = temporaryFolder()
    const files = await openFileFolder(folder, randomIds)
    const { sha256 } = await files.put(bytes)
    await expect(files.get('0'.repeat(64))).rejects.toMatchObject({ code: 'file-missing' })
    writeFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'other bytes')
    await expect(files.get(sha256)).rejects.toMatchObject({ code: 'file-damaged' })
  })
})
