/** Which part of a long list is asked for. */
import { html } from 'hono/html'
import type { DeskContext } from '../desk.ts'

export interface Part {
  readonly offset: number
  readonly limit: number
}

export function readPart(c: DeskContext, limit: number): Part {
  return { offset: Math.max(0, Math.trunc(Number(c.req.query('from') ?? 0)) || 0), limit }
}

/** Links to the parts before and after; `query` is kept (`status=all`). `more` when something follows. */
export function pager(path: string, query: string, { offset, limit }: Part, more: boolean) {
  if (offset === 0 && !more) return ''
  const to = (from: number) => `${path}?${query}${query ? '&' : ''}from=${from}`
  return html`<p class="pager">
    ${offset > 0 ? html`<a href="${to(Math.max(0, offset - limit))}">上一页</a>` : ''}${more ? html`<a href="${to(offset + limit)}">下一页</a>` : ''}
  </p>`
}
