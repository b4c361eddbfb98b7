/** Where the page of an application is, and the list that it was opened from. */
import { html } from 'hono/html'
import type { Desk, DeskContext } from '../desk.ts'
import { filterQuery, readFilter } from './inbox.ts'
import { messagePage } from './message.ts'

export const unknownApplication = (desk: Desk, c: DeskContext, number: string) =>
  desk.show(c, messagePage('没有这份申请', html`<p>没有编号为 ${number.slice(0, 40)} 的申请，请核对编号。</p>`), 404)

/** The filter of the inbox that this application was opened from, as a query string. */
export function listOf(c: DeskContext): string {
  return filterQuery(readFilter(new URLSearchParams(c.req.query('list') ?? '')))
}

export const pathOf = (number: string, list: string, anchor = '') =>
  `/applications/${number}${list ? `?list=${encodeURIComponent(list)}` : ''}${anchor ? `#${anchor}` : ''}`
