/** What a card job asks for, in the clerk's words. */
import type { CardJob } from '../ports.ts'

export const jobStateTitles = { queued: '待制', done: '已完成', failed: '失败' } as const

const kindTitles: Record<CardJob['kind'], string> = {
  make: '制作',
  rewrite: '改写',
  renew: '更新证书',
  unlock: '解锁',
  void: '作废',
  'hand-out-reader': '备读卡器',
}

/** `制作操作员卡`, `备读卡器 × 2`. */
export function taskOf({ kind, cardKind, quantity }: CardJob): string {
  if (kind === 'hand-out-reader') return `${kindTitles[kind]} × ${quantity}`
  const card = cardKind === 'legal' ? '法人卡' : cardKind === 'operator' ? '操作员卡' : '电子口岸卡'
  return kind === 'renew' ? `${card}${kindTitles[kind]}` : `${kindTitles[kind]}${card}`
}
