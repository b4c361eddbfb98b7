/** The whole configuration: every stage's own section, and the environment variables that stand for single keys. */
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { agreementsConfig } from '../application/agreements/agreements-config.ts'
import { cardsConfig } from '../cards/cards-config.ts'
import { deskConfig } from '../desk/desk-config.ts'
import { dispatchConfig } from '../dispatch/dispatch-config.ts'
import { formsConfig } from '../forms/forms-config.ts'
import { intakeConfig } from '../intake/intake-config.ts'
import { ConfigFault, loadConfig } from '../platform/config/load-config.ts'
import { mailConfig } from '../platform/mail/send-mail.ts'
import { readingConfig } from '../reading/reading-config.ts'
import { guideConfig } from './guide-config.ts'

const dataConfig = z.strictObject({
  /** Folder of the database and of all kept files. */
  folder: z.string({ error: '请填写数据文件夹' }).min(1, { error: '请填写数据文件夹' }).default('data'),
})

const logConfig = z.strictObject({
  level: z.enum(['info', 'warn', 'error', 'silent'], { error: '必须是 info、warn、error 或 silent' }).default('info'),
})

const sections = {
  data: dataConfig,
  log: logConfig,
  guide: guideConfig,
  web: deskConfig,
  intake: intakeConfig,
  reading: readingConfig,
  agreements: agreementsConfig,
  cards: cardsConfig,
  dispatch: dispatchConfig,
  forms: formsConfig,
  mail: mailConfig,
}

const variables = {
  ZHIKA_DATA: 'data.folder',
  ZHIKA_LOG: 'log.level',
  ZHIKA_GUIDE: 'guide.file',
  ZHIKA_HOST: 'web.host',
  ZHIKA_PORT: 'web.port',
  ZHIKA_INBOX: 'intake.folder',
  ZHIKA_OUTBOX: 'dispatch.outbox',
  ZHIKA_MAILBOX_HOST: 'intake.mailboxes.0.host',
  ZHIKA_MAILBOX_USER: 'intake.mailboxes.0.user',
  ZHIKA_MAILBOX_SECRET: 'intake.mailboxes.0.secret',
  ZHIKA_POST_SECRET: 'intake.postSecret',
  ZHIKA_LINK_SECRET: 'agreements.linkSecret',
  ZHIKA_LINK_ADDRESS: 'agreements.linkAddress',
  ZHIKA_SMTP_HOST: 'mail.smtp.host',
  ZHIKA_SMTP_USER: 'mail.smtp.user',
  ZHIKA_SMTP_SECRET: 'mail.smtp.secret',
  ZHIKA_SMTP_FROM: 'mail.smtp.from',
} as const

export type ZhikaConfig = ReturnType<typeof readConfiguration>

/**
 * Reads `zhika.toml` of the checkout (or the file that `ZHIKA_CONFIG` names) and the environment. Folders in the file are
 * relative to the file, folders in the environment to the caller's folder. Throws a `ConfigFault` with one clear sentence.
 */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>, root: string, callingFolder: string) {
  if (env['DATABASE_URL'])
    throw new ConfigFault('postgresql-not-yet', '环境变量 DATABASE_URL 暂不支持：本版本只使用内置数据库，请删除该变量后重新启动')
  const file = env['ZHIKA_CONFIG'] ? resolve(callingFolder, env['ZHIKA_CONFIG']) : resolve(root, 'zhika.toml')
  const config = loadConfig(sections, { file, env, variables })
  const folder = (variable: string, value: string) => resolve(env[variable] ? callingFolder : dirname(file), value)
  return {
    ...config,
    data: { ...config.data, folder: folder('ZHIKA_DATA', config.data.folder) },
    guide: {
      ...(config.guide.file === undefined ? {} : { file: folder('ZHIKA_GUIDE', config.guide.file) }),
      calendars: config.guide.calendars.map((calendar) => folder('', calendar)),
    },
    intake: { ...config.intake, folder: folder('ZHIKA_INBOX', config.intake.folder) },
    dispatch: {
      ...config.dispatch,
      outbox: folder('ZHIKA_OUTBOX', config.dispatch.outbox),
      templates: resolve(root, config.dispatch.templates),
    },
    forms: config.forms.folder === undefined ? {} : { folder: resolve(dirname(file), config.forms.folder) },
  }
}
