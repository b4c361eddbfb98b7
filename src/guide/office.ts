/** The office (制卡中心) whose guide is followed. Another branch (分中心) is another data file: see `follow-guide.ts`. */
import { z } from 'zod'
import xiamen from './xiamen.json' with { type: 'json' }

const text = z.string({ error: '请填写文字' }).trim().min(1, { error: '请填写文字' })
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: '请写成 HH:mm，例如 08:30' })

export const officeShape = z.strictObject({
  name: text,
  /** What the applicant must choose as 关区 when paying. */
  branch: text,
  address: text,
  counter: text,
  /** Whom an envelope is addressed to. */
  recipient: text,
  phone: text,
  mailAddress: z.email({ error: '请填写电子邮箱地址' }),
  /** Office hours in the office's time. */
  hours: z.array(z.strictObject({ from: timeOfDay, to: timeOfDay })).min(1, { error: '至少写一段办理时间' }),
  /** Before the day and the serial: `XM20261121-0004`. */
  numberPrefix: z.string().regex(/^[A-Z]{2,4}$/u, { error: '应为 2 至 4 个大写字母' }),
  /** Where an applicant can look up the state of an application. */
  lookup: z.url({ error: '请填写网址' }),
  /** Working days within which a clerk looks at what arrived. */
  reviewWorkingDays: z.number().int().min(0).max(30),
  /** An applicant who was asked for something is reminded after so many working days, again after as many, then the clerk is told. */
  remindAfterWorkingDays: z.number().int().min(1).max(60),
  /** Whether scans alone are enough for services that enclose no card; else they are a pre-check (预审) for the envelope. */
  scansAlone: z.boolean({ error: '请填写 true 或 false' }),
  /**
   * Whether the handler is taken for the holder of the card where no paper names the holder and only the handler's copy came: noted,
   * and asked about when the card is counted in. Else a clerk looks at once.
   */
  oneCopyServes: z.boolean({ error: '请填写 true 或 false' }).default(false),
})
export type Office = z.infer<typeof officeShape>

/** Guide 十; the postal address of every chapter's 办理流程; the mail address of guide 八. One process serves one office. */
export let office: Office = officeShape.parse(xiamen.office)

/** Only for `follow-guide.ts`. */
export function setOffice(followed: Office): void {
  office = followed
}
