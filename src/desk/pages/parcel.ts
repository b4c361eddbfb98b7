/** One parcel: its cards counted in, the applications that it is about, the scans made of it. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Application } from '../../application/record.ts'
import type { Finding } from '../../flow.ts'
import { enclosuresOf } from '../../guide/describe-guide.ts'
import { carrierOf, normalizeWaybill } from '../../guide/identifiers/waybill-number.ts'
import { serviceTitles } from '../../guide/papers.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { scanField } from '../look/scan-field.ts'
import { decisionTag, shortTime, statusTag } from '../look/words.ts'
import type { HouseCard, Parcel } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { historyDrawer } from './history-drawer.ts'
import { cardName, houseWords, ownerWords, parcelTag } from './house-words.ts'
import { messagePage } from './message.ts'
import { asCarrier, carrierChoices, takeScanned } from './parcels.ts'

export function addParcelPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const actorOf = (c: DeskContext) => c.get('session').user.name

  app.get('/parcels/:number', async (c) => {
    const { number } = c.req.param()
    const parcel = await desk.parcels.find(number)
    if (!parcel)
      return desk.show(
        c,
        messagePage('没有收过这个邮包', html`<p>没有单号为 ${number.slice(0, 40)} 的邮包。请到<a href="/parcels">收件台</a>扫描收件。</p>`),
        404,
      )
    const applications = await Promise.all(parcel.applications.map((each) => desk.applications.find(desk.database, each)))
    const now = desk.clock.now()
    return desk.show(c, {
      title: `邮包 ${parcel.number}`,
      section: 'parcels',
      body: html`<div class="page-head">
          <h1 class="number">${parcel.number}</h1>
          <p class="summary" data-region="summary">
            ${parcelTag(parcel.state)} ${parcel.because ?? parcel.carrierTitle} · ${shortTime(parcel.receivedAt, now)} ${parcel.receivedBy}
          </p>
          <p class="page-actions">
            ${parcel.state === 'refused' ? '' : html`<a class="button small" href="/parcels/${parcel.number}/cover" target="_blank" rel="noopener">打印扫描封面</a>`}
            <a class="button small quiet" href="/parcels">回到收件台</a>
          </p>
        </div>
        ${parcel.state === 'refused' ? refusedPart(parcel) : countPart(parcel)}
        <div data-region="cards">${parcel.state === 'refused' ? '' : cardsPart(parcel, parcel.inside)}</div>
        <div data-region="applications">
          ${
            parcel.state === 'refused'
              ? ''
              : applicationsPart(
                  parcel,
                  applications.filter((each) => each !== undefined),
                )
          }
          ${historyDrawer(parcel.events, houseWords, now)}
        </div>`,
    })
  })

  app.post('/parcels/:number/cards', async (c) => {
    const { number } = c.req.param()
    const scanned = textOf(await c.req.formData(), 'card', 100)
    // Enter on the empty field, or the parcel's own number again: nothing more is in it.
    if (scanned === '' || scanned.replaceAll(/[\s-]/gu, '').toUpperCase() === number) return finish(c, number)
    const counted = await desk.parcels.countCard(number, { number: scanned }, actorOf(c))
    if (!counted.ok) return desk.goTo(c, `/parcels/${number}`, { tone: 'refused', text: counted.message })
    const card = (await desk.parcels.findCard(counted.value.id))?.card
    return desk.goTo(c, `/parcels/${number}`, { tone: 'done', text: card ? countedWords(card) : '已清点' })
  })
  app.post('/parcels/:number/unreadable', async (c) => {
    const { number } = c.req.param()
    const unreadableFor = textOf(await c.req.formData(), 'reason', 200)
    return desk.afterwards(
      c,
      `/parcels/${number}`,
      await desk.parcels.countCard(number, { unreadableFor }, actorOf(c)),
      '已清点 1 张卡号无法辨认的卡',
    )
  })
  app.post('/parcels/:number/cards/:id/strike', async (c) => {
    const { number, id } = c.req.param()
    return desk.afterwards(c, `/parcels/${number}`, await desk.parcels.strikeCard(id, actorOf(c)), '已撤销这张卡的清点')
  })
  app.post('/parcels/:number/counted', (c) => finish(c, c.req.param('number')))
  app.post('/parcels/:number/applications', async (c) => {
    const { number } = c.req.param()
    const application = textOf(await c.req.formData(), 'application', 60)
    return desk.afterwards(c, `/parcels/${number}`, await desk.parcels.link(number, application, actorOf(c)), `已对应到申请 ${application}`)
  })
  app.post('/parcels/:number/refuse', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const carrier = asCarrier(textOf(form, 'carrier'))
    const because = {
      refusedFor: carrier === null ? ('freight-collect' as const) : ('carrier' as const),
      carrier,
      sender: textOf(form, 'sender', 100),
    }
    const refused = await desk.parcels.refuse(number, because, actorOf(c))
    return desk.afterwards(c, `/parcels/${number}`, refused, refused.ok ? refused.value.said : '')
  })
  app.post('/parcels/:number/take', async (c) => {
    const { number } = c.req.param()
    return desk.afterwards(
      c,
      `/parcels/${number}`,
      await desk.parcels.takeAfterAll(number, actorOf(c)),
      `已改为收件 ${number}，请清点邮包中的卡`,
    )
  })
  app.post('/parcels/:number/sender', async (c) => {
    const { number } = c.req.param()
    const sender = textOf(await c.req.formData(), 'sender', 100)
    // The courier's next parcel, scanned while this field has the focus.
    if (isScannedWaybill(sender)) return takeScanned(desk, c, { number: sender })
    return desk.afterwards(c, `/parcels/${number}`, await desk.parcels.tellSender(number, sender, actorOf(c)), '已向寄件人发函')
  })

  async function finish(c: DeskContext, number: string) {
    // Counted already: there is nothing to say twice.
    if ((await desk.parcels.find(number))?.state === 'counted') return desk.goTo(c, '/parcels')
    const finished = await desk.parcels.finishCount(number, actorOf(c))
    if (!finished.ok) return desk.goTo(c, `/parcels/${number}`, { tone: 'refused', text: finished.message })
    const parcel = await desk.parcels.find(number)
    const wrong = parcel ? await mismatches(desk, parcel.applications) : []
    // What is wrong is looked at here; else the next parcel is scanned.
    if (wrong.length > 0)
      return desk.goTo(c, `/parcels/${number}`, { tone: 'refused', text: `清点完毕，但与应随附的卡不符：${wrong.join(' ')}` })
    return desk.goTo(c, '/parcels', { tone: 'done', text: `${number} 清点完毕：${parcel?.cards ?? 0} 张卡。请扫描下一个邮包` })
  }
}

/** A credit code, a name or an application number is none. */
function isScannedWaybill(text: string): boolean {
  const carrier = carrierOf(normalizeWaybill(text))
  return carrier !== null && carrier !== 'misread'
}

async function mismatches(desk: Desk, applications: readonly string[]): Promise<string[]> {
  const found = await Promise.all(applications.map((number) => desk.applications.find(desk.database, number)))
  return found.flatMap((application) => mismatchesOf(application).map(({ message }) => message))
}

const mismatchesOf = (application: Application | undefined): Finding[] =>
  (application?.findings ?? []).filter(({ code }) => code === 'card-count-mismatch')

function countedWords(card: HouseCard): string {
  const owner = ownerWords(card)
  const of = card.application ? `申请 ${card.application.number}` : '还没有对应到申请'
  return `已清点 ${card.number}：${owner === '' ? '台账中没有这张卡' : owner}，${of}`
}

const countPart = ({ number, state, inside }: Parcel & { inside: readonly HouseCard[] }) =>
  html`<form class="scan" method="post" action="/parcels/${number}/cards" data-scans="${number}">
      ${scanField({ label: '清点卡片', name: 'card', hint: '逐张扫描卡号；扫完按 Enter 或再扫一次运单号', mayBeEmpty: true })}
      <button class="primary" data-region="finish">${state === 'counted' ? '回到收件台' : '清点完毕'} <kbd>Enter</kbd></button>
    </form>
    <div class="scan-more">
      <details class="refusal">
        <summary>卡号无法辨认</summary>
        <form class="refusal-body" method="post" action="/parcels/${number}/unreadable">
          <label class="wide-label"
            ><span>原因</span><input name="reason" required maxlength="100" autocomplete="off" placeholder="例如：卡面磨损" /></label
          ><button>清点这张卡</button>
        </form>
      </details>
      ${
        state === 'received' && inside.length === 0
          ? html`<details class="refusal">
              <summary>拒收（到付、其他快递）</summary>
              <form class="refusal-body" method="post" action="/parcels/${number}/refuse">
                <label class="wide-label"
                  ><span>寄件企业（可不填）</span
                  ><input name="sender" maxlength="100" autocomplete="off" placeholder="信用代码、名称或受理编号，填写后发函告知"
                /></label>
                <p class="choices">
                  <button>到付件，拒收</button>
                  ${carrierChoices.filter(([carrier]) => carrier !== 'ems').map(([carrier, title]) => html`<button name="carrier" value="${carrier}">${title}，拒收</button>`)}
                </p>
              </form>
            </details>`
          : ''
      }
    </div>`

const refusedPart = ({ number, because, sender, toldApplication }: Parcel) =>
  html`<p class="notice refused">这个邮包${because}，没有收下，请退给快递员。</p>
    ${
      toldApplication
        ? html`<p>已就此发函给申请 <a class="number" href="/applications/${toldApplication}">${toldApplication}</a> 的申请人。</p>`
        : html`<form class="scan" method="post" action="/parcels/${number}/sender">
            <label class="scan-field"
              ><span>寄件企业</span
              ><input
                name="sender"
                value="${sender ?? ''}"
                required
                minlength="2"
                maxlength="100"
                autocomplete="off"
                autofocus
                placeholder="信用代码、名称或受理编号"
            /></label>
            <button class="primary">发函告知 <kbd>Enter</kbd></button>
          </form>`
    }
    <form class="below" method="post" action="/parcels/${number}/take"><button>登记有误，改为收件</button></form>`

function cardsPart({ number, state }: Parcel, cards: readonly HouseCard[]) {
  return html`<h2>卡 <span class="muted">${cards.length}</span></h2>
    ${
      cards.length === 0
        ? html`<p class="empty">${state === 'counted' ? '清点过，邮包中没有卡。' : '还没有清点到卡。邮包中没有卡的，直接按 Enter。'}</p>`
        : html`<table class="list">
            <thead>
              <tr>
                <th>卡号</th>
                <th>企业、持卡人</th>
                <th>申请</th>
                <th>位置</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${cards.map(
                (card) =>
                  html`<tr>
                    <td><a href="/house/${card.id}">${cardName(card)}</a></td>
                    <td class="enterprise">${ownerWords(card) || html`<span class="muted">台账中没有</span>`}</td>
                    <td class="number">
                      ${card.application ? html`<a href="/applications/${card.application.number}">${card.application.number}</a>` : html`<span class="tag amber">未对应申请</span>`}
                    </td>
                    <td>
                      ${card.whereabouts}${card.concern && card.application ? html` <span class="tag amber">${card.concern}</span>` : ''}
                    </td>
                    <td class="row-actions">
                      ${card.place === 'parcel' && card.leftAt === null ? html`<form method="post" action="/parcels/${number}/cards/${card.id}/strike"><button class="small quiet">撤销</button></form>` : ''}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`
}

function applicationsPart({ number, submissions }: Parcel, applications: readonly Application[]) {
  return html`<h2>申请 <span class="muted">${applications.length}</span></h2>
    ${applications.length === 0 ? html`<p class="empty">扫描材料后自动对应：扫描文件夹或文件用运单号 ${number} 命名，或把扫描封面放在最上面一起扫描。</p>` : html`<div class="jobs">${applications.map((application) => applicationRow(application))}</div>`}
    <div class="scan-more">
      <details class="refusal">
        <summary>人工对应申请</summary>
        <form class="refusal-body" method="post" action="/parcels/${number}/applications">
          <label class="wide-label"
            ><span>受理编号</span
            ><input class="number" name="application" required maxlength="40" autocomplete="off" placeholder="XM20261120-0001" /></label
          ><button>对应</button>
        </form>
      </details>
    </div>
    <p class="muted scans">
      ${submissions.length === 0 ? '还没有这个邮包的扫描件。' : html`扫描件：${submissions.map((id, at) => html`<a href="/submissions/${id}">第 ${at + 1} 份</a> `)}`}
    </p>`
}

function applicationRow(application: Application) {
  const cards = enclosuresOf(application.service).cards
  return html`<section class="job">
    <div class="task">
      <h2><a class="number" href="/applications/${application.number}">${application.number}</a></h2>
      ${statusTag(application.status)} ${decisionTag(application.decision)}
      <p><b>${application.enterprise.name ?? '（企业名称未读出）'}</b> ${serviceTitles[application.service]}</p>
      <p class="muted">${cards.length === 0 ? '不用随附卡' : `应随附：${cards.join('、')}`}</p>
      ${mismatchesOf(application).map(({ message, severity }) => html`<p class="mismatch ${severity}">${message}</p>`)}
    </div>
  </section>`
}
