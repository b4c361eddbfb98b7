/** `zhika mail reconcile`: every message of every mailbox is accounted for, or the command fails. */
import type { CommandCall } from '../cli.ts'
import { codeOf, Fault } from '../platform/errors.ts'
import { openConfigured } from './open-configured.ts'
import { printTable } from './print-table.ts'

export async function run({ words, options }: CommandCall): Promise<number> {
  if (words[0] !== 'reconcile') throw new Fault('unknown-word', '用法：zhika mail reconcile [--json]')
  const zhika = await openConfigured()
  try {
    const reports = (await zhika.mailboxes.reconcile()).map((report) =>
      'fault' in report ? { mailbox: report.mailbox, code: codeOf(report.fault) } : report,
    )
    const good = reports.every((report) => !('code' in report) && report.unexplained.length + report.withoutBytes.length === 0)
    if (options['json'] === true) process.stdout.write(`${JSON.stringify({ mailboxes: reports }, null, 2)}\n`)
    else if (reports.length === 0) process.stdout.write('没有配置邮箱（[[intake.mailboxes]]）。\n')
    else
      printTable(
        good ? '邮箱对账：全部有着落' : '邮箱对账：有邮件没有着落，请查看工作台“来件”和日志',
        ['邮箱', '邮件', '已收', '未收（有原因）', '待重试', '无着落', '原件缺失'],
        reports.map((report) =>
          'code' in report
            ? [report.mailbox, `连接失败（${report.code}）`, '', '', '', '', '']
            : [
                report.mailbox,
                String(report.messages),
                String(report.taken),
                String(report.refused),
                String(report.waiting.length),
                String(report.unexplained.length),
                String(report.withoutBytes.length),
              ],
        ),
      )
    return good ? 0 : 1
  } finally {
    await zhika.close()
  }
}
