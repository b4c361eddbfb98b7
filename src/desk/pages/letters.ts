/** Letters (函件): what was written to whom, and whether it left. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime, tag } from '../look/words.ts'
import type { Letter } from '../ports.ts'
import { pager, readPart } from './read-page.ts'

const rowsOnPage = 50

export function addLetterPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/letters', async (c) => {
    const part = readPart(c, rowsOnPage)
    const found = await desk.dispatch.letters({ limit: rowsOnPage + 1, offset: part.offset })
    const now = desk.clock.now()
    return desk.show(c, {
      title: '函件',
      section: 'letters',
      body: html`<div class="page-head"><h1>函件</h1></div>
${found.length === 0 ? html`<p class="empty">还没有写过函件。</p>` : html`<div class="letters">${found.slice(0, rowsOnPage).map((letter) => letterEntry(letter, now))}</div>`}
${pager('/letters', '', part, found.length > rowsOnPage)}`,
    })
  })
}

const letterEntry = (letter: Letter, now: Date) => html`<details class="letter"><summary>
<span class="number muted">${shortTime(letter.writtenAt, now)}</span> ${stateTag(letter)} <b>${letter.title}</b> <span class="subject">${letter.subject}</span> <span class="muted">${letter.to ?? '无电子邮箱，打印寄出'}</span> <a class="number" href="/applications/${letter.applicationNumber}">${letter.applicationNumber}</a></summary>
<pre>${letter.text}</pre></details>`

function stateTag(letter: Letter) {
  if (letter.state === 'sent') return tag('green', '已发出')
  if (letter.state === 'failed') return tag('red', '未能发出')
  if (letter.state === 'unknown') return tag('amber', '待核实')
  return tag('plain', '已写好')
}
