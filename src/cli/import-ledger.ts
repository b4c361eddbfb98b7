/** `zhika import FILE.xlsx [--dry-run]`: cards from a workbook into the ledger, all or none; `--template FILE.xlsx` writes one to fill in. */
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { CommandCall } from '../cli.ts'
import type { ImportReport } from '../cards/sheet/import-ledger.ts'
import { importLimits } from '../cards/sheet/import-ledger.ts'
import { writeTemplate } from '../cards/sheet/export-ledger.ts'
import { callingFolder } from './calling-folder.ts'
import { openConfigured } from './open-configured.ts'
import { printTable } from './print-table.ts'

export async function run({ words: [path], options }: CommandCall): Promise<number> {
  const json = options['json'] === true
  const template = options['template']
  if (typeof template === 'string') {
    if (path !== undefined) return misuse('--template 只生成空白模板，请不要同时写要导入的文件')
    const file = resolve(callingFolder(), template)
    await mkdir(dirname(file), { recursive: true })
    await writeTemplate(createWriteStream(file))
    process.stdout.write(json ? `${JSON.stringify({ template: file }, null, 2)}\n` : `已生成台账模板：${file}\n`)
    return 0
  }
  if (path === undefined)
    return misuse('请写明要导入的工作簿，如 zhika import 台账.xlsx；空白模板用 zhika import --template 模板.xlsx 生成')
  const file = resolve(callingFolder(), path)
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return misuse(`没有这个文件：${file}`)
  if (found.size > importLimits.fileBytes)
    return misuse(`文件超过 ${importLimits.fileBytes / 1024 / 1024} MB，请只保留台账一张工作表，或分成几个文件`)

  const bytes = await readFile(file)
  const dryRun = options['dry-run'] === true
  const zhika = await openConfigured()
  try {
    const result = await zhika.ledger.importSheet(bytes, { write: !dryRun, actor: 'zhika' })
    if (!result.ok) {
      if (json)
        process.stdout.write(`${JSON.stringify({ file, dryRun, error: { code: result.code, message: result.message } }, null, 2)}\n`)
      else process.stderr.write(`${result.message}\n`)
      return 1
    }
    if (json) process.stdout.write(`${JSON.stringify({ file, dryRun, ...result.value }, null, 2)}\n`)
    else tell(result.value, dryRun)
    return result.value.badCount > 0 ? 1 : 0
  } finally {
    await zhika.close()
  }
}

function misuse(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}

function tell({ rows, added, completed, unchanged, bad, badCount, written }: ImportReport, dryRun: boolean): void {
  if (badCount > 0) {
    printTable(
      '有问题的单元格',
      ['行', '列', '问题'],
      bad.map(({ row, column, message }) => [String(row), column ?? '', message]),
    )
    process.stdout.write(`\n共 ${rows} 行，${badCount} 处有问题，没有导入任何一行。请更正后重新导入。\n`)
    return
  }
  const what = `新增 ${added} 张，补全 ${completed} 张，没有变化 ${unchanged} 张`
  process.stdout.write(written ? `共 ${rows} 行，全部导入：${what}。\n` : `共 ${rows} 行，没有问题；${dryRun ? `导入将${what}。` : what}\n`)
}
