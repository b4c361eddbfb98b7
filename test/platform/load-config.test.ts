import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/platform/config/load-config.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const sections = {
  web: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.coerce.number({ error: '须为数字' }).int().max(65_535, '须为 0 至 65535').default(8080),
    })
    .prefault({}),
}

function load(text: string | null, env: Record<string, string> = {}) {
  const file = join(temporaryFolder(), 'zhika.toml')
  if (text !== null) writeFileSync(file, text)
  return loadConfig(sections, { file, env, variables: { ZHIKA_PORT: 'web.port' } })
}

describe('the configuration', () => {
  it('stands on its defaults when there is no file', () => {
    expect(load(null)).toEqual({ web: { host: '127.0.0.1', port: 8080 } })
  })

  it('takes the file, and the environment over it', () => {
    expect(load('[web]\nport = 9000\nhost = "0.0.0.0"', { ZHIKA_PORT: '9001' })).toEqual({ web: { host: '0.0.0.0', port: 9001 } })
  })

  it('is frozen', () => {
    const { web } = load(null)
    expect(() => Object.assign(web, { port: 1 })).toThrow()
  })

  it.each([
    ['[web]\nport = 70000', {}, /zhika\.toml 的 web\.port 不正确：须为 0 至 65535$/],
    ['', { ZHIKA_PORT: 'many' }, /^环境变量 ZHIKA_PORT 不正确：须为数字$/],
    ['[web]\nprot = 1', {}, /web\.prot 不是可用的配置项/],
    ['[web\nport = 1', {}, /第 1 行不是正确的 TOML/],
  ])('says in one sentence what is wrong with %j', (text, env, sentence) => {
    expect(() => load(text, env as Record<string, string>)).toThrow(sentence)
  })
})
