/** Card jobs (制卡任务): what to make, one after the other; a scanner types the number and presses Enter. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { CardJob } from '../ports.ts'
import { textOf } from '../read-form.ts'

export const jobStateTitles = { queued: '待制', done: '已完成', failed: '失败' } as const
const states = ['queued', 'failed', 'done'] as const

export function addCardPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/cards', async (c) => {
    const state = states.find((known) => known === c.req.query('state')) ?? 'queued'
    const jobs = await desk.cards.listJobs({ state })
    const now = desk.clock.now()
    return desk.show(c, {
      title: '制卡任务',
      section: 'cards',
      body: html`<div class="page-head">
          <h1>制卡任务</h1>
          <p class="tabs">
            ${states.map((each) => html`<a href="/cards?state=${each}" ${each === state ? html` aria-current="page"` : ''}>${jobStateTitles[each]}</a>`)}
          </p>
        </div>
        ${jobs.length === 0 ? html`<p class="empty">${state === 'queued' ? '没有待制的卡。受理后的任务会排在这里。' : '没有记录。'}</p>` : html`<div class="jobs">${jobs.map((job, at) => jobCard(job, now, at === 0))}</div>`}`,
    })
  })
  app.post('/cards/:id/complete', async (c) => {
    const form = await c.req.formData()
    const cardNumber = textOf(form, 'cardNumber', 100) || null
    const holderName = textOf(form, 'holderName', 100) || null
    const result = await desk.cards.complete(c.req.param('id'), { cardNumber, holderName }, c.get('session').user.name)
    return desk.afterwards(c, '/cards', result, cardNumber ? `已完成，卡号 ${cardNumber}` : '已完成')
  })
  app.post('/cards/:id/fail', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 500)
    if (reason === '') return desk.goTo(c, '/cards', { tone: 'refused', text: '请写明失败的原因' })
    return desk.afterwards(c, '/cards', await desk.cards.fail(c.req.param('id'), reason, c.get('session').user.name), '已登记失败')
  })
  app.post('/cards/:id/reopen', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 500)
    return desk.afterwards(c, '/cards', await desk.cards.reopen(c.req.param('id'), reason, c.get('session').user.name), '已放回待制')
  })
}

function jobCard(job: CardJob, now: Date, first: boolean) {
  return html`<section class="job" id="job-${job.id}">
    <div class="task">
      <h2>${job.task}</h2>
      ${job.state === 'failed' ? tag('red', '失败') : job.state === 'done' ? tag('green', '已完成') : ''}
      <p>
        <b>${job.enterpriseName ?? '—'}</b> ${job.holderName ?? ''}
        ${job.cardNumber ? html`<span class="number">卡号 ${job.cardNumber}</span>` : ''}
      </p>
      <p class="muted">
        <a class="number" href="/applications/${job.applicationNumber}">${job.applicationNumber}</a> ·
        ${shortTime(job.queuedAt, now)}${job.reason ? html` · 原因：${job.reason}` : ''}
      </p>
    </div>
    ${job.state === 'queued' ? openForms(job, first) : ''}
    ${
      job.state === 'failed'
        ? html`<form class="complete" method="post" action="/cards/${job.id}/reopen">
            <label><span class="away">重做的原因</span><input name="reason" required maxlength="500" placeholder="重做的原因" /></label
            ><button>重新制作</button>
          </form>`
        : ''
    }
  </section>`
}

/**
 * A new card's number is read from the card; that of a card sent in is known, and compared when it is scanned. The holder is
 * asked for only where no paper told it.
 */
const openForms = (job: CardJob, first: boolean) =>
  html`<div class="settle">
    <form class="complete" method="post" action="/cards/${job.id}/complete">
      ${job.needsHolderName ? html`<label><span class="away">持卡人</span><input class="holder" name="holderName" required maxlength="60" placeholder="持卡人姓名" autocomplete="off" ${first ? html` autofocus` : ''} /></label>` : ''}
      ${job.needsCardNumber || job.cardNumber !== null ? html`<label><span class="away">卡号</span><input class="number" name="cardNumber" ${job.needsCardNumber ? html` required` : ''} maxlength="40" placeholder="${job.needsCardNumber ? '扫描或输入卡号' : '扫描卡号核对'}" autocomplete="off" ${first && !job.needsHolderName ? html` autofocus` : ''} /></label>` : ''}
      <button class="primary" ${!job.needsCardNumber && job.cardNumber === null && first ? html` autofocus` : ''}>
        完成 <kbd>Enter</kbd>
      </button>
    </form>
    <details class="menu">
      <summary class="button quiet">失败</summary>
      <form method="post" action="/cards/${job.id}/fail">
        <label>原因<input name="reason" required maxlength="500" /></label><button>登记失败</button>
      </form>
    </details>
  </div>`
