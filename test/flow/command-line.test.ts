/** The command line as other programs call it: exact shapes on stdout, nothing else there, exit codes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { documentFields, documentKinds, serviceCodes, type DocumentKind } from '../../src/guide/papers.ts'
import { environmentOf, foldersIn } from '../fixtures/run-service.ts'

const root = resolve(import.meta.dirname, '../..')
const samples = 'inbox/samples'
const folder = mkdtempSync(join(tmpdir(), 'zhika-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zhika = (...args: string[]) => zhikaWith({}, ...args)
const zhikaWith = (env: Record<string, string>, ...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), ...args], {
    cwd: root,
    env: { ...environmentOf(foldersIn(folder)), ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })

const fraction = z.number().min(0).max(1)
const box = z.tuple([fraction, fraction, fraction, fraction])
const item = z.strictObject({ name: z.string(), quantity: z.number().nullable(), price: z.string().nullable() })
const field = z.strictObject({
  value: z.union([z.string(), z.array(z.string()), z.array(item), z.null()]),
  confidence: fraction,
  source: z.enum(['acroform', 'barcode', 'text-layer', 'ocr']),
  page: z.int().nonnegative(),
  box: box.nullable(),
  certain: z.boolean(),
})
const document = z.strictObject({
  kind: z.enum(documentKinds),
  confidence: fraction,
  pages: z.array(z.strictObject({ file: z.string(), page: z.int().positive(), rotation: z.literal([0, 90, 180, 270]) })).nonempty(),
  fields: z.record(z.string(), field),
  seals: z.array(
    z.strictObject({
      page: z.int().nonnegative(),
      box,
      color: z.enum(['red', 'gray']),
      shape: z.enum(['round', 'oval']),
      text: z.string().nullable(),
      confidence: fraction,
      role: z.literal('other').optional(),
    }),
  ),
})
const problem = z.strictObject({ file: z.string(), code: z.string(), message: z.string() })
const readResult = z.strictObject({ documents: z.array(document), problems: z.array(problem) })
const finding = z.strictObject({
  code: z.string(),
  document: z.enum(documentKinds).nullable(),
  page: z.strictObject({ file: z.string(), page: z.int().positive() }).nullable(),
  field: z.string().nullable(),
  severity: z.enum(['correct', 'look', 'note']),
  message: z.string().min(5),
})
const processResult = z.strictObject({
  submissions: z.array(
    z.strictObject({
      name: z.string(),
      applications: z.array(
        z.strictObject({
          number: z.string().regex(/^XM\d{8}-\d{4}$/u),
          service: z.literal(serviceCodes),
          status: z.string(),
          enterprise: z.strictObject({ name: z.string().nullable(), uscc: z.string().nullable() }),
          decision: z.enum(['ready', 'correct', 'look']),
          findings: z.array(finding),
          documents: z.array(document),
        }),
      ),
      problems: z.array(problem),
    }),
  ),
})

const expectFieldsOfKinds = (documents: readonly { kind: DocumentKind; fields: object }[]) => {
  for (const { kind, fields } of documents)
    expect(Object.keys(fields).toSorted()).toEqual(documentFields[kind].map(({ name }) => name).toSorted())
}

describe('zhika', () => {
  it('says how it is used, and says what was wrong with exit code 2', () => {
    expect(zhika('--help')).toMatchObject({ status: 0, stderr: '' })
    for (const command of ['serve', 'read', 'process', 'doctor', 'audit', 'guide', 'forms', 'user'])
      expect(zhika(command, '--help').status).toBe(0)
    for (const wrong of [['raed'], ['read'], ['read', '--jsn', 'x'], ['user', 'add'], ['user', 'add', 'x', '--role', 'king']]) {
      const { status, stdout, stderr } = zhika(...wrong)
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
    }
  })

  it('prints the guide that is in force, another office’s when it is configured', () => {
    expect(zhika('guide').stdout).toContain('企业注销申请表，一式两份')
    const { office, services } = JSON.parse(zhika('guide', '--json').stdout) as { office: object; services: object }
    const file = join(folder, 'guide.json')
    const xiamen = JSON.parse(readFileSync(join(root, 'src/guide/xiamen.json'), 'utf8')) as { services: object }
    const guide = { office: { ...office, name: '示例分中心' }, services: xiamen.services }
    expect(Object.keys(services)).toHaveLength(11)
    writeFileSync(file, JSON.stringify(guide))
    expect(zhikaWith({ ZHIKA_GUIDE: file }, 'guide').stdout).toContain('示例分中心')
    writeFileSync(file, JSON.stringify({ ...guide, services: {} }))
    expect(zhikaWith({ ZHIKA_GUIDE: file }, 'guide')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('services') })
  })

  it('fails with one sentence where there is nothing to read', () => {
    const { status, stdout, stderr } = zhika('read', join(folder, 'nowhere'), '--json')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('请检查路径')
  })

  it('writes nothing outside of its own folders while it reads, and tells nobody of it', { timeout: 60_000 }, () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'zhika-elsewhere-'))
    const set = readdirSync(join(root, samples)).find((name) => name.startsWith('增办操作员卡')) ?? ''
    const [page = ''] = readdirSync(join(root, samples, set))
    const { status } = zhikaWith({ HOME: elsewhere, TMPDIR: elsewhere }, 'read', '--json', join(samples, set, page))
    expect(status).toBe(0)
    expect(readdirSync(elsewhere, { recursive: true })).toEqual([])
    rmSync(elsewhere, { recursive: true })
  })

  it('prints one document, whatever a decoder has to say of a broken photo', () => {
    const path = join(folder, '照片.heic')
    // A box of metadata that is longer than the file.
    writeFileSync(path, Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x20meta\x20\0\0\0junk', 'latin1'))
    const { stdout, status } = zhika('read', '--json', path)
    expect(status).toBe(0)
    expect(readResult.parse(JSON.parse(stdout)).problems).toMatchObject([{ file: path, code: 'damaged' }])
  })

  it('prints what was read in the exact shape of the contract, a mail by the way into it', () => {
    const set = readdirSync(join(root, samples)).find((name) => name.startsWith('自购读卡器')) ?? ''
    const path = `${samples}/${set}`
    const broken = join(folder, '其实是文字.jpg')
    writeFileSync(broken, '这不是图片。'.repeat(40))
    const { status, stdout } = zhika('read', path, broken, '--json')
    expect(status).toBe(0)
    const { documents, problems } = readResult.parse(JSON.parse(stdout))
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual(['authorization-letter', 'payment-proof'])
    for (const { pages } of documents) expect(pages[0]?.file).toMatch(new RegExp(`^${path}/来信\\.eml!/`, 'u'))
    expectFieldsOfKinds(documents)
    expect(problems).toEqual([{ file: broken, code: expect.any(String), message: expect.stringContaining('请') }])
  })

  it('prints the applications of the samples in the exact shape, and the same ones when asked again', { timeout: 180_000 }, () => {
    const first = zhika('process', samples, '--json')
    expect(first.status).toBe(0)
    const { submissions } = processResult.parse(JSON.parse(first.stdout))
    expect(submissions.map(({ name }) => name).toSorted()).toEqual(readdirSync(join(root, samples)).toSorted())
    const byService = new Map(submissions.map(({ applications: [application] }) => [application?.service, application]))
    expect([...byService.keys()].map(String).toSorted()).toEqual(['add-operator', 'reader', 'replace-operator', 'unlock'])
    for (const application of byService.values()) expectFieldsOfKinds(application?.documents ?? [])
    // Three sets are complete; one has two faults planted.
    expect(byService.get('unlock')?.decision).toBe('correct')
    const codes = byService.get('unlock')?.findings.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['seal-missing', 'invalid-uscc']))
    for (const clean of ['add-operator', 'reader', 'replace-operator'] as const) expect(byService.get(clean)?.decision).not.toBe('correct')

    const again = zhika('process', samples, '--json')
    const numbers = (output: string) =>
      processResult.parse(JSON.parse(output)).submissions.flatMap(({ applications }) => applications.map(({ number }) => number))
    expect(numbers(again.stdout)).toEqual(numbers(first.stdout))
  })

  it('finds nothing to mend in a fresh installation but the missing waybill range', () => {
    const { status, stdout } = zhika('doctor', '--json')
    const { checks } = z
      .object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })) })
      .parse(JSON.parse(stdout))
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['面单号段'])
    expect(status).toBe(1)
  })
})
