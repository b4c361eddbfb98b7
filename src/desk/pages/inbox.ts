/** The inbox (待办): every application that waits for the clerk, oldest first. */
import type { Hono } from 'hono'
import { etag } from 'hono/etag'
import { html } from 'hono/html'
import { decisionTitles, statusTitles, type ApplicationSummary, type Status } from '../../application/record.ts'
import type { ApplicationFilter } from '../../application/applications.ts'
import { decisions, type Decision } from '../../flow.ts'
import { serviceCodes, serviceTitles, type ServiceCode } from '../../guide/papers.ts'
import { officeDay } from '../../platform/clock.ts'
import { waitingForClerk, type Desk, type DeskEnvironment } from '../desk.ts'
import { deadline, decisionTag, doorTitles, shortTime, statusTag } from '../look/words.ts'
import { pager, readPart } from './read-page.ts'

const rowsOnPage = 100
/** Beyond this nobody counts. */
const mostCounted = 500

/** What the filter bar says. `status` is a state, `all`, or empty for what waits for the clerk. */
export interface InboxFilter {
  readonly status: string
  readonly service: string
  readonly decision: string
  readonly text: string
}

export function addInbox(app: Hono<DeskEnvironment>, desk: Desk): void {
  // The page refreshes itself: unchanged answers cost a 304.
  app.get('/', etag({ weak: true }), async (c) => {
    const filter = readFilter(new URLSearchParams(new URL(c.req.url).search))
    const part = readPart(c, rowsOnPage)
    const found = await desk.applications.list(desk.database, {
      ...asRecordFilter(filter, officeDay(desk.clock.now())),
      limit: rowsOnPage + 1,
      offset: part.offset,
    })
    const more = found.length > rowsOnPage
    const shown = found.slice(0, rowsOnPage)
    const now = desk.clock.now()
    const today = officeDay(now)
    const due = await desk.applications.countDue(desk.database, today)
    const unconfirmed = (await desk.applications.list(desk.database, { unconfirmed: true, limit: mostCounted })).length
    const query = filterQuery(filter)
    return desk.show(c, {
      title: '待办',
      section: 'inbox',
      body: html`<div class="page-head">
          <h1>待办</h1>
          <p class="summary" data-region="summary">
            ${shown.length}${more ? '+' : ''}
            件${due.today > 0 ? html` · <a class="due today" href="/?status=due">今天到期 ${due.today}</a>` : ''}${due.overdue > 0 ? html` · <a class="due overdue" href="/?status=due">已逾期 ${due.overdue}</a>` : ''}${due.unanswered > 0 ? html` · <a href="/?status=unanswered">久未答复 ${due.unanswered}</a>` : ''}${unconfirmed > 0 ? html` · <a href="/?status=unconfirmed">三方协议待确认 ${unconfirmed}</a>` : ''}
          </p>
        </div>
        ${filterBar(filter)}
        <div data-region="rows" data-poll="10">
          ${shown.length === 0 ? emptyInbox(query !== '') : inboxTable(shown, query, now)} ${pager('/', query, part, more)}
        </div>
        <p class="keys"><kbd>J</kbd><kbd>K</kbd> 上下移动 <kbd>Enter</kbd> 打开 <kbd>/</kbd> 搜索</p>`,
    })
  })
}

export function readFilter(query: URLSearchParams): InboxFilter {
  const one = (name: string) => (query.get(name) ?? '').trim().slice(0, 100)
  return { status: one('status'), service: one('service'), decision: one('decision'), text: one('text') }
}

/** `today` is the office day (`YYYY-MM-DD`). */
export function asRecordFilter({ status, service, decision, text }: InboxFilter, today: string): ApplicationFilter {
  return {
    ...statusFilter(status, today),
    ...(service in serviceTitles ? { service: service as ServiceCode } : {}),
    ...((decisions as readonly string[]).includes(decision) ? { decision: decision as Decision } : {}),
    ...(text === '' ? {} : { text }),
  }
}

function statusFilter(status: string, today: string): ApplicationFilter {
  if (status === 'all') return {}
  if (status === 'unanswered') return { unanswered: true }
  if (status === 'unconfirmed') return { unconfirmed: true }
  if (status === 'due') return { dueBy: today }
  return { status: status in statusTitles ? [status as Status] : waitingForClerk }
}

/** `status=all&text=…`, empty for the plain inbox. */
export function filterQuery(filter: InboxFilter): string {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString()
}

const emptyInbox = (filtered: boolean) =>
  html`<p class="empty">
    ${filtered ? html`没有符合条件的申请。<a href="/">清除筛选</a>` : '没有待办的申请。新的来件读取完毕后会自动出现在这里。'}
  </p>`

function inboxTable(rows: readonly ApplicationSummary[], query: string, now: Date) {
  return html`<table class="list inbox">
    <thead>
      <tr>
        <th>编号</th>
        <th>收到</th>
        <th>期限</th>
        <th>业务</th>
        <th>企业</th>
        <th>判断</th>
        <th>状态</th>
        <th>渠道</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => inboxRow(row, query, now))}
    </tbody>
  </table>`
}

function inboxRow(row: ApplicationSummary, query: string, now: Date) {
  const href = `/applications/${row.number}${query ? `?list=${encodeURIComponent(query)}` : ''}`
  return html`<tr data-row>
    <td class="number"><a id="row-${row.number}" href="${href}">${row.number}</a></td>
    <td class="number muted">${shortTime(row.receivedAt, now)}</td>
    <td class="number">${deadline(row, officeDay(now))}</td>
    <td>${serviceTitles[row.service]}</td>
    <td class="enterprise">
      <b>${row.enterprise.name ?? '（企业名称未读出）'}</b> <span class="number muted">${row.enterprise.uscc ?? ''}</span>
    </td>
    <td>${decisionTag(row.decision)}</td>
    <td>${statusTag(row.status)}</td>
    <td class="muted">${doorTitles[row.door]}</td>
  </tr>`
}

function filterBar(filter: InboxFilter) {
  const option = (value: string, title: string, chosen: string) =>
    html`<option value="${value}" ${value === chosen ? html` selected` : ''}>${title}</option>`
  return html`<form class="filters" method="get" action="/" data-auto-submit>
    <label
      ><span>状态</span
      ><select name="status">
        ${option('', '等待审核', filter.status)}${option('all', '全部', filter.status)}${option('due', '到期和逾期', filter.status)}${option('unanswered', '久未答复', filter.status)}${option('unconfirmed', '三方协议待确认', filter.status)}${Object.entries(statusTitles).map(([value, title]) => option(value, title, filter.status))}
      </select></label
    >
    <label
      ><span>业务</span
      ><select name="service">
        ${option('', '全部', filter.service)}${serviceCodes.map((code) => option(code, serviceTitles[code], filter.service))}
      </select></label
    >
    <label
      ><span>判断</span
      ><select name="decision">
        ${option('', '全部', filter.decision)}${decisions.map((value) => option(value, decisionTitles[value], filter.decision))}
      </select></label
    >
    <label class="search"
      ><span>搜索</span><input type="search" name="text" value="${filter.text}" placeholder="企业名称、信用代码或编号" data-key="/"
    /></label>
    <button>筛选</button>${filterQuery(filter) === '' ? '' : html`<a href="/">清除</a>`}
  </form>`
}
