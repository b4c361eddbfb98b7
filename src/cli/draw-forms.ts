/** `zhika forms [--out DIR] [--fill values.json] [KIND…]`: the office's forms as PDF, blank or filled in. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CommandCall } from '../cli.ts'
import { checkValues } from '../forms/check-values.ts'
import type { DrawnForm } from '../forms/draw-form.ts'
import { openForms } from '../forms/open-forms.ts'
import { formKinds, type FormKind } from '../guide/forms/form-kinds.ts'
import type { FormContents } from '../guide/forms/value-record.ts'
import { office } from '../guide/office.ts'
import { documentTitles } from '../guide/papers.ts'
import { readConfiguration } from '../join/read-configuration.ts'
import { officeDay, systemClock } from '../platform/clock.ts'
import { callingFolder } from './calling-folder.ts'
import { printTable } from './print-table.ts'

const root = resolve(import.meta.dirname, '../..')

export async function run({ words, options }: CommandCall): Promise<number> {
  const strange = words.find((word) => !isFormKind(word))
  if (strange !== undefined) return refuse(`没有“${strange}”这种表格，可用的有：${formKinds.join('、')}`)
  const named = words.filter(isFormKind)
  const filled = typeof options['fill'] === 'string' ? await readFilling(resolve(callingFolder(), options['fill']), named) : undefined
  if (filled && 'faults' in filled) return refuse(filled.faults.join('\n'))

  const config = readConfiguration(process.env, root, callingFolder())
  const forms = openForms({ office, clock: systemClock, folder: config.forms.folder })
  const kinds = filled ? filled.orders.map(({ kind }) => kind) : named.length > 0 ? named : formKinds
  const drawn: { readonly kind: FormKind; readonly form: DrawnForm }[] = []
  for (const kind of kinds)
    drawn.push({ kind, form: await forms.draw(kind, filled?.orders.find((order) => order.kind === kind)?.contents) })
  const faults = drawn.flatMap(({ kind, form }) => unprintable(documentTitles[kind], form))
  if (faults.length > 0) return refuse(faults.join('\n'))

  const out = typeof options['out'] === 'string' ? resolve(callingFolder(), options['out']) : join(config.dispatch.outbox, '表格')
  await mkdir(out, { recursive: true })
  const written = drawn.map(({ kind, form }) => ({ kind, file: join(out, `${kind}.pdf`), notInCode: form.hashed }))
  for (const [index, { file }] of written.entries()) await writeFile(file, drawn[index]!.form.bytes)
  if (options['json'] === true) process.stdout.write(`${JSON.stringify({ forms: written }, null, 2)}\n`)
  else
    printTable(
      filled ? '已填好的表格' : '空白表格',
      ['表格', '文件'],
      written.map(({ kind, file }) => [documentTitles[kind], file]),
    )
  return 0
}

const isFormKind = (word: string): word is FormKind => (formKinds as readonly string[]).includes(word)

const unprintable = (title: string, { missing, cut }: DrawnForm): string[] => [
  ...(missing.length > 0 ? [`《${title}》中“${missing.join('')}”没有可打印的字形，请换用其他写法。`] : []),
  ...cut.map((text) => `《${title}》中有内容写不下：“${text.slice(0, 20)}…”，请缩短。`),
]

function refuse(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}

type Filling =
  | { readonly orders: readonly { readonly kind: FormKind; readonly contents: FormContents }[] }
  | { readonly faults: readonly string[] }

/** The values of one form that is named, or of several under their names: `{"card-form": {…}}`. */
async function readFilling(file: string, named: readonly FormKind[]): Promise<Filling> {
  const given = await readObject(file)
  if (!given) return { faults: [`读不出 ${file}，它应是一个 JSON 对象（UTF-8），请检查路径和内容`] }
  const byKind = Object.keys(given).length > 0 && Object.keys(given).every(isFormKind)
  if (!byKind && named.length !== 1)
    return { faults: ['填表时请写明一种表格，如 zhika forms --fill 内容.json card-form；要填几种，请在 JSON 中以表格名分开'] }
  const all: (readonly [string, unknown])[] = byKind ? Object.entries(given) : [[named[0] ?? '', given]]
  const orders = all.flatMap(([kind, values]) =>
    isFormKind(kind) && (named.length === 0 || named.includes(kind)) ? [{ kind, values }] : [],
  )
  if (orders.length === 0) return { faults: ['JSON 中没有所写明的表格，请核对表格名'] }
  const today = officeDay(systemClock.now())
  const faults: string[] = []
  const checked = orders.map(({ kind, values }) => {
    const isObject = typeof values === 'object' && values !== null && !Array.isArray(values)
    if (!isObject) faults.push(`“${kind}”下应是各项内容，如 {"uscc": "…"}`)
    const result = checkValues(kind, isObject ? (values as Record<string, unknown>) : {}, today)
    faults.push(...result.faults)
    return { kind, contents: result.contents }
  })
  return faults.length > 0 ? { faults } : { orders: checked }
}

const mostBytes = 1_000_000

async function readObject(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    const text = await readFile(file, 'utf8')
    const parsed: unknown = text.length > mostBytes ? undefined : JSON.parse(text.replace(/^\uFEFF/u, ''))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
