/** `zhika serve`: the service until it is told to stop. */
import { readFileSync } from 'node:fs'
import { openConfigured } from './open-configured.ts'

export async function run(): Promise<number> {
  const starterIsGone = watchStarter()
  const zhika = await openConfigured('info')
  const { address, firstSecret } = await zhika.serve()
  const lines = [
    '制卡 zhika 已启动。',
    `  工作台      ${address}`,
    `  投件文件夹  ${zhika.config.intake.folder}（把扫描件文件夹、邮件或压缩包放进来即可）`,
    `  打印输出    ${zhika.config.dispatch.outbox}`,
  ]
  if (firstSecret !== null) lines.push(`  首次登录    用户名 admin，一次性密码 ${firstSecret}（只显示这一次，登录后须改密码）`)
  lines.push('  停止服务    按 Ctrl+C')
  process.stdout.write(`${lines.join('\n')}\n`)
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
    void starterIsGone.then(resolve)
  })
  process.stdout.write('正在停止…\n')
  await zhika.close()
  return 0
}

const lookMilliseconds = 1000

/**
 * npm hands a SIGTERM on; killed outright it cannot, and the service would live on unseen with the port and the database. Between
 * npm and us stands a shell, so its parent is looked at too (where there is a `/proc`).
 */
function watchStarter(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (process.env['npm_lifecycle_event'] === undefined) return promise
  const starters = () => `${process.ppid} ${parentOf(process.ppid)}`
  const before = starters()
  const look = setInterval(() => {
    if (starters() === before) return
    clearInterval(look)
    resolve()
  }, lookMilliseconds).unref()
  return promise
}

function parentOf(pid: number): string {
  try {
    return /^PPid:\s*(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}
