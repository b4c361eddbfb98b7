import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { intakeConfig } from '../../src/intake/intake-config.ts'
import { loadConfig } from '../../src/platform/config/load-config.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const variables = {
  ZHIKA_INBOX: 'intake.folder',
  ZHIKA_MAIL_SECRET: 'intake.mailboxes.0.secret',
  ZHIKA_MAIL_PORT: 'intake.mailboxes.0.port',
}

function load(toml: string, env: Record<string, string> = {}) {
  const file = join(temporaryFolder(), 'zhika.toml')
  writeFileSync(file, toml)
  return loadConfig({ intake: intakeConfig }, { file, env, variables }).intake
}

test('with nothing configured the drop folder works and no mailbox is read', () => {
  expect(load('')).toMatchObject({ folder: 'inbox', folderSeconds: 2, fileMegabytes: 50, submissionMegabytes: 300, mailboxes: [] })
})

test('a mailbox needs host, user and secret, and the secret may come from the environment', () => {
  const toml = '[[intake.mailboxes]]\nhost = "imap.189.cn"\nuser = "office@example.cn"\n'
  expect(load(toml, { ZHIKA_MAIL_SECRET: 'only-for-tests', ZHIKA_MAIL_PORT: '994' }).mailboxes).toEqual([
    { host: 'imap.189.cn', port: 994, secure: true, user: 'office@example.cn', secret: 'only-for-tests', folder: 'INBOX' },
  ])
  expect(() => load(toml)).toThrow('请填写邮箱密码或客户端授权码')
  expect(() => load('', { ZHIKA_MAIL_SECRET: 'only-for-tests' })).toThrow('请填写邮箱服务器名')
})

test('wrong values are told in one sentence', () => {
  expect(() => load('[intake]\nfolderSeconds = 0\n')).toThrow('收件文件夹检查间隔不能小于')
  expect(() => load('[intake]\nfileMegabytes = "big"\n')).toThrow('单个文件大小上限必须是数字')
})
