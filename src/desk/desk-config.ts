/** Where the desk listens and how long people stay signed in. */
import { z } from 'zod'

export const deskConfig = z.strictObject({
  /** The address to listen on; only this machine when not said. */
  host: z.string({ error: '须为监听地址，例如 127.0.0.1' }).min(1, '须为监听地址，例如 127.0.0.1').default('127.0.0.1'),
  /** TCP port. */
  port: z.coerce
    .number({ error: '须为 0 至 65535 的整数' })
    .int('须为整数')
    .min(0, '须为 0 至 65535 的整数')
    .max(65535, '须为 0 至 65535 的整数')
    .default(8080),
  /** What browsers call the desk when a proxy stands before it, e.g. `https://zhika.example.cn`; made of host and port when not said. */
  address: z.url({ protocol: /^https?$/, error: '须为以 http:// 或 https:// 开头的网址' }).optional(),
  /** A session ends after so many hours without use. */
  sessionHours: z.coerce
    .number({ error: '须为 1 至 168 的小时数' })
    .min(1, '须为 1 至 168 的小时数')
    .max(168, '须为 1 至 168 的小时数')
    .default(12),
  /** The largest upload, in megabytes. */
  uploadMegabytes: z.coerce
    .number({ error: '须为 1 至 1000 的整数' })
    .int('须为整数')
    .min(1, '须为 1 至 1000 的整数')
    .max(1000, '须为 1 至 1000 的整数')
    .default(100),
})
export type DeskConfig = z.infer<typeof deskConfig>
