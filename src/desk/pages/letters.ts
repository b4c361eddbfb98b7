/** Letters (函件): what was written to whom, whether it left, and the clerk's hand in it. */
import type { Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { letterKinds, type LetterKind } from '../../flow.ts'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { Letter } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { letterTitles } from './event-words.ts'
import { pager, readPart } from './read-page.ts'
import { reasonInWords } from './reason-in-words.ts'
import { attachment } from './submissions.ts'

const rowsOnPage = 50

export function addLetterPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const { dispatch } = desk
  app.get('/letters', async (c) => {
    const part = readPart(c, rowsOnPage)
    const found = await dispatch.recentLetters({ limit: rowsOnPage + 1, offset: part.offset })
    const waiting = part.offset > 0 ? [] : [...(await dispatch.lettersIn('held')), ...(await dispatch.lettersIn('unknown'))]
    const shown = found.slice(0, rowsOnPage).filter(({ id }) => !waiting.some((letter) => letter.id === id))
    const now = desk.clock.now()
    return desk.show(c, {
      title: '函件',
      section: 'letters',
      body: html`<div class="page-head">
          <h1>函件</h1>
          <a class="button small" href="/letters/samples">范本</a>
        </div>
        ${stopForm(await dispatch.lettersStopped(), now)}
        ${
          waiting.length > 0
            ? html`<h2>待审阅、待核实</h2>
                <div class="letters">${waiting.map((letter) => letterEntry(letter, now))}</div>`
            : ''
        }
        ${waiting.length > 0 && shown.length > 0 ? html`<h2>近期函件</h2>` : ''}
        ${found.length === 0 ? html`<p class="empty">还没有写过函件。</p>` : html`<div class="letters">${shown.map((letter) => letterEntry(letter, now))}</div>`}
        ${pager('/letters', '', part, found.length > rowsOnPage)}`,
    })
  })

  app.get('/letters/samples', async (c) => {
    const samples = await Promise.all(letterKinds.map(async (kind) => ({ kind, ...(await dispatch.previewLetter(kind)) })))
    return desk.show(c, {
      title: '函件范本',
      section: 'letters',
      body: html`<div class="page-head"><h1>函件范本</h1></div>
        <p class="muted">措辞在 templates/letters 文件夹中修改，保存后立即生效。以下用虚构的数据填写。</p>
        <div class="letters">
          ${samples.map(
            ({ kind, subject, body }) =>
              html`<details class="letter">
                <summary><b>${letterTitles[kind]}</b> <span class="subject">${subject}</span></summary>
                <pre>${body}</pre>
                <p class="row-actions">
                  <a class="button small" href="/letters/samples/${kind}" target="_blank" rel="noopener">查看网页版</a>
                </p>
              </details>`,
          )}
        </div>`,
    })
  })
  app.get('/letters/samples/:kind', async (c) => {
    const kind = letterKinds.find((one): one is LetterKind => one === c.req.param('kind'))
    if (!kind) return c.notFound()
    // The office's own words in the office's own layout; still no script, nothing from elsewhere.
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
    return c.html(raw((await dispatch.previewLetter(kind)).html))
  })

  app.get('/letters/:id/file', async (c) => {
    const id = c.req.param('id')
    const bytes = await dispatch.letterFile(id)
    if (!bytes) return c.notFound()
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(`函件 ${id}.eml`),
    })
  })
  app.post('/letters/:id/settle', async (c) => {
    const form = await c.req.formData()
    const as = form.get('as') === 'arrived' ? 'arrived' : 'send-again'
    const result = await dispatch.settleLetter(c.req.param('id'), as, actorOf(c), textOf(form, 'reason', 200))
    return desk.afterwards(c, '/letters', result, as === 'arrived' ? '已登记送达' : '已重新排入发送')
  })
  app.post('/letters/:id/release', async (c) => {
    const form = await c.req.formData()
    const text = { subject: textOf(form, 'subject', 500), body: textOf(form, 'body', 30_000) }
    return desk.afterwards(c, '/letters', await dispatch.releaseLetter(c.req.param('id'), text, actorOf(c)), '已排入发送')
  })
  app.post('/letters/:id/recall', async (c) =>
    desk.afterwards(c, '/letters', await dispatch.recallLetter(c.req.param('id'), actorOf(c)), '已撤回，可修改后再发出'),
  )
  app.post('/letters/:id/withdraw', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 200)
    return desk.afterwards(c, '/letters', await dispatch.withdrawLetter(c.req.param('id'), reason, actorOf(c)), '这封函件不再发出')
  })
  app.post('/letters/stop', async (c) => {
    const reason = textOf(await c.req.formData(), 'reason', 200)
    return desk.afterwards(c, '/letters', await dispatch.stopLetters(reason, actorOf(c)), '已暂停发出全部函件')
  })
  app.post('/letters/resume', async (c) => desk.afterwards(c, '/letters', await dispatch.resumeLetters(actorOf(c)), '已恢复发出函件'))
}

const actorOf = (c: Context<DeskEnvironment>): string => c.get('session').user.name

/** For an incident: one switch that keeps every letter in the house. */
const stopForm = (stopped: { at: string; by: string; reason: string } | null, now: Date) =>
  stopped
    ? html`<form class="notice refused" method="post" action="/letters/resume">
        ${shortTime(stopped.at, now)} ${stopped.by} 暂停了全部函件：${stopped.reason} <button class="small">恢复发出</button>
      </form>`
    : html`<details class="stop-letters">
        <summary class="muted">暂停全部函件</summary>
        <form method="post" action="/letters/stop">
          <label><span>原因</span><input name="reason" maxlength="200" required /></label> <button class="small">暂停发出</button>
        </form>
      </details>`

const letterEntry = (letter: Letter, now: Date) =>
  html`<details class="letter" id="letter-${letter.id}" ${letter.state === 'held' ? raw('open') : ''}>
    <summary>
      <span class="number muted">${shortTime(letter.writtenAt, now)}</span> ${letterTag(letter)} <b>${letterTitles[letter.kind]}</b>
      <span class="subject">${letter.subject}</span> <span class="muted">${letter.to ?? '没有电子邮箱'}</span>
      ${letter.applicationNumber === null ? '' : html`<a class="number" href="/applications/${letter.applicationNumber}">${letter.applicationNumber}</a>`}
    </summary>
    ${letter.state === 'held' ? editForm(letter) : html`<pre>${letter.body}</pre>`}
    <p class="row-actions">
      ${letter.state === 'drafting' || letter.state === 'held' ? '' : html`<a class="button small" href="/letters/${letter.id}/file" download>保存为邮件文件</a> `}${letter.state === 'unknown' ? settleForm(letter, 'arrived', '已核实送达') : ''}${canRecall(letter, now) ? html`<form method="post" action="/letters/${letter.id}/recall"><button class="small">撤回</button></form>` : ''}${['unknown', 'refused', 'sent', 'bounced'].includes(letter.state) ? settleForm(letter, 'send-again', '再发一次') : ''}${letter.reason ? html`<span class="muted">${reasonInWords(letter.reason)}</span> ` : ''}${letter.clerkNote ? html`<span class="muted">${letter.clerkNote}</span>` : ''}
    </p>
  </details>`

const canRecall = (letter: Letter, now: Date) =>
  letter.state === 'written' &&
  letter.to !== null &&
  (letter.sendAfter === null || letter.sendAfter > now.toISOString() || letter.reason !== null)

const editForm = (letter: Letter) =>
  html`<form class="edit-letter" method="post" action="/letters/${letter.id}/release">
      <label><span>主题</span><input name="subject" maxlength="200" required value="${letter.subject}" /></label>
      <label><span>正文</span><textarea name="body" rows="18" required>${letter.body}</textarea></label>
      <button class="primary">发出</button>
    </form>
    <form method="post" action="/letters/${letter.id}/withdraw">
      <input name="reason" maxlength="200" placeholder="不发的理由" required /> <button class="small">不发</button>
    </form>`

/** What has left is sent again only with a reason. */
const settleForm = (letter: Letter, as: string, title: string) =>
  html`<form method="post" action="/letters/${letter.id}/settle">
    <input type="hidden" name="as" value="${as}" />
    ${as === 'send-again' ? html`<input name="reason" maxlength="200" placeholder="重发的理由" ${letter.state === 'sent' || letter.state === 'bounced' ? raw('required') : ''} />` : ''}
    <button class="small">${title}</button>
  </form>`

/** What a person has to see to: it came back, was not sent, may not have arrived, or waits for a look. */
export const needsCare = ({ state }: Letter): boolean => ['bounced', 'refused', 'unknown', 'held'].includes(state)

/** How a letter stands, as a tag. */
export function letterTag({ state, to }: Letter) {
  switch (state) {
    case 'sent':
      return tag('green', '已发出')
    case 'refused':
      return tag('red', '没有发出')
    case 'bounced':
      return tag('red', '被退回')
    case 'unknown':
      return tag('amber', '请核实是否送达')
    case 'to-print':
      return tag('amber', '请打印寄送')
    case 'held':
      return tag('amber', '待审阅')
    case 'withdrawn':
      return tag('plain', '不再发出')
    case 'sending':
      return tag('accent', '正在发送')
    default:
      return tag('plain', to === null ? '已写好' : '等待发出')
  }
}
