const collator = new Intl.Collator('zh-Hans-CN', { numeric: true, sensitivity: 'base' })

/** The order in which a person numbers scans: `扫描_2` before `扫描_10`. */
export function byName(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : Number(one > other))
}
