/** The work stations (工位) at which cards are made, and for how long a certificate holds. */
import { z } from 'zod'
import { cardJobKinds } from '../guide/services.ts'

const station = z.strictObject({
  name: z.string({ error: '请填写工位名称' }).min(1, { error: '请填写工位名称' }).max(20, { error: '工位名称请不超过 20 字' }),
  /** What it does; everything when not said. */
  kinds: z.array(z.enum(cardJobKinds, { error: `须为 ${cardJobKinds.join('、')} 之一` })).default([...cardJobKinds]),
})

export const cardsConfig = z.strictObject({
  /**
   * Years for which a certificate holds once made or renewed, unless the clerk enters another last day. No guide says it;
   * another branch publishes ten years.
   */
  certificateYears: z.coerce
    .number({ error: '须为 1 至 30 的整数' })
    .int({ error: '须为 1 至 30 的整数' })
    .min(1, { error: '须为 1 至 30 的整数' })
    .max(30, { error: '须为 1 至 30 的整数' })
    .default(10),
  stations: z
    .array(station)
    .min(1, { error: '请至少写一个工位' })
    .max(50, { error: '工位请不超过 50 个' })
    .refine((stations) => new Set(stations.map(({ name }) => name)).size === stations.length, { error: '工位名称不能重复' })
    .default([{ name: '制卡工位', kinds: [...cardJobKinds] }]),
})
export type CardsConfig = z.infer<typeof cardsConfig>
