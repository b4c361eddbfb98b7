/** Letters (函件): what was written to whom, and whether it left. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { Letter } from '../ports.ts'
import { letterTitles } from './event-words.ts'
import { pager, readPart } from './read-page.ts'
import { attachment } from './submissions.ts'

const rowsOnPage = 50

export function addLetterPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/letters', async (c) => {
    const part = readPart(c, rowsOnPage)
    const found = await desk.dispatch.recentLetters({ limit: rowsOnPage + 1, offset: part.offset })
    const now = desk.clock.now()
    return desk.show(c, {
      title: '函件',
      section: 'letters',
      body: html`<div class="page-head"><h1>函件</h1></div>
        ${found.length === 0 ? html`<p class="empty">还没有写过函件。</p>` : html`<div class="letters">${found.slice(0, rowsOnPage).map((letter) => letterEntry(letter, now))}</div>`}
        ${pager('/letters', '', part, found.length > rowsOnPage)}`,
    })
  })
  app.get('/letters/:id/file', async (c) => {
    const id = c.req.param('id')
    const bytes = await desk.dispatch.letterFile(id)
    if (!bytes) return c.notFound()
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(`函件 ${id}.eml`),
    })
  })
  app.post('/letters/:id/settle', async (c) => {
    const as = (await c.req.formData()).get('as') === 'arrived' ? 'arrived' : 'send-again'
    const result = await desk.dispatch.settleLetter(c.req.param('id'), as, c.get('session').user.name)
    return desk.afterwards(c, '/letters', result, as === 'arrived' ? '已登记送达' : '已重新排入发送')
  })
}

const letterEntry = (letter: Letter, now: Date) =>
  html`<details class="letter" id="letter-${letter.id}">
    <summary>
      <span class="number muted">${shortTime(letter.writtenAt, now)}</span> ${stateTag(letter)} <b>${letterTitles[letter.kind]}</b>
      <span class="subject">${letter.subject}</span> <span class="muted">${letter.to ?? '没有电子邮箱'}</span>
      <a class="number" href="/applications/${letter.applicationNumber}">${letter.applicationNumber}</a>
    </summary>
    <pre>${letter.body}</pre>
    <p class="row-actions">
      ${letter.state === 'drafting' ? '' : html`<a class="button small" href="/letters/${letter.id}/file" download>保存为邮件文件</a> `}${letter.state === 'unknown' ? settleForm(letter, 'arrived', '已核实送达') : ''}${letter.state === 'unknown' || letter.state === 'refused' ? settleForm(letter, 'send-again', '再发一次') : ''}${letter.reason ? html`<span class="muted">${letter.reason}</span>` : ''}
    </p>
  </details>`

const settleForm = (letter: Letter, as: string, title: string) =>
  html`<form method="post" action="/letters/${letter.id}/settle">
    <input type="hidden" name="as" value="${as}" /><button class="small">${title}</button>
  </form>`

function stateTag({ state, to }: Letter) {
  switch (state) {
    case 'sent':
      return tag('green', '已发出')
    case 'refused':
      return tag('red', '对方拒收')
    case 'unknown':
      return tag('amber', '请核实是否送达')
    case 'to-print':
      return tag('amber', '请打印寄送')
    case 'sending':
      return tag('accent', '正在发送')
    default:
      return tag('plain', to === null ? '已写好' : '等待发出')
  }
}
