/** The parcel desk (收件台): scan what the courier brings; one field that always has the focus. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { carriers, type Carrier } from '../../guide/identifiers/waybill-number.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { scanField } from '../look/scan-field.ts'
import { shortTime } from '../look/words.ts'
import type { Parcel, ParcelsPort, ParcelState } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { parcelTag } from './house-words.ts'
import { pager, readPart } from './read-page.ts'

const rowsOnPage = 50

const tabs: readonly { readonly name: string; readonly title: string; readonly states: readonly ParcelState[]; readonly empty: string }[] =
  [
    { name: 'waiting', title: '待清点', states: ['received'], empty: '没有待清点的邮包。快递员到时，扫描面单上的运单号。' },
    { name: 'counted', title: '已清点', states: ['counted'], empty: '还没有清点过的邮包。' },
    { name: 'refused', title: '已拒收', states: ['refused'], empty: '没有拒收的邮包。' },
  ]

/** Carriers that a clerk may have to name; EMS first. */
export const carrierChoices = Object.entries(carriers) as [Carrier, string][]

export const asCarrier = (text: string): Carrier | null => (text in carriers ? (text as Carrier) : null)

export function addParcelDesk(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/parcels', async (c) => {
    const tab = tabs.find(({ name }) => name === c.req.query('tab')) ?? tabs[0]!
    const part = readPart(c, rowsOnPage)
    const found = await desk.parcels.list({ states: tab.states, limit: rowsOnPage + 1, offset: part.offset })
    const asked = c.req.query('number')?.slice(0, 60) ?? ''
    return desk.show(c, {
      title: '收件台',
      section: 'parcels',
      body: html`<div class="page-head">
          <h1>收件台</h1>
          <p class="tabs">
            ${tabs.map(({ name, title }) => html`<a href="/parcels?tab=${name}" ${name === tab.name ? html` aria-current="page"` : ''}>${title}</a>`)}
          </p>
        </div>
        ${scanForm(asked)}
        ${found.length === 0 ? html`<p class="empty">${tab.empty}</p>` : parcelTable(found.slice(0, rowsOnPage), desk.clock.now())}
        ${pager('/parcels', `tab=${tab.name}`, part, found.length > rowsOnPage)}`,
    })
  })

  app.post('/parcels', async (c) => {
    const form = await c.req.formData()
    return takeScanned(desk, c, {
      number: textOf(form, 'number', 60),
      carrier: asCarrier(textOf(form, 'carrier')),
      freightCollect: textOf(form, 'collect') !== '',
      sender: textOf(form, 'sender', 100),
    })
  })

  app.get('/parcels/:number/cover', async (c) => {
    const { number } = c.req.param()
    const bytes = await desk.parcels.cover(number)
    return bytes ? showPdf(c, bytes, `扫描封面 ${number}.pdf`) : c.notFound()
  })
}

/** Takes what was scanned, and goes where it is worked on. */
export async function takeScanned(desk: Desk, c: DeskContext, brought: Parameters<ParcelsPort['take']>[0]): Promise<Response> {
  const { number } = brought
  const taken = await desk.parcels.take(brought, c.get('session').user.name)
  if (!taken.ok) return desk.goTo(c, placeAfter(taken.code, number), { tone: 'refused', text: taken.message })
  const { value } = taken
  if (value.outcome === 'ours') return desk.goTo(c, `/dispatch/${value.applicationNumber}/pack`, { tone: 'refused', text: value.said })
  return desk.goTo(c, `/parcels/${value.parcel.number}`, { tone: value.outcome === 'received' ? 'done' : 'refused', text: value.said })
}

/** What only lacks its carrier is not typed again. */
const placeAfter = (code: string, number: string) =>
  code === 'carrier-unknown' ? `/parcels?number=${encodeURIComponent(number)}` : '/parcels'

/** A PDF in the browser's own viewer, which needs what our pages do not. */
function showPdf(c: DeskContext, bytes: Uint8Array, name: string): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="cover.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
  })
}

/** Enter takes the parcel; everything else is a button of its own. `asked`: a number whose carrier has to be named. */
const scanForm = (asked: string) =>
  html`<form class="scan" method="post" action="/parcels">
    ${scanField({ label: '运单号', name: 'number', hint: '扫描面单条码，或输入后按 Enter', value: asked })}
    <button class="primary">收件 <kbd>Enter</kbd></button>
    <details class="refusal" ${asked === '' ? '' : html` open`}>
      <summary>${asked === '' ? '到付件、其他快递' : '请选择承运方'}</summary>
      <div class="refusal-body">
        <label class="wide-label"
          ><span>寄件企业（可不填）</span
          ><input name="sender" maxlength="100" autocomplete="off" placeholder="信用代码、名称或受理编号，填写后发函告知"
        /></label>
        <p class="choices">
          <button name="collect" value="1">到付件，拒收</button>
          ${carrierChoices.map(([carrier, title]) => html`<button name="carrier" value="${carrier}">${carrier === 'ems' ? `${title}，收件` : `${title}，拒收`}</button>`)}
        </p>
      </div>
    </details>
  </form>`

function parcelTable(rows: readonly Parcel[], now: Date) {
  return html`<table class="list parcels">
    <thead>
      <tr>
        <th>运单号</th>
        <th>状态</th>
        <th>承运方</th>
        <th>收到</th>
        <th>收件人员</th>
        <th>卡</th>
        <th>申请</th>
        <th>扫描件</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            <td class="number">
              <a href="/parcels/${row.number}"><b>${row.number}</b></a>
            </td>
            <td>${parcelTag(row.state)}</td>
            <td>${row.because ?? row.carrierTitle}</td>
            <td class="number muted">${shortTime(row.receivedAt, now)}</td>
            <td>${row.receivedBy}</td>
            <td class="number" data-label="卡">${row.state === 'refused' ? '' : row.cards}</td>
            <td class="number">
              ${row.applications.length > 0 ? row.applications.map((number) => html`<a href="/applications/${number}">${number}</a> `) : row.toldApplication ? html`已发函 <a href="/applications/${row.toldApplication}">${row.toldApplication}</a>` : ''}
            </td>
            <td data-label="扫描件">
              ${row.state === 'refused' ? '' : row.submissions.length > 0 ? row.submissions.length : html`<span class="muted">未扫描</span>`}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
