/** A field's value as one line for people. */
import type { FieldContent } from '../flow.ts'
import { serviceTitles, type ServiceCode } from '../guide/papers.ts'

const titles: Readonly<Record<string, string>> = { ...serviceTitles, post: '邮寄领卡', window: '窗口领卡' } satisfies Record<
  ServiceCode | 'post' | 'window',
  string
>

export function describeValue(value: FieldContent): string {
  if (value === null) return '—'
  if (typeof value === 'string') return titles[value] ?? value
  return value
    .map((entry) =>
      typeof entry === 'string'
        ? (titles[entry] ?? entry)
        : `${entry.name} × ${entry.quantity ?? '?'}${entry.price === null ? '' : ` ¥${entry.price}`}`,
    )
    .join('、')
}
