import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildTable } from '../fixtures/build-workbook.ts'
import { environmentOf, foldersIn } from '../fixtures/run-service.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'zhika-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zhika = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), ...args],
    { cwd: folder, env: environmentOf(foldersIn(folder)), encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

const headings = ['卡号', '卡类型', '企业名称', '统一社会信用代码', '持卡人', '状态']
const card = ['AB-0001', '法人卡', '厦门示例有限公司', '91350206MA2XM00A2T', '林示例', '有效']
const given = (name: string, ...rows: Parameters<typeof buildTable>[0]) => {
  writeFileSync(join(folder, name), buildTable([headings, ...rows]))
  return name
}

it('imports a ledger all or not at all, and exports what can be imported again', () => {
  const bad = zhika('import', given('bad.xlsx', card, ['8.6E+12', ...card.slice(1)]), '--json')
  expect(bad).toMatchObject({ status: 1, stderr: '' })
  expect(JSON.parse(bad.stdout)).toMatchObject({
    written: false,
    badCount: 1,
    bad: [{ row: 3, column: '卡号', code: 'number-format', message: expect.stringContaining('文本') as string }],
  })
  const taken = zhika('import', given('good.xlsx', card))
  expect(taken).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('新增 1 张') as string })

  const out = zhika('export', '--out', 'out/ledger.xlsx', '--whole-ids', '--json')
  expect(JSON.parse(out.stdout)).toEqual({ file: join(folder, 'out/ledger.xlsx'), cards: 1 })
  expect(readdirSync(join(folder, 'out'))).toEqual(['ledger.xlsx'])
  expect(JSON.parse(zhika('import', 'out/ledger.xlsx', '--dry-run', '--json').stdout)).toMatchObject({
    added: 0,
    unchanged: 1,
    badCount: 0,
  })
}, 90_000)

it('writes a template, and says in one line how it is used', () => {
  expect(zhika('import', '--template', 'template.xlsx')).toMatchObject({ status: 0 })
  expect(existsSync(join(folder, 'template.xlsx'))).toBe(true)
  for (const args of [['import'], ['import', 'none.xlsx']]) {
    const { status, stdout, stderr } = zhika(...args)
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
  }
  writeFileSync(join(folder, 'text.xlsx'), '卡号,状态')
  expect(zhika('import', 'text.xlsx')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('不是 xlsx') as string })
}, 90_000)
