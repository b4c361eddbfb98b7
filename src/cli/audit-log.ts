/** `zhika audit`: whether the log of what was done is whole, entry by entry; names the first that is not. */
import type { CommandCall } from '../cli.ts'
import { openConfigured } from './open-configured.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const zhika = await openConfigured()
  try {
    const { entries, brokenAt } = await zhika.applications.verifyLog(zhika.database)
    if (options['json'] === true) process.stdout.write(`${JSON.stringify({ whole: brokenAt === null, entries, brokenAt }, null, 2)}\n`)
    else
      process.stdout.write(
        brokenAt === null
          ? `办理记录共 ${entries} 条，首尾相连，未被改动。\n`
          : `办理记录第 ${brokenAt} 条被改动或缺失（此前 ${entries} 条完好），请保留现场并从备份核对。\n`,
      )
    return brokenAt === null ? 0 : 1
  } finally {
    await zhika.close()
  }
}
