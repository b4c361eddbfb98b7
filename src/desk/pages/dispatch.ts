/** What leaves the office (寄件): parcels for the courier, cards for the counter, waybill numbers that are left. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Actor } from '../../application/record.ts'
import type { Result } from '../../platform/result.ts'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { scanField } from '../look/scan-field.ts'
import { shortTime, tag } from '../look/words.ts'
import type { DispatchPort, Handover, PaperName, WaybillStock } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { packPath } from './pack.ts'
import { attachment } from './submissions.ts'

const paperTitles: Record<PaperName, string> = { waybill: '面单', notice: '领卡通知单' }

/** What is still in the office, what the courier has, and what the courier brought back. */
const tabs = [
  { name: 'waiting', path: '/dispatch', title: '待交接' },
  { name: 'posted', path: '/dispatch?tab=posted', title: '已寄出' },
  { name: 'returned', path: '/dispatch?tab=returned', title: '退件' },
] as const
const tabNamed = (asked: string | undefined) => tabs.find(({ name }) => name === asked) ?? tabs[0]

interface Step {
  readonly path: string
  readonly title: string
  readonly take: (dispatch: DispatchPort, number: string, actor: Actor, reason: string) => Promise<Result<unknown>>
}

const courier: Step = {
  path: 'courier',
  title: '已交快递',
  take: (dispatch, number, actor) => dispatch.handToCourier(number, actor),
}
const pickedUp: Step = {
  path: 'picked-up',
  title: '已领取',
  take: (dispatch, number, actor) => dispatch.markPickedUp(number, actor),
}
const delivered: Step = {
  path: 'delivered',
  title: '已签收',
  take: (dispatch, number, actor) => dispatch.markDelivered(number, actor),
}
const undelivered: Step = {
  path: 'undelivered',
  title: '已登记退件，可在窗口领取',
  take: (dispatch, number, actor, reason) => dispatch.markUndelivered(number, reason, actor),
}
const steps = [courier, pickedUp, delivered, undelivered]

export function addDispatchPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/dispatch', async (c) => {
    const tab = tabNamed(c.req.query('tab'))
    const now = desk.clock.now()
    return desk.show(c, {
      title: '寄件',
      section: 'dispatch',
      body: html`<div class="page-head">
          <h1>寄件</h1>
          <p class="tabs">
            ${tabs.map(({ name, path, title }) => html`<a href="${path}" ${name === tab.name ? html` aria-current="page"` : ''}>${title}</a>`)}<a
              href="/?status=delivered"
              >已签收</a
            ><a href="/?status=picked-up">已领取</a>
          </p>
        </div>
        ${
          tab.name === 'posted'
            ? handoverTable(await desk.dispatch.list(['handed-to-courier']), now, '没有寄出后等待签收的邮件。')
            : tab.name === 'returned'
              ? handoverTable(await desk.dispatch.list(['undelivered']), now, '没有退回来的邮件。')
              : await waiting(desk, now)
        }`,
    })
  })
  app.post('/dispatch/ranges', async (c) => {
    const form = await c.req.formData()
    const range = { from: textOf(form, 'from'), to: textOf(form, 'to') }
    return desk.afterwards(
      c,
      '/dispatch',
      await desk.dispatch.addRange(range, c.get('session').user.name),
      '号段已登记，等待面单号的申请会自动继续',
    )
  })
  for (const step of steps)
    app.post(`/dispatch/:number/${step.path}`, async (c) => {
      const number = c.req.param('number')
      const form = await c.req.formData()
      const result = await step.take(desk.dispatch, number, c.get('session').user.name, textOf(form, 'reason', 500))
      return desk.afterwards(c, tabNamed(textOf(form, 'tab')).path, result, `${number} ${step.title}`)
    })
  app.post('/dispatch/:number/send-again', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const to = { name: textOf(form, 'name'), phone: textOf(form, 'phone'), address: textOf(form, 'address') }
    const result = await desk.dispatch.sendAgain(number, to, c.get('session').user.name)
    return desk.afterwards(c, result.ok ? '/dispatch' : '/dispatch?tab=returned', result, `${number} 再次寄出，正在打印新的面单`)
  })
  app.post('/dispatch/:number/readdress', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const to =
      textOf(form, 'method') === 'window'
        ? 'window'
        : { name: textOf(form, 'name'), phone: textOf(form, 'phone'), address: textOf(form, 'address') }
    return desk.afterwards(c, '/dispatch', await desk.dispatch.readdress(number, to), `${number} 收件信息已补齐，正在打印`)
  })
  app.get('/applications/:number/prints/:paper{waybill|notice}', async (c) => {
    const { number, paper } = c.req.param()
    const bytes = await desk.dispatch.pdf(number, paper as PaperName)
    if (!bytes) return c.notFound()
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/pdf',
      'content-disposition': attachment(`${paperTitles[paper as PaperName]} ${number}.pdf`, 'inline'),
      // The browser's own PDF viewer needs what our pages do not.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
    })
  })
}

/** The label of a parcel leads to its packing table. */
const scanWaybill = html`<form class="scan" method="post" action="/dispatch/scan">
  ${scanField({ label: '面单号', name: 'number', hint: '扫描面单，装包或交快递' })}
  <button class="primary">打开 <kbd>Enter</kbd></button>
</form>`

/** What waits for a clerk, for the courier, and at the counter, and the waybill numbers that are left. */
async function waiting(desk: Desk, now: Date) {
  const [handovers, stock] = await Promise.all([desk.dispatch.list(), desk.dispatch.waybills()])
  const closed = new Set(await desk.parcels.closedAmong(handovers.flatMap(({ waybillNumber }) => waybillNumber ?? [])))
  const blocked = handovers.filter((handover) => handover.blocked !== null)
  const going = handovers.filter((handover) => handover.blocked === null)
  const post = going.filter(({ method }) => method === 'post')
  const window = going.filter(({ method }) => method !== 'post')
  return html`${post.length > 0 ? scanWaybill : ''}${
      blocked.length > 0
        ? html`<h2>等待处理 <span class="muted">${blocked.length}</span></h2>
            <div class="jobs">${blocked.map((handover) => blockedCard(handover))}</div>`
        : ''
    }
    <h2>邮寄 <span class="muted">${post.length}</span></h2>
    ${handoverTable(post, now, '没有要交快递的邮包。', closed)}
    <h2>窗口领取 <span class="muted">${window.length}</span></h2>
    ${handoverTable(window, now, '没有等待领取的卡。')}
    <h2>面单号段</h2>
    ${rangeState(stock)}`
}

/** Buttons that open the printed papers. */
export const printLinks = ({ applicationNumber, papers }: Handover) =>
  papers.map(
    (paper) =>
      html`<a class="button small" href="/applications/${applicationNumber}/prints/${paper}" target="_blank" rel="noopener"
        >${paperTitles[paper]}</a
      > `,
  )

/** A parcel that cannot go on: what is missing, and the form that mends it. */
function blockedCard({ applicationNumber, blocked, enterpriseName, recipient }: Handover) {
  return html`<section class="job">
    <div class="task">
      <h2>${enterpriseName ?? '—'}</h2>
      <a class="number" href="/applications/${applicationNumber}">${applicationNumber}</a>
      <p>${tag('red', '停住了')} ${blocked?.message ?? ''}</p>
    </div>
    <form class="filters" method="post" action="/dispatch/${applicationNumber}/readdress">
      ${recipientInputs(recipient)}<button class="primary">邮寄到这里</button
      ><button name="method" value="window" formnovalidate>改为窗口领取</button>
    </form>
  </section>`
}

const recipientInputs = (recipient: Handover['recipient']) =>
  (
    [
      ['name', '收件人'],
      ['phone', '联系电话'],
      ['address', '收件地址'],
    ] as const
  ).map(
    ([name, label]) =>
      html`<label><span>${label}</span><input name="${name}" value="${recipient[name] ?? ''}" required maxlength="200" /></label>`,
  )

/** Guide, 邮寄领卡: what came back is fetched at the counter; where the enterprise asks for it, it is sent again. */
const sendAgainForm = (row: Handover) =>
  html`<details class="menu">
    <summary class="button quiet small">再寄</summary>
    <form method="post" action="/dispatch/${row.applicationNumber}/send-again">
      ${recipientInputs(row.recipient)}<button>打印新面单</button>
    </form>
  </details>`

function rangeState({ ranges, left, low }: WaybillStock) {
  return html`${
      ranges.length === 0
        ? html`<p class="notice refused">还没有登记 EMS 面单号段，邮寄的申请会停住。请在下面登记邮政提供的号段。</p>`
        : html`<p class="stock">还剩 <b class="number">${left}</b> 个号码 ${low ? tag('amber', '请向邮政申领新号段') : ''}</p>
            <table class="list">
              <thead>
                <tr>
                  <th>号段</th>
                  <th>已用</th>
                  <th>剩余</th>
                </tr>
              </thead>
              <tbody>
                ${ranges.map(
                  (range) =>
                    html`<tr>
                      <td class="number">${range.from} – ${range.to}</td>
                      <td class="number" data-label="已用">${range.used}</td>
                      <td class="number" data-label="剩余">${range.left}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
    }
    <form class="filters" method="post" action="/dispatch/ranges">
      <label><span>起始号码</span><input class="number" name="from" required maxlength="20" autocomplete="off" /></label
      ><label><span>终止号码</span><input class="number" name="to" required maxlength="20" autocomplete="off" /></label
      ><button>登记号段</button>
    </form>`
}

function handoverTable(rows: readonly Handover[], now: Date, empty: string, closed: ReadonlySet<string> = new Set()) {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table class="list handovers">
    <thead>
      <tr>
        <th>申请</th>
        <th>企业</th>
        <th>收件人</th>
        <th>面单 / 通知单号</th>
        <th>${rows[0]?.handedAt ? '寄出' : '备好'}</th>
        <th>打印</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            <td class="number"><a href="/applications/${row.applicationNumber}">${row.applicationNumber}</a></td>
            <td class="enterprise">
              <b>${row.enterpriseName ?? '—'}</b>${row.returnedFor ? html` <span class="muted">退件原因：${row.returnedFor}</span>` : ''}
            </td>
            <td>${row.recipient.name ?? '—'}</td>
            <td class="number">${row.waybillNumber ?? row.noticeNumber}</td>
            <td class="number muted">${shortTime(row.handedAt ?? row.preparedAt, now)}</td>
            <td>
              ${row.state === 'preparing' ? html`<span class="muted">正在打印</span>` : printLinks(row)}${row.printFlaws.length > 0 ? html` <span class="tag amber" title="${row.printFlaws.join('；')}">有字须手写</span>` : ''}
            </td>
            <td>${nextSteps(row, closed)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** A parcel with cards is closed over them before the courier takes it. */
function nextSteps(row: Handover, closed: ReadonlySet<string>) {
  if (row.state === 'prepared' && row.method === 'post' && holdsCards(row) && !closed.has(row.waybillNumber ?? ''))
    return html`<a class="button primary small" href="${packPath(row.applicationNumber)}">装包</a>`
  if (row.state === 'prepared') return stepForm(row, row.method === 'post' ? courier : pickedUp)
  if (row.state === 'undelivered')
    return html`<div class="settle">${stepForm(row, pickedUp)} ${row.method === 'post' ? sendAgainForm(row) : ''}</div>`
  if (row.state !== 'handed-to-courier') return ''
  return html`<div class="settle">
    ${stepForm(row, delivered)}
    <details class="menu">
      <summary class="button quiet small">退件</summary>
      <form method="post" action="${stepPath(row, undelivered)}">
        ${tabInput(row)}<label>退件原因<input name="reason" required maxlength="200" placeholder="例如：收件人拒收" /></label
        ><button>登记退件</button>
      </form>
    </details>
  </div>`
}

const holdsCards = ({ items }: Handover) => items.some(({ name }) => name !== '读卡器')

const stepPath = (row: Handover, { path }: Step) => `/dispatch/${row.applicationNumber}/${path}`
/** Where the clerk goes on afterwards: where the parcel stood. */
const tabInput = ({ state }: Handover) =>
  html`<input
    type="hidden"
    name="tab"
    value="${state === 'handed-to-courier' ? 'posted' : state === 'undelivered' ? 'returned' : 'waiting'}"
  />`
const stepForm = (row: Handover, step: Step) =>
  html`<form method="post" action="${stepPath(row, step)}">${tabInput(row)}<button class="primary small">${step.title}</button></form>`
