/** `zhika doctor`: whether everything that the office needs works, and how to mend what does not. */
import type { CommandCall } from '../cli.ts'
import { examineDeeply } from '../join/examine.ts'
import { openConfigured } from './open-configured.ts'
import { printTable } from './print-table.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const zhika = await openConfigured()
  try {
    const checks = await examineDeeply(zhika)
    const healthy = checks.every(({ ok }) => ok)
    if (options['json'] === true) process.stdout.write(`${JSON.stringify({ healthy, checks }, null, 2)}\n`)
    else
      printTable(
        healthy ? '一切正常' : '有需要处理的项目',
        ['项目', '状态', '说明'],
        checks.map(({ name, ok, message }) => [name, ok ? '正常' : '需处理', message]),
      )
    return healthy ? 0 : 1
  } finally {
    await zhika.close()
  }
}
