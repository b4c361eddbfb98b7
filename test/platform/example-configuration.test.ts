import { copyFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readConfiguration } from '../../src/join/read-configuration.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const root = resolve(import.meta.dirname, '../..')

it('the example says the defaults', () => {
  const folder = temporaryFolder()
  const without = readConfiguration({ ZHIKA_CONFIG: join(folder, 'zhika.toml') }, root, folder)
  copyFileSync(join(root, 'zhika.example.toml'), join(folder, 'zhika.toml'))
  expect(readConfiguration({ ZHIKA_CONFIG: join(folder, 'zhika.toml') }, root, folder)).toEqual(without)
})

it('refuses a PostgreSQL address with a clear sentence instead of ignoring it', () => {
  expect(() => readConfiguration({ DATABASE_URL: 'postgres://x' }, root, root)).toThrow(/DATABASE_URL 暂不支持/)
})

it('takes folders of the environment from the caller’s folder', () => {
  const config = readConfiguration({ ZHIKA_DATA: 'd', ZHIKA_INBOX: '/in', ZHIKA_OUTBOX: 'o' }, root, '/somewhere')
  expect([config.data.folder, config.intake.folder, config.dispatch.outbox]).toEqual(['/somewhere/d', '/in', '/somewhere/o'])
})
