import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { formKinds } from '../../src/guide/forms/form-kinds.ts'
import { environmentOf, foldersIn } from '../fixtures/run-service.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'zhika-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zhika = (...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), 'forms', ...args], {
    cwd: folder,
    env: environmentOf(foldersIn(folder)),
    encoding: 'utf8',
  })

function given(name: string, values: unknown): string {
  writeFileSync(join(folder, name), typeof values === 'string' ? values : JSON.stringify(values))
  return name
}

const sample = (kind: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'templates/forms', kind, 'sample.json'), 'utf8')) as Record<string, unknown>

it('writes all five blank forms', () => {
  const { status, stdout, stderr } = zhika('--out', 'blank', '--json')
  expect([status, stderr]).toEqual([0, ''])
  expect(readdirSync(join(folder, 'blank')).toSorted()).toEqual(formKinds.map((kind) => `${kind}.pdf`).toSorted())
  const { forms } = JSON.parse(stdout) as { forms: { kind: string; file: string }[] }
  expect(forms.map(({ kind }) => kind)).toEqual([...formKinds])
  for (const { file } of forms) expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

it('fills one form, or several that stand in one file under their names', () => {
  const one = zhika('--out', 'one', '--fill', given('one.json', sample('card-form')), 'card-form')
  expect([one.status, one.stderr]).toEqual([0, ''])
  expect(one.stdout).toContain('电子口岸卡登记表')
  expect(readdirSync(join(folder, 'one'))).toEqual(['card-form.pdf'])
  const both = { 'change-request': sample('change-request'), 'authorization-letter': sample('authorization-letter') }
  expect(zhika('--out', 'two', '--fill', given('both.json', both)).status).toBe(0)
  expect(readdirSync(join(folder, 'two')).toSorted()).toEqual(['authorization-letter.pdf', 'change-request.pdf'])
})

it('refuses values that cannot be right, each with its sentence, and writes nothing', () => {
  const values = { ...sample('card-form'), 'legal.idNumber': '35020319900101001X', 'operator.phone': '12' }
  const { status, stdout, stderr } = zhika('--out', 'refused', '--fill', given('wrong.json', values), 'card-form')
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr.trim().split('\n')).toEqual([
    '《电子口岸卡登记表》的“法人卡证件号码”不是正确的证件号码（位数、出生日期或校验位不符），请核对。',
    '《电子口岸卡登记表》的“操作员卡联系电话”不是可用的电话号码，请填写手机号，或带区号的固定电话。',
  ])
  expect(existsSync(join(folder, 'refused'))).toBe(false)
})

it.each([
  [['nothing-like-it'], '没有“nothing-like-it”这种表格'],
  [['--fill', given('flat.json', { uscc: 'x' })], '请写明一种表格'],
  [['--fill', given('rare.json', { handlerName: '王𠮷岚' }), 'registration-form'], '“𠮷”没有可打印的字形'],
])('tells in one line what to do with %j', (args, said) => {
  const { status, stdout, stderr } = zhika(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(said)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
