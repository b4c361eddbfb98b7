/** Every card in the house (在库卡片): whose, for what, where, since when; to be scanned, moved, printed. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { placeTitles, type Place } from '../../application/house-event.ts'
import { statusTitles } from '../../application/record.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { officeDay, officeTime } from '../../platform/clock.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { scanField } from '../look/scan-field.ts'
import { shortTime, tag } from '../look/words.ts'
import type { HouseCard } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { historyDrawer } from './history-drawer.ts'
import { cardName, houseWords, ownerWords } from './house-words.ts'

const places = Object.keys(placeTitles) as Place[]

/** What a scan does on the list: shows the card, says that it is here (盘点), or puts it somewhere. */
const modes = [
  { name: 'look', title: '查看', hint: '扫描或输入卡号，查看和登记它在哪里', button: '查看' },
  { name: 'see', title: '盘点', hint: '逐张扫描手中的卡；下面只列今天还没有盘到的', button: '盘到' },
  { name: 'station', title: '放到制卡台', hint: '逐张扫描放到制卡台的卡', button: '登记' },
  { name: 'clerk', title: '交窗口人员', hint: '逐张扫描收回窗口的卡', button: '登记' },
] as const
type Mode = (typeof modes)[number]
const modeNamed = (asked: string | undefined): Mode => modes.find(({ name }) => name === asked) ?? modes[0]

export function addHousePages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const actorOf = (c: DeskContext) => c.get('session').user.name

  app.get('/house', async (c) => {
    const all = await desk.parcels.house()
    const now = desk.clock.now()
    const mode = modeNamed(c.req.query('scan'))
    const asked = c.req.query('place') ?? ''
    const isUnseen = ({ seenAt }: HouseCard) => seenAt === '' || officeDay(new Date(seenAt)) < officeDay(now)
    const shown = all.filter((card) => {
      if (mode.name === 'see') return isUnseen(card)
      return asked === 'concern' ? card.concern !== null : !isPlace(asked) || card.place === asked
    })
    return desk.show(c, {
      title: '在库卡片',
      section: 'house',
      body: html`<div class="page-head">
          <h1>在库卡片</h1>
          <p class="tabs" data-region="summary">${placeTabs(all, mode, asked, all.filter(isUnseen).length)}</p>
          <p class="page-actions"><button type="button" class="small scripted" data-print>打印清单</button></p>
        </div>
        <p class="on-paper">
          ${desk.office}　在库卡片清单${mode.name === 'see' ? '（今天未盘到）' : ''}　${officeTime(now)}　共 ${shown.length} 张
        </p>
        ${scanForm(mode)}
        <div data-region="rows">
          ${shown.length === 0 ? html`<p class="empty">${emptyWords(all.length, mode)}</p>` : cardTable(shown, now)}
        </div>
        <p class="on-paper">清点人：　　　　　　　　　　复核人：　　　　　　　　　　日期：</p>`,
    })
  })
  app.post('/house', async (c) => {
    const form = await c.req.formData()
    const mode = modeNamed(c.req.query('scan'))
    const scanned = textOf(form, 'card', 60)
    const back = mode.name === 'look' ? '/house' : `/house?scan=${mode.name}`
    if (scanned === '') return desk.goTo(c, back)
    if (mode.name === 'look') {
      const card = await desk.parcels.traceCard(scanned)
      if (card) return desk.goTo(c, `/house/${card.id}`)
      return desk.goTo(c, back, { tone: 'refused', text: `卡 ${scanned} 没有到过本中心，请核对卡号；随邮包来的，请在收件台清点` })
    }
    const handled = await desk.parcels.handle(scanned, mode.name === 'see' ? 'see' : { place: mode.name, detail: '' }, actorOf(c))
    return desk.afterwards(c, back, handled, handled.ok ? `${mode.title}：${handled.value.number ?? ''}` : '')
  })

  app.get('/house/:id', async (c) => {
    const found = await desk.parcels.findCard(c.req.param('id'))
    if (!found) return c.notFound()
    const { card, events } = found
    const now = desk.clock.now()
    return desk.show(c, {
      title: `卡 ${card.number ?? '卡号无法辨认'}`,
      section: 'house',
      body: html`<div class="page-head">
          <h1>${cardName(card)}</h1>
          <p class="summary">
            ${tag(card.leftAt === null ? 'accent' : 'plain', card.whereabouts)} ${shortTime(card.since, now)} ${card.movedBy}
          </p>
          <p class="page-actions"><a class="button small quiet" href="/house">回到在库卡片</a></p>
        </div>
        ${card.concern ? html`<p class="notice refused">${card.concern}</p>` : ''} ${cardFacts(card)}
        ${card.leftAt === null ? movesOf(card) : ''} ${historyDrawer(events, houseWords, now)}`,
    })
  })
  app.post('/house/:id/move', async (c) => {
    const { id } = c.req.param()
    const form = await c.req.formData()
    const place = (['clerk', 'station', 'pickup'] as const).find((each) => each === textOf(form, 'place'))
    if (!place) return desk.goTo(c, `/house/${id}`, { tone: 'refused', text: '请选择放到哪里' })
    const moved = await desk.parcels.moveCard(id, { place, detail: textOf(form, 'detail', 60) }, actorOf(c))
    // The next card is scanned.
    return desk.afterwards(c, moved.ok ? '/house' : `/house/${id}`, moved, `已登记：${placeTitles[place]}`)
  })
  app.post('/house/:id/seen', async (c) => {
    const { id } = c.req.param()
    return desk.afterwards(c, '/house?scan=see', await desk.parcels.seeUnreadable(id, actorOf(c)), '盘点：卡号无法辨认的卡')
  })
  app.post('/house/:id/leave', async (c) => {
    const { id } = c.req.param()
    const form = await c.req.formData()
    const way = (['returned', 'posted-back', 'destroyed'] as const).find((each) => each === textOf(form, 'way'))
    if (!way) return desk.goTo(c, `/house/${id}`, { tone: 'refused', text: '请选择怎样离开' })
    return desk.afterwards(
      c,
      `/house/${id}`,
      await desk.parcels.letGo(id, { way, detail: textOf(form, 'detail', 60) }, actorOf(c)),
      '已登记，这张卡不再在库',
    )
  })
  app.post('/house/:id/application', async (c) => {
    const { id } = c.req.param()
    const application = textOf(await c.req.formData(), 'application', 60)
    return desk.afterwards(c, `/house/${id}`, await desk.parcels.claimCard(id, application, actorOf(c)), `已对应到申请 ${application}`)
  })
}

const isPlace = (asked: string): asked is Place => asked in placeTitles

function placeTabs(all: readonly HouseCard[], mode: Mode, asked: string, unseen: number) {
  const tab = (query: string, title: string, cards: number, isCurrent: boolean) =>
    html`<a href="/house${query}" ${isCurrent ? html` aria-current="page"` : ''}>${title} <span class="muted">${cards}</span></a>`
  if (mode.name === 'see') return html`${tab('', '全部', all.length, false)}${tab('?scan=see', '今天未盘到', unseen, true)}`
  const concerns = all.filter(({ concern }) => concern !== null).length
  return html`${tab('', '全部', all.length, asked === '')}${places.map((place) =>
    tab(`?place=${place}`, placeTitles[place], all.filter((card) => card.place === place).length, place === asked),
  )}${concerns > 0 ? tab('?place=concern', '需处理', concerns, asked === 'concern') : ''}`
}

/** All but looking stay on the list, so that one card is scanned after the other. */
const scanForm = (mode: Mode) =>
  html`<form class="scan" method="post" action="/house?scan=${mode.name}" ${mode.name === 'look' ? '' : html` data-scans=""`}>
    ${scanField({ label: mode.title, name: 'card', hint: mode.hint })}
    <button class="primary">${mode.button} <kbd>Enter</kbd></button>
    <p class="modes">
      <span class="muted">扫描用于</span>
      ${modes.map(({ name, title }) => html`<a href="/house${name === 'look' ? '' : `?scan=${name}`}" ${name === mode.name ? html` aria-current="true"` : ''}>${title}</a>`)}
    </p>
  </form>`

function emptyWords(all: number, mode: Mode): string {
  if (all === 0) return '本中心现在没有卡。收件台清点的卡和新制的卡会出现在这里，直到寄出或领走。'
  return mode.name === 'see' ? `今天在库的 ${all} 张卡都盘到了。` : '没有这样的卡。'
}

function cardTable(cards: readonly HouseCard[], now: Date) {
  return html`<table class="list house">
    <thead>
      <tr>
        <th>卡号</th>
        <th>持卡人</th>
        <th>企业</th>
        <th>申请</th>
        <th>位置</th>
        <th>自</th>
        <th>经手</th>
        <th>需处理</th>
      </tr>
    </thead>
    <tbody>
      ${cards.map(
        (card) =>
          html`<tr>
            <td><a href="/house/${card.id}">${cardName(card)}</a></td>
            <td>
              ${card.holderName ?? html`<span class="muted">台账未记</span>`}
              ${card.kind === 'legal' ? '法人卡' : card.kind === 'operator' ? '操作员卡' : ''}
            </td>
            <td class="enterprise"><b>${card.enterpriseName ?? '—'}</b></td>
            <td class="number">
              ${card.application ? html`<a href="/applications/${card.application.number}">${card.application.number}</a>` : '—'}
            </td>
            <td>${card.whereabouts}</td>
            <td class="number muted" data-label="自">${shortTime(card.since, now)}</td>
            <td>${card.movedBy === 'zhika' ? '系统' : card.movedBy}</td>
            <td>${card.concern ? html`<span class="tag amber">${card.concern}</span>` : ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function cardFacts(card: HouseCard) {
  const { application, parcelNumber } = card
  return html`<dl class="facts-list">
    <dt>持卡人</dt>
    <dd>
      ${ownerWords(card)}
      ${card.isInLedger && card.number !== null ? html`<a href="/ledger/cards/${card.number}">台账</a>` : html`<span class="muted">台账中没有这张卡</span>`}
    </dd>
    <dt>申请</dt>
    <dd>
      ${
        application
          ? html`<a class="number" href="/applications/${application.number}">${application.number}</a>
              ${serviceTitles[application.service]}，${statusTitles[application.status]}`
          : '还没有对应到申请'
      }
    </dd>
    <dt>来自</dt>
    <dd>${parcelNumber ? html`邮包 <a class="number" href="/parcels/${parcelNumber}">${parcelNumber}</a>` : '本中心制作或登记'}</dd>
  </dl>`
}

/** Every step is a form of its own: no card is moved by a slip. */
function movesOf(card: HouseCard) {
  if (card.place === 'packed')
    return html`<p>
      这张卡已装入邮包；要取出，请到${card.application ? html`<a href="/dispatch/${card.application.number}/pack">装包页</a>` : '装包页'}。
    </p>`
  const path = `/house/${card.id}`
  return html`<div class="moves">
    ${
      card.number === null
        ? html`<form method="post" action="${path}/seen">
            <h2>盘点</h2>
            <p class="muted">卡号无法辨认，不能扫描；在手中的，在此登记。</p>
            <button>今天盘到</button>
          </form>`
        : ''
    }
    <form method="post" action="${path}/move">
      <h2>放到制卡台</h2>
      <input type="hidden" name="place" value="station" /><label class="wide-label"
        ><span>哪一台（可不填）</span><input name="detail" maxlength="40" autocomplete="off" /></label
      ><button class="primary">登记</button>
    </form>
    <form method="post" action="${path}/move">
      <h2>交窗口人员</h2>
      <input type="hidden" name="place" value="clerk" /><label class="wide-label"
        ><span>谁（不填为本人）</span><input name="detail" maxlength="40" autocomplete="off" /></label
      ><button>登记</button>
    </form>
    <form method="post" action="${path}/application">
      <h2>${card.application ? '改为另一项申请' : '对应申请'}</h2>
      <label class="wide-label"
        ><span>受理编号</span><input class="number" name="application" required maxlength="40" autocomplete="off" /></label
      ><button>对应</button>
    </form>
    <form method="post" action="${path}/leave">
      <h2>退还寄件人</h2>
      <label class="wide-label"><span>领走人，或寄还的运单号</span><input name="detail" required maxlength="60" autocomplete="off" /></label
      ><button name="way" value="returned">窗口领走</button> <button name="way" value="posted-back">已寄还</button>
    </form>
    ${
      card.isVoid
        ? html`<form method="post" action="${path}/leave">
            <h2>销毁</h2>
            <p class="muted">台账中已作废的卡，销毁后登记。</p>
            <button name="way" value="destroyed">已销毁</button>
          </form>`
        : ''
    }
  </div>`
}
