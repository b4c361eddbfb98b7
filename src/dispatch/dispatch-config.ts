import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { letterKinds } from '../flow.ts'
import { parseRange } from './number-waybills.ts'

const ownTemplates = fileURLToPath(new URL('../../templates', import.meta.url))

/** Waybill numbers that EMS gave the office: 13 digits, or UPU S10 (`EE473124829CN`); first and last included. */
const waybillRangeConfig = z
  .strictObject({
    from: z.coerce.string('应为首个面单号'),
    to: z.coerce.string('应为末个面单号'),
  })
  .refine(
    (range) => parseRange(range).ok,
    '面单号段应为首末两个 13 位数字，或两个字头相同、校验位正确的 13 位国际号（如 EE473124829CN），且首号不大于末号',
  )

/** The `dispatch` section. */
export const dispatchConfig = z.strictObject({
  /** Folder of what is printed and sent: `面单/`, `领卡通知单/`, `函件/`. */
  outbox: z.string('应为文件夹路径').min(1, '应为文件夹路径').default('outbox'),
  /** Folder of the wording of letters, notice and waybill; the checkout's own when not said. */
  templates: z.string('应为文件夹路径').min(1, '应为文件夹路径').default(ownTemplates),
  /** Kinds of letters that wait until a clerk has read them, e.g. `["correction", "refused"]`. */
  holdLetters: z.array(z.enum(letterKinds, `应为函件种类：${letterKinds.join('、')}`), '应为函件种类的列表').default([]),
  /** Seconds in which a clerk can still take a letter back before it is sent. */
  undoSeconds: z.coerce.number('应为 0 至 86400 的秒数').min(0, '应为 0 至 86400 的秒数').max(86_400, '应为 0 至 86400 的秒数').default(10),
  /** Hours for which a letter is tried again while the mail server is away; after that a clerk is shown it. */
  retryHours: z.coerce.number('应为 1 至 240 的小时数').min(1, '应为 1 至 240 的小时数').max(240, '应为 1 至 240 的小时数').default(96),
  /** Working days that EMS takes, told in the letter of a parcel. */
  transitDays: z.coerce.number('应为 1 至 30 的天数').int().min(1, '应为 1 至 30 的天数').max(30, '应为 1 至 30 的天数').default(3),
  /** Taken in this order; ranges added at the desk come after. None: parcels wait until a range is given. */
  waybillRanges: z.array(waybillRangeConfig, '应为号段的列表，每段写明 from 与 to').default([]),
})
export type DispatchConfig = z.infer<typeof dispatchConfig>
