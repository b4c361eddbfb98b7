/** Which office's guide is followed, and which years' calendars are known beside the built-in ones. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { addCalendarYears } from '../guide/calendar.ts'
import { followGuide } from '../guide/follow-guide.ts'
import { ConfigFault } from '../platform/config/load-config.ts'

export const guideConfig = z.strictObject({
  /** The office's guide as JSON, in the shape of `src/guide/xiamen.json`; the Xiamen branch's when left out. */
  file: z.string().min(1, { error: '请填写指引数据文件' }).optional(),
  /** JSON files with the State Council's notices of further years. */
  calendars: z.array(z.string().min(1)).default([]),
})

/** Puts the configured guide and calendars in force; throws a `ConfigFault` with one sentence that names file and place. */
export function followConfigured({ file, calendars }: z.infer<typeof guideConfig>): void {
  if (file !== undefined) {
    const followed = followGuide(readJson(file))
    if (!followed.ok)
      throw new ConfigFault('guide-wrong', `指引数据文件 ${file} 的 ${followed.place || '内容'} 不正确：${followed.message}`)
  }
  for (const calendar of calendars) {
    const wrong = addCalendarYears(readJson(calendar))
    if (wrong !== null) throw new ConfigFault('calendar-wrong', `工作日历文件 ${calendar} 不正确：${wrong}`)
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new ConfigFault(
      'guide-unreadable',
      missing ? `找不到文件 ${file}，请检查 [guide] 中的路径` : `文件 ${file} 不是正确的 JSON，请改正`,
      {
        cause,
      },
    )
  }
}
