/** The configuration of reading: section `[reading]`. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'

export const readingConfig = z.strictObject({
  /** Threads that read pages. Each takes one core and some 300 MB while there is work. */
  workers: z.coerce
    .number('必须是 1 到 16 的整数')
    .int('必须是 1 到 16 的整数')
    .min(1, '必须是 1 到 16 的整数')
    .max(16, '必须是 1 到 16 的整数')
    .default(() => Math.min(2, availableParallelism())),
  /** Seconds that one page may take before it is given up. */
  pageSeconds: z.coerce.number('必须是 1 到 600 的秒数').min(1, '必须是 1 到 600 的秒数').max(600, '必须是 1 到 600 的秒数').default(30),
  /** Megabytes that the process may hold while it reads; beyond it the page that has run longest is given up. */
  memoryMegabytes: z.coerce.number('必须是 700 以上的整数').int('必须是 700 以上的整数').min(700, '必须是 700 以上的整数').default(1400),
})
