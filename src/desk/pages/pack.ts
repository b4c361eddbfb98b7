/** The packing table (装包): the cards of one application are scanned into its parcel, which is closed only when all are in it. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { scanField } from '../look/scan-field.ts'
import { shortTime, tag } from '../look/words.ts'
import type { HouseCard, Packing } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { messagePage } from './message.ts'
import { cardName, ownerWords } from './house-words.ts'

export const packPath = (number: string) => `/dispatch/${number}/pack`

export function addPackingPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const actorOf = (c: DeskContext) => c.get('session').user.name

  app.post('/dispatch/scan', async (c) => {
    const scanned = textOf(await c.req.formData(), 'number', 60)
    const number = scanned === '' ? undefined : await desk.parcels.applicationOfWaybill(scanned)
    if (number) return desk.goTo(c, packPath(number))
    return desk.goTo(c, '/dispatch', {
      tone: 'refused',
      text: `没有单号为 ${scanned} 的待寄邮包，请扫描本中心打印的面单；收到的邮包请到收件台`,
    })
  })
  app.get('/dispatch/:number/pack', async (c) => {
    const { number } = c.req.param()
    const packing = await desk.parcels.packing(number)
    if (!packing)
      return desk.show(c, messagePage('没有这个邮包', html`<p>申请 ${number.slice(0, 40)} 还没有要寄出的邮包，请核对编号。</p>`), 404)
    return desk.show(c, {
      title: `装包 ${packing.outgoing.waybillNumber ?? number}`,
      section: 'dispatch',
      body: packingTable(packing, desk.clock.now()),
    })
  })
  app.post('/dispatch/:number/pack', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const scanned = textOf(form, 'card', 100)
    const packing = await desk.parcels.packing(number)
    // Enter on the empty field, or the waybill again: nothing more goes in.
    if (scanned === '' || scanned.replaceAll(/[\s-]/gu, '').toUpperCase() === packing?.outgoing.waybillNumber)
      return close(c, number, textOf(form, 'remark', 300))
    const packed = await desk.parcels.pack(number, scanned, actorOf(c))
    return desk.afterwards(c, packPath(number), packed, packed.ok ? `已装入 ${packed.value.number ?? ''}` : '')
  })
  app.post('/dispatch/:number/close', async (c) => close(c, c.req.param('number'), textOf(await c.req.formData(), 'remark', 300)))
  app.post('/dispatch/:number/reopen', async (c) => {
    const { number } = c.req.param()
    return desk.afterwards(c, packPath(number), await desk.parcels.reopen(number, actorOf(c)), '已重新打开，改动后请再次封装')
  })
  app.post('/dispatch/:number/pack/:id/in', async (c) => {
    const { number, id } = c.req.param()
    return desk.afterwards(c, packPath(number), await desk.parcels.packUnreadable(number, id, actorOf(c)), '已装入')
  })
  app.post('/dispatch/:number/pack/:id/out', async (c) => {
    const { number, id } = c.req.param()
    return desk.afterwards(c, packPath(number), await desk.parcels.unpack(id, actorOf(c)), '已取出')
  })

  async function close(c: DeskContext, number: string, remark: string) {
    const closed = await desk.parcels.close(number, remark, actorOf(c))
    if (!closed.ok) return desk.goTo(c, packPath(number), { tone: 'refused', text: closed.message })
    const { waybillNumber, cards } = closed.value
    return desk.goTo(c, '/dispatch', { tone: 'done', text: `邮包 ${waybillNumber} 已封装：${cards} 张卡。请扫描下一张面单` })
  }
}

function packingTable(packing: Packing, now: Date) {
  const { outgoing, cards, unseen, closed } = packing
  const packed = cards.filter(({ place }) => place === 'packed').length
  return html`<div class="page-head">
      <h1>装包 <span class="number">${outgoing.waybillNumber ?? ''}</span></h1>
      <p class="summary" data-region="summary">
        <b>${outgoing.enterpriseName ?? '—'}</b> ·
        <a class="number" href="/applications/${outgoing.applicationNumber}">${outgoing.applicationNumber}</a> · 收件人
        ${outgoing.recipientName ?? '—'}
      </p>
      <p class="page-actions"><a class="button small quiet" href="/dispatch">回到寄件</a></p>
    </div>
    ${outgoing.state === 'prepared' && outgoing.method === 'post' ? (closed ? closedPart(packing, now) : scanPart(packing)) : html`<p class="notice refused">这个邮包不在待交寄中，不能装包。</p>`}
    <div data-region="cards">
      <h2>应装入的卡 <span class="muted">已装 ${packed}，共 ${cards.length + unseen.length}</span></h2>
      ${cards.length + unseen.length === 0 ? html`<p class="empty">没有清点或制作过要随这个邮包寄出的卡。</p>` : contentsTable(packing)}
    </div>`
}

/** A remark is asked for only where the waybill lists more cards than there are. */
function scanPart({ outgoing, cards, unseen, listed }: Packing) {
  const path = packPath(outgoing.applicationNumber)
  const fewer = cards.length + unseen.length < listed
  return html`<form class="scan" method="post" action="${path}" data-scans="${outgoing.waybillNumber ?? ''}">
    ${scanField({ label: '装入的卡', name: 'card', hint: '逐张扫描卡号；装完按 Enter 封装', mayBeEmpty: true })}
    <button class="primary">封装 <kbd>Enter</kbd></button>
    ${
      fewer
        ? html`<label class="wide-label remark"
            ><span>面单列有 ${listed} 张卡，清点到 ${cards.length + unseen.length} 张；封装须写明原因</span
            ><input name="remark" maxlength="200" autocomplete="off" placeholder="例如：没有随附法人卡"
          /></label>`
        : ''
    }
  </form>`
}

const closedPart = ({ outgoing, closed }: Packing, now: Date) =>
  html`<p class="notice">
      已封装，${closed ? shortTime(closed.at, now) : ''} ${closed?.by ?? ''}${closed?.remark ? `（${closed.remark}）` : ''}。
    </p>
    <div class="settle">
      <form method="post" action="/dispatch/${outgoing.applicationNumber}/courier">
        <button class="primary" autofocus>已交快递 <kbd>Enter</kbd></button>
      </form>
      <form method="post" action="/dispatch/${outgoing.applicationNumber}/reopen"><button class="quiet">重新打开</button></form>
    </div>`

function contentsTable({ outgoing, cards, unseen, closed }: Packing) {
  const path = packPath(outgoing.applicationNumber)
  const action = (card: HouseCard) => {
    if (closed) return ''
    if (card.place === 'packed')
      return html`<form method="post" action="${path}/${card.id}/out"><button class="small quiet">取出</button></form>`
    return card.number === null ? html`<form method="post" action="${path}/${card.id}/in"><button class="small">装入</button></form>` : ''
  }
  return html`<table class="list">
    <tbody>
      ${cards.map(
        (card) =>
          html`<tr>
            <td>${card.place === 'packed' ? tag('green', '已装入') : tag('amber', '未装入')}</td>
            <td><a href="/house/${card.id}">${cardName(card)}</a></td>
            <td class="enterprise">${ownerWords(card)}</td>
            <td>${card.place === 'packed' ? '' : card.whereabouts}</td>
            <td class="row-actions">${action(card)}</td>
          </tr>`,
      )}
      ${unseen.map(
        (number) =>
          html`<tr>
            <td>${tag('amber', '未装入')}</td>
            <td class="number">${number}</td>
            <td class="muted">面单所列，没有在库记录；扫描后装入</td>
            <td></td>
            <td></td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
