import { z } from 'zod'

/** The `agreements` section: how applicants confirm that no three-party agreement (三方协议) is in force. */
export const agreementsConfig = z
  .strictObject({
    /** Working days after which an applicant who has not confirmed is reminded; again after as many. */
    remindWorkingDays: z.coerce
      .number('应为 1 至 60 的天数')
      .int('应为整数')
      .min(1, '应为 1 至 60 的天数')
      .max(60, '应为 1 至 60 的天数')
      .default(3),
    /** Reminders before the application is put on the clerk's list. */
    reminders: z.coerce
      .number('应为 0 至 10 的次数')
      .int('应为整数')
      .min(0, '应为 0 至 10 的次数')
      .max(10, '应为 0 至 10 的次数')
      .default(2),
    /** Secret of at least 32 characters that signs the links in letters; without it letters carry no links. No default. */
    linkSecret: z.string('应为文字').min(32, '确认链接的密钥至少 32 个字符').optional(),
    /** Where applicants reach the confirmation page, e.g. `https://zhika.example.cn`; needed for links. */
    linkAddress: z.url({ protocol: /^https?$/u, error: '须为以 http:// 或 https:// 开头的网址' }).optional(),
    /** Days for which a link holds. */
    linkDays: z.coerce
      .number('应为 1 至 365 的天数')
      .int('应为整数')
      .min(1, '应为 1 至 365 的天数')
      .max(365, '应为 1 至 365 的天数')
      .default(30),
  })
  .refine(({ linkSecret, linkAddress }) => (linkSecret === undefined) === (linkAddress === undefined), {
    error: 'linkSecret 与 linkAddress 须同时填写，才能在函件中附确认链接',
  })
export type AgreementsConfig = z.infer<typeof agreementsConfig>
