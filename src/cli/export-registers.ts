/** `zhika export [--out FILE.xlsx]`: the ledger of cards as a workbook that `zhika import` takes back. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CommandCall } from '../cli.ts'
import { officeDay } from '../platform/clock.ts'
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
    })
    await rename(unfinished, file)
    if (options['json'] === true) process.stdout.write(`${JSON.stringify({ file, cards }, null, 2)}\n`)
    else process.stdout.write(`已导出 ${cards} 张卡：${file}\n`)
    return 0
  } finally {
    await zhika.close()
  }
}
