/** How submissions come in: the drop folder and the mailboxes. */
import { z } from 'zod'

const megabytes = (value: number, title: string) =>
  z.coerce
    .number({ error: `${title}必须是数字，单位为 MB` })
    .positive({ error: `${title}必须大于 0` })
    .default(value)

const seconds = (value: number, least: number, title: string) =>
  z.coerce
    .number({ error: `${title}必须是数字，单位为秒` })
    .min(least, { error: `${title}不能小于 ${least} 秒` })
    .default(value)

/** Environment variables are text. */
const yesOrNo = z.union([z.boolean(), z.enum(['true', 'false'], { error: '必须是 true 或 false' }).transform((text) => text === 'true')])

/** One mailbox that is read by IMAP. Nothing in it is ever deleted or marked, and moved only where a folder is named for it. */
const mailboxConfig = z.strictObject({
  /** Name of the IMAP server, e.g. `imap.189.cn`. */
  host: z.string({ error: '请填写邮箱服务器名，例如 imap.189.cn' }).min(1, { error: '请填写邮箱服务器名，例如 imap.189.cn' }),
  /** TCP port. */
  port: z.coerce.number({ error: '端口必须是数字' }).int().min(1).max(65_535, { error: '端口必须在 1 到 65535 之间' }).default(993),
  /** TLS from the first byte; `false` only for a server on this machine. */
  secure: yesOrNo.default(true),
  /** The whole address where the server asks for it. */
  user: z.string({ error: '请填写邮箱账号' }).min(1, { error: '请填写邮箱账号' }),
  /** The password or, with most Chinese providers, the client's authorisation code (客户端授权码). No default. */
  secret: z.string({ error: '请填写邮箱密码或客户端授权码' }).min(1, { error: '请填写邮箱密码或客户端授权码' }),
  /** The folder that is read. */
  folder: z.string().min(1).default('INBOX'),
  /** Where messages go once they are kept and unfolded; left where they are when not said. Made when it is missing. */
  processedFolder: z.string().min(1).optional(),
  /** Where messages go that were refused or could not be unfolded; left where they are when not said. */
  failedFolder: z.string().min(1).optional(),
})
export type MailboxConfig = z.infer<typeof mailboxConfig>

/** A list set by environment variables (`intake.mailboxes.0.secret`) without a file arrives as an object. */
const asList = (value: unknown) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value)

export const intakeConfig = z.strictObject({
  /** The drop folder: each thing dropped in is one submission. Files in it are never moved or deleted. */
  folder: z.string().min(1, { error: '请填写收件文件夹' }).default('inbox'),
  /** Seconds between two looks into the drop folder; what changed between two looks is still being written. */
  folderSeconds: seconds(2, 0.05, '收件文件夹检查间隔'),
  /** Seconds to wait for a file whose end is visibly missing before it is taken as it is. */
  unfinishedSeconds: seconds(60, 1, '未写完文件的等待时间'),
  /** MB of one file; larger ones are refused visibly. */
  fileMegabytes: megabytes(50, '单个文件大小上限'),
  /** MB of one submission. */
  submissionMegabytes: megabytes(300, '单次来件大小上限'),
  /** MB of one mail as it came; base64 makes attachments a third larger. */
  mailMegabytes: megabytes(60, '单封邮件大小上限'),
  /** Seconds between two looks into each mailbox, beside the server's own notices. */
  mailSeconds: seconds(60, 0.05, '邮箱检查间隔'),
  /** Seconds without a word from a mail server after which the connection counts as dead; at least half as long again as `mailSeconds`. */
  mailSilenceSeconds: seconds(90, 0.05, '邮箱连接无响应的等待时间'),
  /** Seconds before a lost mailbox is tried again; doubled with each failure, up to five minutes. */
  mailRetrySeconds: seconds(5, 0.05, '邮箱重新连接的等待时间'),
  /** Secret of at least 32 characters that signs messages posted to `/intake/mail`; without it that door is closed. No default. */
  postSecret: z.string({ error: '投递密钥必须是文字' }).min(32, { error: '投递密钥至少 32 个字符' }).optional(),
  /** Hour of the office's day at which every mailbox is compared with the ledger. */
  reconcileHour: z.coerce
    .number({ error: '对账时刻必须是 0 到 23 的整点' })
    .int({ error: '对账时刻必须是 0 到 23 的整点' })
    .min(0, { error: '对账时刻必须是 0 到 23 的整点' })
    .max(23, { error: '对账时刻必须是 0 到 23 的整点' })
    .default(3),
  mailboxes: z.preprocess(asList, z.array(mailboxConfig)).default([]),
})
export type IntakeConfig = z.infer<typeof intakeConfig>
