import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepNetworks } from '../../../src/reading/engine/keep-networks.ts'

const networks = { detection: Uint8Array.of(1, 2, 3), recognition: Uint8Array.of(4, 5), second: Uint8Array.of(6) }
let folder: string
let times: number
const rewrite = () => {
  times += 1
  return Promise.resolve(networks)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhika-test-'))
  times = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('rewritten networks on disk', () => {
  test('are taken as they were left, by a folder that was not there before too', async () => {
    const place = join(folder, 'code')
    expect(await keepNetworks(place, [Uint8Array.of(7)], rewrite)).toEqual(networks)
    const kept = await keepNetworks(place, [Uint8Array.of(7)], rewrite)
    expect(kept).toEqual(networks)
    expect(kept.detection.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(times).toBe(1)
    expect(readdirSync(place)).toEqual(['networks'])
  })

  test('are made anew of other sources, parted otherwise too', async () => {
    await keepNetworks(folder, [Uint8Array.of(7, 8), Uint8Array.of(9)], rewrite)
    await keepNetworks(folder, [Uint8Array.of(7), Uint8Array.of(8, 9)], rewrite)
    expect(times).toBe(2)
  })

  test('are made anew where the file was cut off or changed', async () => {
    await keepNetworks(folder, [Uint8Array.of(7)], rewrite)
    const path = join(folder, 'networks')
    const bytes = readFileSync(path)
    for (const spoilt of [bytes.subarray(0, 40), bytes.subarray(0, -1), Buffer.concat([bytes.subarray(0, -1), Buffer.of(9)])]) {
      writeFileSync(path, spoilt)
      expect(await keepNetworks(folder, [Uint8Array.of(7)], rewrite)).toEqual(networks)
    }
    expect(times).toBe(4)
  })

  test('are made all the same where nothing can be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await keepNetworks(file, [Uint8Array.of(7)], rewrite)).toEqual(networks)
  })
})
