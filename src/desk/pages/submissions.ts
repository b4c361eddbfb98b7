/** Arrivals (来件): everything that came, by which door, how far it got, and a way to try again. */
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { MailFacts, Problem } from '../../flow.ts'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { bytesInWords, doorTitles, shortTime, tag } from '../look/words.ts'
import type { Arrival, ArrivalDetails } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { pager, readPart } from './read-page.ts'

const rowsOnPage = 50

export function addSubmissionPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/submissions', async (c) => {
    const part = readPart(c, rowsOnPage)
    const found = await desk.arrivals.list({ limit: rowsOnPage + 1, offset: part.offset })
    const now = desk.clock.now()
    return desk.show(c, {
      title: '来件',
      section: 'arrivals',
      body: html`<div class="page-head"><h1>来件</h1></div>
        ${uploadForm(desk.config.uploadMegabytes)}
        <div data-region="rows" data-poll="10">
          ${found.length === 0 ? html`<p class="empty">还没有来件。把扫描文件夹、邮件或压缩包放进收件文件夹，或在上面上传。</p>` : arrivalsTable(found.slice(0, rowsOnPage), now)}
          ${pager('/submissions', '', part, found.length > rowsOnPage)}
        </div>`,
    })
  })

  app.post('/submissions', async (c) => {
    const form = await c.req.formData()
    const uploaded = form.getAll('files').filter((entry): entry is File => typeof entry !== 'string' && entry.size > 0)
    const [first] = uploaded
    if (!first) return desk.goTo(c, '/submissions', { tone: 'refused', text: '没有选择文件，或文件是空的' })
    const files = await Promise.all(uploaded.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })))
    const name = textOf(form, 'name', 100)
    const received = await desk.arrivals.receive({ name: name === '' ? first.name : name, files })
    if (!received.ok) return desk.goTo(c, '/submissions', { tone: 'refused', text: received.message })
    const text = received.value.duplicateOf
      ? '已收下；内容与以前的来件完全相同，不再重复读取'
      : `已收下 ${files.length} 个文件，读取完毕后出现在待办中`
    return desk.goTo(c, '/submissions', { tone: 'done', text })
  })

  app.get('/submissions/:id', async (c) => {
    const arrival = await desk.arrivals.find(c.req.param('id'))
    if (!arrival) return c.notFound()
    return desk.show(c, { title: arrival.name, section: 'arrivals', body: arrivalPage(arrival, desk.clock.now()) })
  })

  app.post('/submissions/:id/answered', async (c) =>
    desk.afterwards(c, '/submissions', await desk.arrivals.settleQuestion(c.req.param('id')), '已登记为已回复'),
  )

  app.post('/submissions/:id/retry', async (c) => {
    return desk.afterwards(c, '/submissions', await desk.arrivals.retry(c.req.param('id')), '已重新排队，稍后查看结果')
  })

  app.get('/submissions/:id/files/:at{[0-9]+}', async (c) => {
    return saved(c, await desk.arrivals.original(c.req.param('id'), Number(c.req.param('at'))))
  })
  app.get('/submissions/:id/papers/:at{[0-9]+}', async (c) => {
    return saved(c, await desk.arrivals.paper(c.req.param('id'), Number(c.req.param('at'))))
  })
}

/** What strangers sent is never shown by the browser itself, only saved. */
function saved(c: Context<DeskEnvironment>, file: { name: string; bytes: Uint8Array } | undefined) {
  if (!file) return c.notFound()
  return c.body(new Uint8Array(file.bytes), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(file.name),
  })
}

/** RFC 6266: an ASCII name for old readers and the true one in UTF-8. */
export function attachment(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const last = name.split(/[/\\]/u).at(-1) || 'file'
  const ascii = last.replaceAll(/[^\w.-]/gu, '_')
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(last).replaceAll(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

const uploadForm = (megabytes: number) =>
  html`<form class="upload" method="post" action="/submissions" enctype="multipart/form-data" data-drop>
    <label><span>文件</span><input type="file" name="files" multiple required /></label>
    <label><span>名称</span><input name="name" maxlength="100" placeholder="可不填，例如企业名称" /></label>
    <button class="primary">上传一份来件</button>
    <p class="muted">
      一次上传的文件算一份来件：PDF、照片、压缩包（zip、rar、7z）、邮件（eml、msg）或放有扫描图的 Word、Excel，共不超过 ${megabytes}
      MB。也可以把文件拖到这里。
    </p>
  </form>`

const arrivalsTable = (rows: readonly Arrival[], now: Date) =>
  html`<table class="list arrivals">
    <thead>
      <tr>
        <th>收到</th>
        <th>渠道</th>
        <th>名称</th>
        <th>状态</th>
        <th>说明</th>
        <th>原件</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => arrivalRow(row, now))}
    </tbody>
  </table>`

function arrivalRow(row: Arrival, now: Date) {
  return html`<tr id="arrival-${row.id}">
    <td class="number">${shortTime(row.receivedAt, now)}</td>
    <td>${doorTitles[row.door]}</td>
    <td class="name">
      <a href="/submissions/${row.id}">${row.name}</a> <span class="muted number">${row.size > 0 ? bytesInWords(row.size) : ''}</span>
    </td>
    <td>${stateTag(row)}</td>
    <td class="problems">
      ${row.duplicateOf ? html`<a href="#arrival-${row.duplicateOf}">与以前的来件内容相同</a> ` : ''}${row.applications.map((number) => html`<a class="number" href="/applications/${number}">${number}</a> `)}${
        row.problems.length > 0
          ? html`<ul>
              ${row.problems.map((problem) => problemItem(row, problem))}
            </ul>`
          : ''
      }
    </td>
    <td>
      ${
        row.files.length === 0
          ? html`<span class="muted">—</span>`
          : row.files.length === 1
            ? fileLink(row, 0)
            : html`<details class="files">
                <summary>${row.files.length} 个文件</summary>
                ${row.files.map((_, at) => html`<div>${fileLink(row, at)}</div>`)}
              </details>`
      }
    </td>
    <td>
      ${row.canRetry ? html`<form method="post" action="/submissions/${row.id}/retry"><button class="small">重试</button></form>` : ''}
    </td>
  </tr>`
}

/** All of one arrival: a mail's text as plain text only, whatever it was written in. */
const arrivalPage = (arrival: ArrivalDetails, now: Date) =>
  html`<div class="page-head">
      <h1>${arrival.name}</h1>
      ${stateTag(arrival)}
    </div>
    <p class="muted">
      ${doorTitles[arrival.door]} · ${shortTime(arrival.receivedAt, now)}${arrival.size > 0 ? html` · ${bytesInWords(arrival.size)}` : ''}
      ${arrival.applications.map((number) => html` <a class="number" href="/applications/${number}">${number}</a>`)}
    </p>
    ${arrival.state === 'question' ? html`<form class="answered" method="post" action="/submissions/${arrival.id}/answered"><button class="primary">${arrival.mail?.automatic === 'bounce' ? '已联系申请人' : '已回复发件人'}</button></form>` : ''}
    ${arrival.mail ? mailPart(arrival.mail, now) : ''}
    ${
      arrival.problems.length > 0
        ? html`<h2>问题</h2>
            <ul class="problems">
              ${arrival.problems.map((problem) => problemItem(arrival, problem))}
            </ul>`
        : ''
    }
    <h2>原件</h2>
    <ul>
      ${arrival.files.map((_, at) => html`<li>${fileLink(arrival, at)}</li>`)}
    </ul>
    ${
      arrival.papers.length > 0
        ? html`<h2>取出的文件</h2>
            <ul>
              ${arrival.papers.map((name, at) => html`<li><a class="file" href="/submissions/${arrival.id}/papers/${at}" download>${name}</a></li>`)}
            </ul>`
        : ''
    }`

const automaticTitles = { 'auto-reply': '自动回复', bounce: '退信', bulk: '群发或自动邮件，不回函', loop: '本系统的函件' } as const

const mailPart = (mail: MailFacts, now: Date) =>
  html`<dl class="mail-head">
      <dt>发件人</dt>
      <dd>${mail.fromName ? html`${mail.fromName} ` : ''}<span class="file">${mail.from ?? '（没有写明）'}</span></dd>
      ${
        mail.replyTo && mail.replyTo !== mail.from
          ? html`<dt>回复到</dt>
              <dd><span class="file">${mail.replyTo}</span> ${tag('amber', '与发件人不同')}</dd>`
          : ''
      }
      <dt>主题</dt>
      <dd>${mail.subject || '（无主题）'}</dd>
      ${
        mail.sentAt
          ? html`<dt>发送时间</dt>
              <dd>${shortTime(mail.sentAt, now)}</dd>`
          : ''
      }
      <dt>来源验证</dt>
      <dd>${authenticationTags(mail.authentication)}</dd>
      ${
        mail.automatic
          ? html`<dt>类型</dt>
              <dd>${tag('plain', automaticTitles[mail.automatic])}</dd>`
          : ''
      }
    </dl>
    <pre class="mail-text">${mail.text || '（没有正文）'}</pre>`

/** Of the receiving server; a forged sender is the clerk's to see. */
function authenticationTags(found: MailFacts['authentication']) {
  if (!found) return html`<span class="muted">收信服务器没有给出验证结果</span>`
  return Object.entries(found)
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .map(([method, result]) =>
      tag(
        result === 'pass' ? 'green' : /fail|reject/u.test(result) ? 'red' : 'plain',
        `${method.toUpperCase()} ${result === 'pass' ? '通过' : /fail|reject/u.test(result) ? '未通过，发件人可能是冒充的' : (resultWords[result] ?? result)}`,
      ),
    )
    .map((found) => html`${found} `)
}

/** RFC 8601, 2.7. */
const resultWords: Record<string, string> = { none: '未设置', neutral: '未表态', temperror: '暂时无法验证', permerror: '设置有误' }

/** What is wrong, after the way to the file where the sentence does not name it; the mail or archive that arrived is left out. */
function problemItem({ name, files }: Arrival, { file, message }: Problem) {
  const inside = files.find((one) => file.startsWith(`${one}!/`))
  const way = inside === undefined ? file : file.slice(inside.length + 2)
  const isNamed = way === '' || way === name || (files.length === 1 && way === files[0]) || message.includes(way.split('/').at(-1) ?? way)
  return html`<li>${isNamed ? '' : html`<span class="file">${way.replaceAll('!/', ' › ')}</span>：`}${message}</li>`
}

const fileLink = (row: Arrival, at: number) => html`<a class="file" href="/submissions/${row.id}/files/${at}" download>${row.files[at]}</a>`

function stateTag(row: Arrival) {
  if (row.state === 'refused') return tag('red', '未收下')
  if (row.state === 'failed') return tag('red', '处理失败')
  if (row.state === 'question') return tag('amber', '请回复')
  if (row.state === 'set-aside') return tag('plain', '无须处理')
  if (row.duplicateOf) return tag('plain', '重复来件')
  if (row.state === 'reading') return tag('accent', '读取中')
  return row.problems.length > 0 ? tag('amber', '部分未读') : tag('green', '已读取')
}
