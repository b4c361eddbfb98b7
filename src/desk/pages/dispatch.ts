/** What leaves the office (寄件): parcels for the courier, cards for the counter, waybill numbers that are left. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { Handover, WaybillRange } from '../ports.ts'
import { attachment } from './submissions.ts'

/** Below so many numbers the office should ask the post for a new range. */
const fewNumbers = 50

export function addDispatchPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/dispatch', async (c) => {
    const gone = c.req.query('state') === 'handed-over'
    const [handovers, ranges] = await Promise.all([desk.dispatch.list({ state: gone ? 'handed-over' : 'prepared' }), desk.dispatch.ranges()])
    const post = handovers.filter(({ method }) => method === 'post')
    const window = handovers.filter(({ method }) => method === 'window')
    const now = desk.clock.now()
    return desk.show(c, {
      title: '寄件',
      section: 'dispatch',
      body: html`<div class="page-head"><h1>寄件</h1>
<p class="tabs"><a href="/dispatch"${gone ? '' : html` aria-current="page"`}>待交接</a><a href="/dispatch?state=handed-over"${gone ? html` aria-current="page"` : ''}>已交接</a></p></div>
${rangeState(ranges)}
<h2>邮寄 <span class="muted">${post.length}</span></h2>${handoverTable(post, now, '没有要交快递的邮包。')}
<h2>窗口领取 <span class="muted">${window.length}</span></h2>${handoverTable(window, now, '没有等待领取的卡。')}`,
    })
  })
  app.post('/dispatch/:number/courier', async (c) => {
    const { number } = c.req.param()
    return desk.afterwards(c, '/dispatch', await desk.dispatch.handToCourier(number, c.get('session').user.name), `${number} 已交快递`)
  })
  app.post('/dispatch/:number/picked-up', async (c) => {
    const { number } = c.req.param()
    return desk.afterwards(c, '/dispatch', await desk.dispatch.markPickedUp(number, c.get('session').user.name), `${number} 已领取`)
  })
  app.get('/prints/:id', async (c) => {
    const print = await desk.dispatch.print(c.req.param('id'))
    if (!print) return c.notFound()
    return c.body(new Uint8Array(print.bytes), 200, {
      'content-type': 'application/pdf',
      'content-disposition': attachment(print.name, 'inline'),
      // The browser's own PDF viewer needs what our pages do not.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
    })
  })
}

function rangeState(ranges: readonly WaybillRange[]) {
  if (ranges.length === 0) return html`<p class="notice refused">还没有登记 EMS 面单号段，邮寄的申请会停在这里。请管理员在配置文件中填写号段。</p>`
  const left = ranges.reduce((sum, range) => sum + range.left, 0)
  return html`<details class="drawer ranges"><summary>面单号码还剩 <b class="number">${left}</b> 个 ${left < fewNumbers ? tag('red', '请尽快领取新号段') : ''}</summary><table class="list"><thead><tr><th>号段</th><th>已用</th><th>剩余</th></tr></thead><tbody>${ranges.map(
    ({ first, last, used, left: rest }) => html`<tr><td class="number">${first} – ${last}</td><td class="number">${used}</td><td class="number">${rest}</td></tr>`,
  )}</tbody></table></details>`
}

function handoverTable(rows: readonly Handover[], now: Date, empty: string) {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table class="list handovers"><thead><tr><th>申请</th><th>企业</th><th>收件人</th><th>面单 / 通知单号</th><th>备好</th><th>打印</th><th></th></tr></thead><tbody>${rows.map(
    (row) => html`<tr>
<td class="number"><a href="/applications/${row.applicationNumber}">${row.applicationNumber}</a></td>
<td>${row.enterpriseName ?? '—'}</td><td>${row.recipientName ?? '—'}</td>
<td class="number">${row.waybillNumber ?? row.noticeNumber ?? '—'}</td>
<td class="number muted">${shortTime(row.preparedAt, now)}</td>
<td>${row.prints.map((print) => html`<a class="button small" href="/prints/${print.id}" target="_blank" rel="noopener">${print.title}</a> `)}</td>
<td>${row.state === 'handed-over' ? html`<span class="muted number">${row.handedOverAt ? shortTime(row.handedOverAt, now) : ''}</span>` : handOverForm(row)}</td></tr>`,
  )}</tbody></table>`
}

const handOverForm = (row: Handover) =>
  row.method === 'post'
    ? html`<form method="post" action="/dispatch/${row.applicationNumber}/courier"><button class="primary small">已交快递</button></form>`
    : html`<form method="post" action="/dispatch/${row.applicationNumber}/picked-up"><button class="primary small">已领取</button></form>`
