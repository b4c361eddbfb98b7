/** Card jobs (制卡任务): what to make, one after the other; a scanner types the number and presses Enter. */
import type { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { CardJob } from '../ports.ts'
import { textOf } from '../read-form.ts'

export const jobStateTitles = { queued: '待制', done: '已完成', failed: '失败', 'given-up': '不再办理' } as const
const states = ['queued', 'failed', 'done', 'given-up'] as const

/** At which work station this browser stands. */
const stationCookie = 'zhika.station'

export function addCardPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const { stations } = desk.cards
  /** The one chosen before; the only one where there is one; null when all are looked at. */
  const stationOf = (c: DeskContext): string | null => {
    const kept = decodeURIComponent(getCookie(c, stationCookie) ?? '')
    return stations.find((name) => name === kept) ?? (stations.length === 1 ? (stations[0] ?? null) : null)
  }
  const actorOf = (c: DeskContext) => c.get('session').user.name

  app.get('/cards', async (c) => {
    const state = states.find((known) => known === c.req.query('state')) ?? 'queued'
    const station = stationOf(c)
    const jobs = await desk.cards.listJobs({ state, ...(station === null || state !== 'queued' ? {} : { station }) })
    const mine = actorOf(c)
    // What is in hand comes first, then what waits longest.
    const ordered = [...jobs.filter(({ claimedBy }) => claimedBy === mine), ...jobs.filter(({ claimedBy }) => claimedBy !== mine)]
    const now = desk.clock.now()
    return desk.show(c, {
      title: '制卡任务',
      section: 'cards',
      body: html`<div class="page-head">
          <h1>制卡任务</h1>
          <p class="tabs">
            ${states.map((each) => html`<a href="/cards?state=${each}" ${each === state ? html` aria-current="page"` : ''}>${jobStateTitles[each]}</a>`)}
          </p>
          ${stations.length > 1 ? stationForm(stations, station) : ''}
        </div>
        ${ordered.length === 0 ? html`<p class="empty">${state === 'queued' ? '没有待制的卡。受理后的任务会排在这里。' : '没有记录。'}</p>` : html`<div class="jobs">${ordered.map((job, at) => jobCard(job, { now, first: at === 0, mine, station }))}</div>`}`,
    })
  })
  app.post('/cards/station', async (c) => {
    const chosen = textOf(await c.req.formData(), 'station', 20)
    setCookie(c, stationCookie, encodeURIComponent(chosen), { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 400 * 86_400 })
    return desk.goTo(c, '/cards')
  })
  app.post('/cards/:id/claim', async (c) => {
    const takeOver = textOf(await c.req.formData(), 'takeOver', 3) === 'yes'
    const claimed = await desk.cards.claim(c.req.param('id'), { station: stationOf(c) ?? '', takeOver }, actorOf(c))
    return desk.afterwards(c, '/cards', claimed, '已领取，请制作')
  })
  app.post('/cards/:id/release', async (c) =>
    desk.afterwards(c, '/cards', await desk.cards.release(c.req.param('id'), actorOf(c)), '已放回'),
  )
  app.post('/cards/:id/complete', async (c) => {
    const form = await c.req.formData()
    const cardNumber = textOf(form, 'cardNumber', 100) || null
    const holderName = textOf(form, 'holderName', 100) || null
    const validUntil = textOf(form, 'validUntil', 10) || null
    const result = await desk.cards.complete(c.req.param('id'), { cardNumber, holderName, validUntil }, actorOf(c))
    return desk.afterwards(c, '/cards', result, cardNumber ? `已完成，卡号 ${cardNumber}` : '已完成')
  })
  app.post('/cards/:id/fail', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 500)
    if (reason === '') return desk.goTo(c, '/cards', { tone: 'refused', text: '请写明失败的原因' })
    return desk.afterwards(c, '/cards', await desk.cards.fail(c.req.param('id'), reason, actorOf(c)), '已登记失败')
  })
  app.post('/cards/:id/reopen', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 500)
    return desk.afterwards(c, '/cards', await desk.cards.reopen(c.req.param('id'), reason, actorOf(c)), '已放回待制')
  })
  app.post('/cards/:id/give-up', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 500)
    return desk.afterwards(c, '/cards?state=failed', await desk.cards.giveUp(c.req.param('id'), reason, actorOf(c)), '已登记不再办理')
  })
}

const stationForm = (stations: readonly string[], chosen: string | null) =>
  html`<form class="stations page-actions" method="post" action="/cards/station" data-auto-submit>
    <label
      >工位<select name="station">
        <option value="">全部</option>
        ${stations.map((name) => html`<option value="${name}" ${name === chosen ? html` selected` : ''}>${name}</option>`)}
      </select></label
    >
    <button class="small">选择</button>
  </form>`

interface Seen {
  readonly now: Date
  readonly first: boolean
  readonly mine: string
  readonly station: string | null
}

function jobCard(job: CardJob, seen: Seen) {
  const elsewhere = job.claimedBy !== null && job.claimedBy !== seen.mine
  return html`<section class="job" id="job-${job.id}">
    <div class="task">
      <h2>${job.task}</h2>
      ${job.state === 'failed' ? tag('red', '失败') : job.state === 'done' ? tag('green', '已完成') : job.state === 'given-up' ? tag('plain', '不再办理') : ''}
      ${job.state === 'queued' && job.claimedBy !== null ? tag(elsewhere ? 'amber' : 'accent', `${job.claimedBy} · ${job.station ?? ''}`) : ''}
      <p>
        <b>${job.enterpriseName ?? '—'}</b> ${job.holderName ?? ''}
        ${job.cardNumber ? html`<span class="number">卡号 <a href="/ledger/cards/${encodeURIComponent(job.cardNumber)}">${job.cardNumber}</a></span>` : ''}
      </p>
      <p class="muted">
        <a class="number" href="/applications/${job.applicationNumber}">${job.applicationNumber}</a> ·
        ${shortTime(job.queuedAt, seen.now)}${job.reason ? html` · ${job.state === 'queued' ? '重做' : ''}原因：${job.reason}` : ''}
      </p>
    </div>
    ${job.state !== 'queued' ? '' : job.before > 0 ? html`<p class="muted">法人卡最后作废，请先办理本申请其余 ${job.before} 张卡</p>` : elsewhere ? takeOverForm(job, seen) : openForms(job, seen)}
    ${job.state !== 'queued' && job.canRedo ? html`<div class="settle">${redoForm(job)} ${job.state === 'failed' ? giveUpForm(job) : ''}</div>` : ''}
  </section>`
}

const takeOverForm = (job: CardJob, { station }: Seen) =>
  station === null
    ? ''
    : html`<form method="post" action="/cards/${job.id}/claim">
        <input type="hidden" name="takeOver" value="yes" /><button>接手</button>
      </form>`

/** It can never be done: what else was made is handed over, and where nothing was, the applicant is told why. */
const giveUpForm = (job: CardJob) =>
  html`<details class="menu">
    <summary class="button quiet">不再办理</summary>
    <form method="post" action="/cards/${job.id}/give-up">
      <label>原因（没有办成的卡时，会写入不予受理的函件）<input name="reason" required maxlength="500" /></label><button>不再办理</button>
    </form>
  </details>`

const redoForm = (job: CardJob) =>
  html`<details class="menu">
    <summary class="button ${job.state === 'done' ? 'quiet' : ''}">重做</summary>
    <form method="post" action="/cards/${job.id}/reopen">
      <label>原因<input name="reason" required maxlength="500" /></label><button>放回待制</button>
    </form>
  </details>`

/**
 * A new card's number is read from the card; that of a card sent in is known, and compared when it is scanned. The holder is
 * asked for only where no paper told it; the term only where a certificate is made.
 */
const openForms = (job: CardJob, { first, station, mine }: Seen) =>
  html`<div class="settle">
    <form class="complete" method="post" action="/cards/${job.id}/complete">
      ${job.needsHolderName ? html`<label><span class="away">持卡人</span><input class="holder" name="holderName" required maxlength="60" placeholder="持卡人姓名" autocomplete="off" ${first ? html` autofocus` : ''} /></label>` : ''}
      ${job.needsCardNumber || job.cardNumber !== null ? html`<label><span class="away">卡号</span><input class="number" name="cardNumber" ${job.needsCardNumber ? html` required` : ''} maxlength="40" placeholder="${job.needsCardNumber ? '扫描或输入卡号' : '扫描卡号核对'}" autocomplete="off" ${first && !job.needsHolderName ? html` autofocus` : ''} /></label>` : ''}
      ${job.validUntil !== null ? html`<label title="证书有效期至"><span class="away">证书有效期至</span><input class="term" type="date" name="validUntil" value="${job.validUntil}" required /></label>` : ''}
      <button class="primary" ${!job.needsCardNumber && job.cardNumber === null && first ? html` autofocus` : ''}>
        完成 <kbd>Enter</kbd>
      </button>
    </form>
    ${job.claimedBy === mine ? html`<form method="post" action="/cards/${job.id}/release"><button class="quiet">放回</button></form>` : station === null ? '' : html`<form method="post" action="/cards/${job.id}/claim"><button class="quiet" ${first ? html`data-key="C"` : ''}>领取${first ? html` <kbd>C</kbd>` : ''}</button></form>`}
    <details class="menu">
      <summary class="button quiet">失败</summary>
      <form method="post" action="/cards/${job.id}/fail">
        <label>原因<input name="reason" required maxlength="500" /></label><button>登记失败</button>
      </form>
    </details>
  </div>`
