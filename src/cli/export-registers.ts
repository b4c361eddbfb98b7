/** `zhika export [--out FILE.xlsx]`: the ledger of cards, which `zhika import` takes back, and the register of applications. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CommandCall } from '../cli.ts'
import { decisionTitles, statusTitles } from '../application/record.ts'
import { serviceTitles } from '../guide/papers.ts'
import type { Zhika } from '../main.ts'
import { officeDay, officeTime } from '../platform/clock.ts'
import type { WrittenSheet } from '../platform/sheets/write-workbook.ts'
import { callingFolder } from './calling-folder.ts'
import { openConfigured } from './open-configured.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const zhika = await openConfigured()
  try {
    const named = options['out']
    const file =
      typeof named === 'string'
        ? resolve(callingFolder(), named)
        : join(zhika.config.dispatch.outbox, '登记表', `卡片台账-${officeDay(zhika.clock.now())}.xlsx`)
    await mkdir(dirname(file), { recursive: true })
    // Whole or not at all: half a register is taken for a whole one.
    const unfinished = `${file}.part`
    const cards = await zhika.ledger.exportSheet(createWriteStream(unfinished, { mode: 0o600 }), {
      wholeIds: options['whole-ids'] === true,
      more: [applicationRegister(zhika)],
    })
    await rename(unfinished, file)
    if (options['json'] === true) process.stdout.write(`${JSON.stringify({ file, cards }, null, 2)}\n`)
    else process.stdout.write(`已导出 ${cards} 张卡：${file}\n`)
    return 0
  } finally {
    await zhika.close()
  }
}

const rowsAtOnce = 500

function applicationRegister({ applications, database }: Zhika): WrittenSheet {
  async function* rows() {
    for (let offset = 0; ; offset += rowsAtOnce) {
      const part = await applications.list(database, { limit: rowsAtOnce, offset })
      for (const { number, service, status, decision, enterprise, receivedAt, dueOn } of part)
        yield [
          number,
          serviceTitles[service],
          statusTitles[status],
          decisionTitles[decision],
          enterprise.name,
          enterprise.uscc,
          officeTime(new Date(receivedAt)),
          dueOn,
        ]
      if (part.length < rowsAtOnce) return
    }
  }
  return {
    name: '业务申请',
    columns: [
      { title: '受理编号', width: 18 },
      { title: '业务', width: 22 },
      { title: '状态', width: 14 },
      { title: '判断', width: 10 },
      { title: '企业名称', width: 32 },
      { title: '统一社会信用代码', width: 22 },
      { title: '收到时间', width: 18 },
      { title: '期限', width: 12, kind: 'date' },
    ],
    rows: rows(),
  }
}
