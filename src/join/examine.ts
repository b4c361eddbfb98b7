/** Whether the parts work: quickly for the health page, deeply for `zhika doctor`. */
import { access, constants, mkdir, readFile, statfs } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { addWorkingDays, calendarYears } from '../guide/calendar.ts'
import { codeOf } from '../platform/errors.ts'
import { officeDay, officeTime } from '../platform/clock.ts'
import { openEngine } from '../reading/engine/open-engine.ts'
import type { Zhika } from '../main.ts'

/** One thing that must work; `message` says how it stands or what to do. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}

/** Less than this and new submissions may soon not be kept. */
const leastFreeBytes = 1024 ** 3

type Examined = Pick<Zhika, 'config' | 'database' | 'files' | 'queue' | 'clock' | 'mailer' | 'mailboxes' | 'applications' | 'dispatch'>

/** What the service needs at every moment; cheap enough to be asked every few seconds. */
export async function examineQuickly(zhika: Examined): Promise<Check[]> {
  return [
    await checkDatabase(zhika),
    ...(await checkFolders(zhika)),
    await checkDisk(zhika),
    await checkJobs(zhika),
    ...checkMailboxes(zhika),
    ...(await checkReconciliations(zhika)),
  ]
}

/** Everything, slowly: each way to the outside is tried, each model opened, the log's chain walked. */
export async function examineDeeply(zhika: Examined): Promise<Check[]> {
  return [
    await checkDatabase(zhika),
    await checkIntegrity(zhika),
    await checkLog(zhika),
    ...(await checkFolders(zhika)),
    await checkDisk(zhika),
    await checkModels(),
    await checkFonts(),
    await checkSmtp(zhika),
    ...(await checkMailboxesNow(zhika)),
    checkClock(zhika),
    checkCalendar(zhika),
    await checkWaybills(zhika),
    await checkJobs(zhika),
  ]
}

async function attempt(name: string, advice: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, message: await work() }
  } catch (error) {
    return { name, ok: false, message: `${advice}（${codeOf(error)}）` }
  }
}

const checkDatabase = ({ database, config }: Examined) =>
  attempt('数据库', `数据库无法使用，请检查 ${config.data.folder} 的权限和剩余空间`, async () => {
    await sql`select 1`.execute(database)
    return '可以读写'
  })

const checkIntegrity = ({ database }: Examined) =>
  attempt('数据库完整性', '数据库文件有损坏，请停止服务并从备份恢复', async () => {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(database)
    if (rows[0]?.quick_check !== 'ok') throw new Error('damaged')
    return '完整'
  })

async function checkLog({ database, applications }: Examined): Promise<Check> {
  const { entries, brokenAt } = await applications.verifyLog(database)
  if (brokenAt === null) return { name: '办理记录', ok: true, message: `${entries} 条记录首尾相连，未被改动` }
  return { name: '办理记录', ok: false, message: `第 ${brokenAt} 条记录被改动过，请保留现场并从备份核对` }
}

function checkFolders({ config, files }: Examined): Promise<Check[]> {
  const writable = (name: string, folder: string) =>
    attempt(name, `文件夹 ${folder} 无法写入，请检查是否存在和权限`, async () => {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.R_OK | constants.W_OK)
      return folder
    })
  return Promise.all([
    attempt('文件存储', `${config.data.folder} 无法写入，请检查权限和剩余空间`, async () => {
      const { sha256 } = await files.put(Buffer.from('zhika'))
      await files.get(sha256)
      return '可以读写'
    }),
    writable('投件文件夹', config.intake.folder),
    writable('打印输出文件夹', config.dispatch.outbox),
  ])
}

const checkDisk = ({ config }: Examined) =>
  attempt('剩余空间', '磁盘剩余空间不足 1 GB，请清理磁盘', async () => {
    const { bavail, bsize } = await statfs(config.data.folder)
    if (bavail * bsize < leastFreeBytes) throw new Error('full')
    return `剩余 ${Math.floor((bavail * bsize) / 1024 ** 3)} GB`
  })

const checkModels = () =>
  attempt('识别模型', '识别模型无法打开，请重新运行 npm ci', async () => {
    const engine = await openEngine()
    await engine.close()
    return 'PP-OCRv4 可以使用'
  })

const checkFonts = () =>
  attempt('打印字体', '中文字体缺失，请重新运行 npm ci', async () => {
    const font = await readFile(new URL(import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')))
    return `Noto Sans SC，${Math.round(font.byteLength / 1024 ** 2)} MB`
  })

async function checkSmtp({ mailer }: Examined): Promise<Check> {
  if (!mailer) return { name: '发信', ok: true, message: '未配置发信服务器：函件写入打印输出文件夹，由窗口人员发送' }
  const outcome = await mailer.verify()
  if (outcome.state === 'sent') return { name: '发信', ok: true, message: `以 ${mailer.from} 发信` }
  return { name: '发信', ok: false, message: `发信服务器不可用，请检查 [mail.smtp] 的地址、账号和授权码（${outcome.reason}）` }
}

function checkClock({ clock }: Examined): Check {
  const day = officeDay(clock.now())
  // Earlier than this release: the machine's battery is flat.
  return day >= '2026-11-22'
    ? { name: '时钟', ok: true, message: `${day}（北京时间）` }
    : { name: '时钟', ok: false, message: `系统日期为 ${day}，请校准电脑时间` }
}

function checkCalendar({ clock }: Examined): Check {
  const day = officeDay(clock.now())
  const due = addWorkingDays(day, 3)
  return due === null
    ? {
        name: '工作日历',
        ok: false,
        message:
          '国务院放假安排尚未收录到办理期限所在的年份，期限会显示为“未知”；请把新一年的安排写成文件，登记在 zhika.toml 的 [guide] calendars',
      }
    : { name: '工作日历', ok: true, message: `已收录 ${calendarYears().join('、')} 年的放假安排` }
}

async function checkWaybills({ dispatch }: Examined): Promise<Check> {
  const { ranges, left, low } = await dispatch.waybills()
  if (ranges.length === 0)
    return { name: '面单号段', ok: false, message: '尚未登记 EMS 面单号段，邮寄的业务会停在寄件前；请在工作台“寄件”登记号段' }
  if (left === 0) return { name: '面单号段', ok: false, message: '面单号已用完，请向邮政申领新号段并在工作台“寄件”登记' }
  return { name: '面单号段', ok: true, message: low ? `只剩 ${left} 个，请尽快申领新号段` : `剩余 ${left} 个` }
}

async function checkJobs({ queue }: Examined): Promise<Check> {
  const { dead } = await queue.count()
  // Dead jobs wait for a person; the service itself can work.
  return { name: '后台任务', ok: true, message: dead === 0 ? '没有失败的任务' : `${dead} 个任务失败，请在工作台“后台任务”中处理` }
}

function checkMailboxes({ mailboxes }: Examined): Check[] {
  // A mail server that is away for a while does not stop the office.
  return mailboxes.status().map(({ host, connected, lastSuccessAt, lastErrorCode }) => ({
    name: `邮箱 ${host}`,
    ok: true,
    message: connected
      ? `已连接${lastSuccessAt === null ? '' : `，最近收取 ${officeTime(new Date(lastSuccessAt))}`}`
      : `未连接（${lastErrorCode ?? '正在连接'}），会自动重试`,
  }))
}

/** Mail that nobody can account for stops no work, but a person must know of it. */
async function checkReconciliations({ mailboxes }: Examined): Promise<Check[]> {
  const reports = await mailboxes.lastReconciliations()
  return reports.map(({ mailbox, at, messages, unexplained, withoutBytes }) => {
    const when = officeTime(new Date(at))
    const lost = unexplained.length + withoutBytes.length
    const message =
      lost === 0
        ? `${when} 核对 ${messages} 封，全部有着落`
        : `${when} 核对 ${messages} 封，${lost} 封没有着落，请运行 zhika mail reconcile 再核对一次`
    return { name: `邮箱对账 ${mailbox}`, ok: true, message }
  })
}

/** Starts the mailboxes for as long as it takes to know whether they can be read. */
async function checkMailboxesNow({ mailboxes }: Examined): Promise<Check[]> {
  const settled = () => mailboxes.status().every(({ lastSuccessAt, lastErrorCode }) => lastSuccessAt !== null || lastErrorCode !== null)
  mailboxes.start()
  try {
    for (let tries = 0; tries < 300 && !settled(); tries++) await wait(100)
    return mailboxes.status().map(({ host, lastSuccessAt, lastErrorCode }) => ({
      name: `邮箱 ${host}`,
      ok: lastSuccessAt !== null,
      message:
        lastSuccessAt === null
          ? `收信服务器不可用，请检查 [[intake.mailboxes]] 的地址、账号和授权码（${lastErrorCode ?? '没有应答'}）`
          : '可以收信',
    }))
  } finally {
    await mailboxes.stop()
  }
}
